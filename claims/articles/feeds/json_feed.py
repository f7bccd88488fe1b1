"""Reads JSON Feed 1.0 and 1.1."""

from html import escape
from typing import Any

import orjson

from claims.articles.feeds.entry_fields import read_authors, read_language, read_line, read_moment, read_url
from claims.articles.feeds.feed import FeedEntry, FeedError, FeedFormat, ParsedFeed


def read_json_feed(body: bytes, url: str) -> ParsedFeed:
    """The feed in a JSON document at `url`. Raises FeedError if it is none."""
    try:
        feed = orjson.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise FeedError(f"the document is not valid JSON: {error}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FeedError("the JSON document is not a JSON Feed: it has no list “items”")
    items = [item for item in feed["items"] if isinstance(item, dict)]
    return ParsedFeed(
        format=FeedFormat.JSON,
        title=read_line(feed.get("title")),
        language=read_language(feed.get("language")),
        entries=tuple(entry for entry in (_read_item(item, url) for item in items) if entry.url),
        has_ended=feed.get("expired") is True,
    )


def _read_item(item: dict[str, Any], url: str) -> FeedEntry:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]  # 1.0 has one
    text = item.get("content_text")
    html = item.get("content_html") or (f"<p>{escape(text)}</p>" if isinstance(text, str) else "")
    return FeedEntry(
        # `external_url` is what the item is about: somebody else's article.
        url=read_url(url, item.get("url")) or _url_of_id(item.get("id")),
        title=read_line(item.get("title")),
        authors=read_authors([author.get("name") for author in authors or [] if isinstance(author, dict)]),
        language=read_language(item.get("language")),
        published_at=read_moment(item.get("date_published")) or read_moment(item.get("date_modified")),
        content_html=html if isinstance(html, str) else "",
    )


def _url_of_id(value: object) -> str:
    return read_url("", value) if isinstance(value, str) and value.startswith(("http://", "https://")) else ""
