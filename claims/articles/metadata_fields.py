"""The fields that describe an article, checked in one place for pages, JSON records and command lines alike.

Every function raises Refusal with a sentence that names the value. Limits are Unicode code points and match the columns
that store these fields.
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

# An ISO day, or a day and a time; what stands after the day is checked by datetime.fromisoformat.
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].+)?")

# RFC 5646 section 2.1 without the grandfathered tags and with the two- and three-letter languages only: a registered
# language of five to eight letters does not exist, and allowing them would take "english" for a tag.
_LANGUAGE_TAG = re.compile(
    r"""(?P<language>[a-z]{2,3}(-[a-z]{3}){0,3})
        (-(?P<script>[a-z]{4}))?
        (-(?P<region>[a-z]{2}|[0-9]{3}))?
        (?P<rest>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*
                 (-[0-9a-wy-z](-[a-z0-9]{2,8})+)*
                 (-x(-[a-z0-9]{1,8})+)?)""",
    re.VERBOSE,
)

_FORBIDDEN_IN_URL = re.compile(r"[\s\x00-\x20\x7f\ud800-\udfff<>\"{}|\\^`]")


def parse_published(value: str) -> date:
    """The day of publication from an ISO 8601 day, or day and time. It is the day written: no time zone moves it."""
    value = value.strip()
    try:
        if _ISO_DAY.fullmatch(value):
            return datetime.fromisoformat(value).date()
    except ValueError:
        pass  # 2025-02-30: the refusal below says it
    raise ArticleValueError(f"published must be an ISO date such as 2025-05-16, not {_shorten_value(value)}")


def parse_language(value: str, field: str = "language") -> str:
    """A BCP 47 language tag in its canonical case (en, pt-BR, zh-Hant). `_` is read as `-`. Shape only, no registry."""
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
    """An http or https address with a host, as written. Addresses with a password are refused: they get published."""
    value = value.strip()
    # In bytes, unlike the other fields: an index over the column takes no longer ones.
    length = len(value.encode("utf-8", "surrogatepass"))
    if length > MAX_FIELD_LENGTHS["url"]:
        raise ArticleValueError(f"url is {length:,} bytes, the limit is {MAX_FIELD_LENGTHS['url']:,}")
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a broken IPv6 host, a port that is no number
        sound = False
    if not sound or _FORBIDDEN_IN_URL.search(value):
        raise ArticleValueError(f"url must be an http or https address with a host, not {_shorten_value(value)}")
    if parts.username is not None or parts.password is not None:
        raise ArticleValueError("url must not hold a user name or a password")
    return value


def parse_line(field: str, value: str) -> str:
    """A title, publisher or translator as one line: white space collapsed, control characters dropped.

    Longer than `LONGEST[field]` is refused, not cut: half a title is a wrong title.
    """
    line = normalize_line(value)
    if len(line) > MAX_FIELD_LENGTHS[field]:
        raise ArticleValueError(f"{field} is {len(line):,} characters, the limit is {MAX_FIELD_LENGTHS[field]:,}")
    return line


def parse_authors(names: Iterable[str]) -> tuple[str, ...]:
    """Authors in the order given, tidied, without blanks and repetitions; joined with `; ` they fit the column."""
    authors = tuple(dict.fromkeys(filter(None, (normalize_line(name) for name in names))))
    length = len(AUTHOR_SEPARATOR.join(authors))
    if length > MAX_FIELD_LENGTHS["authors"]:
        raise ArticleValueError(
            f"authors are {length:,} characters together, the limit is {MAX_FIELD_LENGTHS['authors']:,}"
        )
    return authors


def normalize_line(value: str) -> str:
    """`value` as one line: runs of white space become a space, control characters and lone surrogates go."""
    words = " ".join(value.split())
    return "".join(c for c in words if unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def _shorten_value(value: str) -> str:
    return repr(value if len(value) <= 60 else f"{value[:60]}…")
