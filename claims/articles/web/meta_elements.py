"""The meta elements of a page, by name."""

import re
from typing import Final

from lxml.html import HtmlElement

Metas = dict[str, list[str]]

# Typographic quotation marks around an attribute's value do not quote it: they are part of it, up to the first space.
_META: Final = re.compile(r"<meta\b[^<>]{0,2000}=[“”„][^<>]{0,2000}>", re.IGNORECASE)
_CURLY_VALUE: Final = re.compile(r"=[“”„]([^“”\"<>]*)[“”\"]")

MARKS: Final = "\"'“”„‘’ \t\r\n"

# Microdata within these is about something else than the article: an image, a video, a comment, a related article.
_ARTICLE_SCOPE: Final = re.compile(r"(?:article|posting|report|webpage)\Z", re.IGNORECASE)


def straighten_meta_quotes(page: str) -> str:
    """Replace typographic quotation marks around attributes of meta elements, as text processors write them."""
    return _META.sub(lambda tag: _CURLY_VALUE.sub(r'="\1"', tag.group()), page)


def read_metas(tree: HtmlElement) -> Metas:
    """The contents of meta elements by their `property`, `name`, `itemprop` or `http-equiv`, in lower case."""
    metas: Metas = {}
    for meta in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = meta.get(attribute, "").strip(MARKS).lower()
            if name and (attribute != "itemprop" or is_of_article(meta)):
                metas.setdefault(name, []).append(meta.get("content").strip(MARKS))
    return metas


def is_of_article(element: HtmlElement) -> bool:
    """Whether microdata is a property of the article, or of no object."""
    scopes = element.xpath("ancestor::*[@itemscope][1]/@itemtype")
    return all(_ARTICLE_SCOPE.search(str(scope).strip()) for scope in scopes)
