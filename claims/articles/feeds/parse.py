"""Reads a feed of any format."""

import re
from typing import Final

from lxml import html

from claims.articles.feeds.entry_fields import read_url
from claims.articles.feeds.feed import FeedError, ParsedFeed
from claims.articles.feeds.json_feed import read_json_feed
from claims.articles.feeds.sitemap import read_sitemap
from claims.articles.feeds.syndication import read_syndication

# The beginning of a document, in any encoding that has ASCII in it, possibly with zero bytes between.
SNIFFED_BYTES: Final = 2_000
_COMMENTS = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(rb"<(?:[a-z]+:)?(!doctype\s+html|[a-z]+)", re.IGNORECASE)
FEED_MEDIA_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def parse_feed(body: bytes, *, url: str, content_type: str = "") -> ParsedFeed:
    """The feed in a document that was sent by `url`. Raises FeedError if it is none."""
    # No feed needs entities of its own, and expanding those made to multiply takes seconds before a parser gives up.
    if b"<!DOCTYPE" in (text := body.replace(b"\0", b"")) and b"<!ENTITY" in text:
        raise FeedError("the document declares entities, which no feed does")
    match _root_name(body):
        case "{" | "[":
            return read_json_feed(body, url)
        case "urlset" | "sitemapindex":
            return read_sitemap(body, url)
        case "html" | "head" | "body":
            raise FeedError(_describe_page(body, url))
        case "opml":
            raise FeedError("this is a list of feeds (OPML): import it")
        case "":
            raise FeedError("the document is empty or no feed")
        case _:
            return read_syndication(body, url, content_type)


def find_feeds(body: bytes, url: str) -> list[str]:
    """The addresses of the feeds that a web page names."""
    try:
        page = html.document_fromstring(body[:1_000_000])
    except (ValueError, html.etree.ParserError):
        return []
    links = page.iterfind(".//link[@href]")
    found = (
        read_url(url, link.get("href"))
        for link in links
        if "alternate" in (link.get("rel") or "").lower().split()
        and (link.get("type") or "").lower() in FEED_MEDIA_TYPES
    )
    return list(dict.fromkeys(filter(None, found)))


def _describe_page(body: bytes, url: str) -> str:
    feeds = find_feeds(body, url)
    return f"this is a web page; its feed is {feeds[0]}" if feeds else "this is a web page that names no feed"


def _root_name(body: bytes) -> str:
    """The name of the document's first element, in lower case; the first character of JSON."""
    start = body[:SNIFFED_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] in {b"{", b"["}:
        return start[:1].decode()
    match = _ROOT.search(_COMMENTS.sub(b"", start))
    name = match[1].decode().lower() if match else ""
    return "html" if name.startswith("!") else name
