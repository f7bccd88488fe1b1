"""The address of a saved page, as the page or the program that saved it states it."""

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from claims.addresses import clean_url
from claims.articles.article import ArticleValueError
from claims.articles.metadata_fields import parse_url

# Browsers and savers write their comments before the head, or at its beginning.
_MAX_COMMENT_OFFSET: Final = 8_192
_SAVED_FROM: Final = re.compile(
    r"<!--\s*(?:"
    r"saved from url=\(\d+\)\s*(?P<browser>\S+)"
    r"|Page saved with SingleFile\s+url:\s*(?P<single_file>\S+)"
    r"|Saved from\s+(?P<monolith>https?://\S+)\s+at\s"
    r"|Mirrored from\s+(?P<httrack>\S+)\s+by HTTrack"
    r")",
    re.IGNORECASE,
)
_STATED_XPATHS: Final = (
    "//link[contains(concat(' ', translate(normalize-space(@rel), 'ACILNO', 'acilno'), ' '), ' canonical ')]/@href",
    "//meta[@property='og:url' or @name='og:url']/@content",
    "//meta[@property='twitter:url' or @name='twitter:url']/@content",
    "//link[@rel='alternate' and @hreflang='x-default']/@href",
)


def stated_address(tree: HtmlElement, page: str) -> str:
    """Return the page's canonical address or else another one that it states, as written; empty if there is none.

    An address that is relative is that of the place where the page was saved from. The front page of a site is no
    article's address, though templates often state it.
    """
    saved_from = _saved_from(page)
    base = next(map(str, tree.xpath("//base/@href")), "")
    for xpath in _STATED_XPATHS:
        for address in map(str, tree.xpath(xpath)):
            if absolute := _absolute(address, base, saved_from):
                return absolute
    return saved_from


def _saved_from(page: str) -> str:
    match = _SAVED_FROM.search(page, 0, _MAX_COMMENT_OFFSET)
    if match is None:
        return ""
    mirrored = match["httrack"]  # without its scheme
    address = f"http://{mirrored}" if mirrored else match["browser"] or match["single_file"] or match["monolith"]
    return _valid(address)


def _absolute(address: str, base: str, saved_from: str) -> str:
    address = address.strip()
    try:
        return _valid(urljoin(urljoin(saved_from or "https:", base), address) if address else "")
    except ValueError:  # an invalid IPv6 host
        return ""


def _valid(address: str) -> str:
    try:
        parts = urlsplit(clean_url(parse_url(address)))
    except ArticleValueError:
        return ""
    return address if parts.path.strip("/") or parts.query or parts.fragment else ""
