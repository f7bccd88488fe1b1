"""Reads and writes OPML, in which feed readers exchange lists of feeds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from claims.articles.feeds.damaged_references import mend_character_references
from claims.articles.feeds.entry_fields import read_url
from claims.articles.feeds.feed import DAMAGED_REFERENCE, FeedError
from claims.articles.metadata_fields import MAX_FIELD_LENGTHS, normalize_line

MAX_OPML_BYTES: Final = 2_000_000
MAX_OPML_FEEDS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    """A feed in a list of feeds."""

    url: str
    title: str = ""


def read_opml(body: bytes) -> list[ListedFeed]:
    """The feeds that an OPML document lists, in its folders too, each once. Raises FeedError if it lists none."""
    if len(body) > MAX_OPML_BYTES:
        raise FeedError(f"the list of feeds is larger than {MAX_OPML_BYTES / 1_000_000:g} MB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(mend_character_references(body), parser)
    except etree.XMLSyntaxError as error:
        raise FeedError(f"the list of feeds is not valid XML: {error.msg}") from error
    if root is None or root.tag != "opml":
        raise FeedError("the file is not OPML, the format in which feed readers export their feeds")
    try:
        feeds = _read_outlines(root)
    except UnicodeDecodeError as error:  # in UTF-16
        raise FeedError(DAMAGED_REFERENCE) from error
    if not feeds:
        raise FeedError("the file lists no feed")
    if len(feeds) > MAX_OPML_FEEDS:
        raise FeedError(f"the file lists {len(feeds):,} feeds, the limit is {MAX_OPML_FEEDS:,}")
    return list(feeds.values())


def _read_outlines(root: etree._Element) -> dict[str, ListedFeed]:
    feeds: dict[str, ListedFeed] = {}
    for outline in root.iter("outline"):
        attributes = {str(name).lower(): value for name, value in outline.attrib.items()}
        url = read_url("", attributes.get("xmlurl"))
        if url and url not in feeds:
            title = normalize_line(attributes.get("title") or attributes.get("text") or "")
            feeds[url] = ListedFeed(url=url, title=title[: MAX_FIELD_LENGTHS["title"]])
    return feeds


def write_opml(feeds: Iterable[ListedFeed], *, title: str) -> bytes:
    """An OPML 2.0 document that lists the feeds."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for feed in feeds:
        etree.SubElement(body, "outline", type="rss", text=feed.title or feed.url, xmlUrl=feed.url)
    document: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return document
