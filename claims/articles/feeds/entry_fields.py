"""Reads the fields of entries, as different formats write them."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import urljoin

from claims.articles.article import ArticleValueError
from claims.articles.metadata_fields import MAX_FIELD_LENGTHS, normalize_line, parse_authors, parse_language, parse_url

_TAG = re.compile(r"<[^<>]*>")


def read_url(base: str, value: object) -> str:
    """The absolute address that a feed at `base` gives; empty if it is none of a page."""
    if not isinstance(value, str):
        return ""
    try:
        url = urljoin(base, value.strip()).replace(" ", "%20")
        return parse_url(url)
    except (ValueError, ArticleValueError):
        return ""


def read_line(value: object, field: str = "title") -> str:
    """A line of text, without markup, cut to the length of the field."""
    return normalize_line(unescape(_TAG.sub("", value)))[: MAX_FIELD_LENGTHS[field]] if isinstance(value, str) else ""


def read_authors(names: object) -> tuple[str, ...]:
    """The names among the values of a list; none if they are too long together."""
    try:
        return parse_authors([name for name in names if isinstance(name, str)] if isinstance(names, list) else [])
    except ArticleValueError:
        return ()


def read_language(value: object) -> str:
    try:
        return parse_language(value) if isinstance(value, str) else ""
    except ArticleValueError:
        return ""


def read_moment(value: object) -> datetime | None:
    """A moment as ISO 8601 or RFC 5322 write it, in UTC if no zone is given; None for what is none."""
    if not isinstance(value, str):
        return None
    value = value.strip()[:60]
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
