"""Reads sitemaps, with or without the extension for news, and lists of sitemaps."""

from typing import Final

from lxml import etree

from claims.articles.feeds.damaged_references import mend_character_references
from claims.articles.feeds.entry_fields import read_language, read_line, read_moment, read_url
from claims.articles.feeds.feed import DAMAGED_REFERENCE, FeedEntry, FeedError, FeedFormat, ParsedFeed

MAX_URLS: Final = 50_000  # of a sitemap, by its specification


def read_sitemap(body: bytes, url: str) -> ParsedFeed:
    """The sitemap or list of sitemaps in an XML document at `url`. Raises FeedError if it is none."""
    # Entities are not expanded, nothing is loaded, and a document with an error is read as far as it goes.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(mend_character_references(body), parser)
    except etree.XMLSyntaxError as error:
        raise FeedError(f"the sitemap is not valid XML: {error.msg}") from error
    if root is None:
        raise FeedError("the sitemap is not valid XML")
    try:
        return _read_root(root, url)
    except UnicodeDecodeError as error:  # in UTF-16
        raise FeedError(DAMAGED_REFERENCE) from error


def _read_root(root: etree._Element, url: str) -> ParsedFeed:
    match _name(root):
        case "urlset":
            urls = [_read_page(element, url) for element in root[:MAX_URLS] if _name(element) == "url"]
            return ParsedFeed(format=FeedFormat.SITEMAP, entries=tuple(entry for entry in urls if entry.url))
        case "sitemapindex":
            listed = [_fields(element) for element in root[:MAX_URLS] if _name(element) == "sitemap"]
            newest_first = sorted(listed, key=lambda fields: str(fields.get("lastmod", "")), reverse=True)
            sitemaps = (read_url(url, fields.get("loc")) for fields in newest_first)
            return ParsedFeed(format=FeedFormat.SITEMAP_INDEX, sitemaps=tuple(filter(None, sitemaps)))
        case _:
            raise FeedError("the document is not a sitemap")


def _read_page(element: etree._Element, url: str) -> FeedEntry:
    fields = _fields(element)
    return FeedEntry(
        url=read_url(url, fields.get("loc")),
        title=read_line(fields.get("title")),
        language=read_language(fields.get("language")),
        publisher=read_line(fields.get("name"), "publisher"),
        published_at=read_moment(fields.get("publication_date")) or read_moment(fields.get("lastmod")),
    )


def _fields(element: etree._Element) -> dict[str, str]:
    """The texts of an element's descendants by their local names; the first of a name counts."""
    fields: dict[str, str] = {}
    for field in element.iter():
        # The extensions for images and videos have titles and dates of their own.
        if (
            field is not element
            and field.text
            and not _namespace(field).endswith(("/sitemap-image/1.1", "/sitemap-video/1.1"))
        ):
            fields.setdefault(_name(field), field.text.strip())
    return fields


def _name(element: etree._Element) -> str:
    return _split_tag(element)[1]


def _namespace(element: etree._Element) -> str:
    return _split_tag(element)[0]


def _split_tag(element: etree._Element) -> tuple[str, str]:
    """The namespace and the name; both empty for a comment. With a prefix that is not declared, it is in the name.

    lxml's QName refuses such names, which its parser accepts in damaged documents.
    """
    if not isinstance(element.tag, str):
        return "", ""
    namespace, _, name = element.tag.rpartition("}")
    return namespace.removeprefix("{"), name
