"""Validates an article's metadata, for pages, JSON records, forms and command lines alike.

Every parser raises ArticleValueError with a message that names the value. Lengths are limited to those of the database
columns: in Unicode code points, for URLs in bytes.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from claims.articles.article import ArticleValueError

MAX_FIELD_LENGTHS: Final = {
    "title": 500,
    "publisher": 200,
    "translator": 200,
    "authors": 500,
    "url": 2000,
    "language": 35,
}

AUTHOR_SEPARATOR: Final = "; "

# An ISO date, optionally with a time, which datetime.fromisoformat checks.
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].+)?")

# RFC 5646 section 2.1 without grandfathered tags and without languages of five to eight letters: none is registered,
# and "english" would be a valid tag.
_LANGUAGE_TAG = re.compile(
    r"""(?P<language>[a-z]{2,3}(-[a-z]{3}){0,3})
        (-(?P<script>[a-z]{4}))?
        (-(?P<region>[a-z]{2}|[0-9]{3}))?
        (?P<rest>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*
                 (-[0-9a-wy-z](-[a-z0-9]{2,8})+)*
                 (-x(-[a-z0-9]{1,8})+)?)""",
    re.VERBOSE,
)

_NO_NAME = re.compile(r"https?://|www\.|@|[\d\W_]*\Z")
_FORBIDDEN_IN_URL = re.compile(r"[\s\x00-\x20\x7f\ud800-\udfff<>\"{}|\\^`]")


def parse_published(value: str) -> date:
    """Parse an ISO 8601 date, or date and time. The date is the one written, whatever the time zone."""
    value = value.strip()
    try:
        if _ISO_DAY.fullmatch(value):
            return datetime.fromisoformat(value).date()
    except ValueError:
        pass  # 2025-02-30
    raise ArticleValueError(f"published must be an ISO date such as 2025-05-16, not {_shorten_value(value)}")


def parse_language(value: str, field: str = "language") -> str:
    """Return a BCP 47 language tag in canonical case (en, pt-BR, zh-Hant). Checks the syntax only; `_` may be `-`."""
    match = _LANGUAGE_TAG.fullmatch(value.strip().replace("_", "-").lower())
    if not match or len(match.group()) > MAX_FIELD_LENGTHS["language"]:
        raise ArticleValueError(
            f"{field} must be a BCP 47 tag such as en, pt-BR or zh-Hant, not {_shorten_value(value)}"
        )
    script, region = match["script"], match["region"]
    return (
        match["language"]
        + (f"-{script.title()}" if script else "")
        + (f"-{region.upper()}" if region else "")
        + match["rest"]
    )


def parse_url(value: str) -> str:
    """Return an HTTP or HTTPS URL as written. URLs with a password are rejected, since they are published."""
    value = value.strip()
    # In bytes, unlike the other fields, because of an index on the column.
    length = len(value.encode("utf-8", "surrogatepass"))
    if length > MAX_FIELD_LENGTHS["url"]:
        raise ArticleValueError(f"url is {length:,} bytes, the limit is {MAX_FIELD_LENGTHS['url']:,}")
    try:
        parts = urlsplit(value)
        is_valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an invalid IPv6 host or port
        is_valid = False
    if not is_valid or _FORBIDDEN_IN_URL.search(value):
        raise ArticleValueError(f"url must be an HTTP or HTTPS URL, not {_shorten_value(value)}")
    if parts.username is not None or parts.password is not None:
        raise ArticleValueError("url must not contain a user name or password")
    return value


def parse_line(field: str, value: str) -> str:
    """Return a title, publisher or translator as one line. One that is too long is rejected, not truncated."""
    line = normalize_line(value)
    if len(line) > MAX_FIELD_LENGTHS[field]:
        raise ArticleValueError(f"{field} is {len(line):,} characters, the limit is {MAX_FIELD_LENGTHS[field]:,}")
    return line


def first_line(field: str, values: Iterable[object]) -> str:
    """Return the first of the values that is a valid title, publisher or translator; empty if none is."""
    for value in values:
        try:
            if isinstance(value, str) and (line := parse_line(field, value)):
                return line
        except ArticleValueError:
            continue
    return ""


def first_language(values: Iterable[object]) -> str:
    """Return the first of the values that is a language tag; empty if none is."""
    for value in values:
        try:
            return parse_language(value if isinstance(value, str) else "")
        except ArticleValueError:
            continue
    return ""


def valid_authors(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that can be those of authors, not addresses and handles; none if they are too long."""
    try:
        return parse_authors(name for name in names if not _NO_NAME.match(name.strip()))
    except ArticleValueError:
        return ()


def parse_authors(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without blanks and duplicates; joined by `AUTHOR_SEPARATOR`, they must fit the column."""
    authors = tuple(dict.fromkeys(filter(None, (normalize_line(name) for name in names))))
    length = len(AUTHOR_SEPARATOR.join(authors))
    if length > MAX_FIELD_LENGTHS["authors"]:
        raise ArticleValueError(
            f"authors are {length:,} characters in total, the limit is {MAX_FIELD_LENGTHS['authors']:,}"
        )
    return authors


def normalize_line(value: str) -> str:
    """Collapse white space to single spaces, and remove control characters and lone surrogates."""
    line = " ".join(value.split())
    return "".join(c for c in line if unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def _shorten_value(value: str) -> str:
    return repr(value if len(value) <= 60 else f"{value[:60]}…")
