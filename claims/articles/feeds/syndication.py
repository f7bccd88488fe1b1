"""Reads RSS and Atom."""

import io
from typing import Any, Final

import feedparser

from claims.articles.feeds.damaged_references import mend_character_references
from claims.articles.feeds.entry_fields import read_authors, read_language, read_line, read_moment, read_url
from claims.articles.feeds.feed import DAMAGED_REFERENCE, FeedEntry, FeedError, FeedFormat, ParsedFeed

# The parser needs up to 7 s of CPU for a megabyte that was written to be slow.
MAX_XML_FEED_BYTES: Final = 3_000_000
MAX_INTERVAL_MINUTES: Final = 24 * 60


def read_syndication(body: bytes, url: str, content_type: str) -> ParsedFeed:
    """The feed in an RSS or Atom document at `url`. Raises FeedError if it is none."""
    if len(body) > MAX_XML_FEED_BYTES:
        raise FeedError(f"the feed is larger than {MAX_XML_FEED_BYTES / 1_000_000:g} MB")
    try:
        # From a stream: a text or bytes might be taken for an address or a file name.
        parsed = feedparser.parse(
            io.BytesIO(mend_character_references(body)),
            response_headers={"content-type": content_type, "content-location": url},
            sanitize_html=False,  # reading the page does, and it takes most of the time
            resolve_relative_uris=False,
        )
    except (ValueError, OverflowError) as error:  # in UTF-16, a reference to what is no character
        raise FeedError(DAMAGED_REFERENCE) from error
    version = parsed.get("version", "")
    if not version:
        raise FeedError("the document is neither RSS nor Atom")
    feed = parsed.feed
    return ParsedFeed(
        format=FeedFormat.ATOM if version.startswith("atom") else FeedFormat.RSS,
        title=read_line(feed.get("title")),
        language=read_language(feed.get("language")),
        entries=tuple(entry for entry in (_read_entry(entry, url) for entry in parsed.entries) if entry.url),
        minutes_between_polls=_read_minutes(feed.get("ttl")),
    )


def _read_entry(entry: Any, url: str) -> FeedEntry:
    contents = [content.get("value", "") for content in entry.get("content", [])]
    names = [author.get("name") for author in entry.get("authors", [])]
    return FeedEntry(
        # Of a link that counts clicks, the address behind it.
        url=read_url(url, entry.get("feedburner_origlink")) or read_url(url, entry.get("link")),
        title=read_line(entry.get("title")),
        authors=read_authors(names or [entry.get("author")]),
        language=read_language(entry.get("language")),
        # Without the mapping of FeedParserDict, which warns that `updated` stands for `published`.
        published_at=read_moment(dict.get(entry, "published")) or read_moment(dict.get(entry, "updated")),
        content_html=max([*contents, entry.get("summary", "")], key=len),
    )


def _read_minutes(value: object) -> int:
    text = value.strip() if isinstance(value, str) else ""
    return min(int(text), MAX_INTERVAL_MINUTES) if text.isascii() and text.isdigit() and len(text) < 10 else 0
