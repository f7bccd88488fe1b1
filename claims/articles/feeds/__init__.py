"""Reads feeds: RSS, Atom, JSON Feed, sitemaps and lists of feeds (OPML). From bytes; nothing is fetched here."""

from claims.articles.feeds.feed import FeedEntry, FeedError, FeedFormat, ParsedFeed
from claims.articles.feeds.opml import ListedFeed, read_opml, write_opml
from claims.articles.feeds.parse import find_feeds, parse_feed

__all__ = [
    "FeedEntry",
    "FeedError",
    "FeedFormat",
    "ListedFeed",
    "ParsedFeed",
    "find_feeds",
    "parse_feed",
    "read_opml",
    "write_opml",
]
