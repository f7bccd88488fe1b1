"""What a feed lists, whatever its format."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

DAMAGED_REFERENCE = "the document is damaged: it refers to a character that does not exist"


class FeedFormat(StrEnum):
    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap-index"


class FeedError(ValueError):
    """A content is no feed that can be read; the message says why and what to do, without the feed's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An article that a feed lists. `url` is absolute; what the feed does not say is empty.

    `published_at` has a time zone. `content_html` is the whole text as far as the feed claims to have it, which may be
    a summary; it is not sanitized.
    """

    url: str
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    publisher: str = ""
    published_at: datetime | None = None
    content_html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed. `sitemaps` are the addresses of the sitemaps that a sitemap index lists, newest first.

    `minutes_between_polls` is how often the feed wants to be read at most, 0 if it does not say. `has_ended` is true if
    it says that nothing new will come.
    """

    format: FeedFormat
    title: str = ""
    language: str = ""
    entries: tuple[FeedEntry, ...] = ()
    sitemaps: tuple[str, ...] = ()
    minutes_between_polls: int = 0
    has_ended: bool = False
