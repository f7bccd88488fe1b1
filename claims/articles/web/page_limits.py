"""Limits the size of a page's parts, so that a malicious or broken page takes seconds to read, not hours.

Measured with trafilatura 2.3 and lxml 6.1 on one core: a tag with 250,000 attributes (2 MB) takes more than 60 s, since
libxml2 compares each attribute with all before it; invalid JSON-LD of 200 kB takes 45 s in regular expressions; 500,000
elements take 22 s. Real pages are far below: a long live blog has about 30,000 elements.
"""

import re
from itertools import islice
from typing import Final

import orjson
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from claims.articles.article import ArticleValueError

# In bytes, with markup, scripts and embedded images. The text has a limit of its own.
MAX_PAGE_SIZE: Final = 10_000_000

# What trafilatura, htmldate and lxml raise for unusual pages. Not `Exception`: a failed assertion is not the page's
# fault.
PARSER_ERRORS: Final = (LxmlError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)

MAX_ELEMENTS: Final = 100_000
MAX_ATTRIBUTES: Final = 2_000

# Metadata beyond these lengths, in characters, is ignored; the body is still read.
_MAX_LD_JSON_LENGTH: Final = 200_000
_MAX_BROKEN_LD_JSON_LENGTH: Final = 5_000
_MAX_META_LENGTH: Final = 5_000
_MAX_METAS: Final = 500

# As the HTML standard divides a tag: a quotation mark begins a value only after `=`, elsewhere it is part of a name.
_VALUE: Final = r"""\"[^\"]*+\"?|'[^']*+'?|[^\s>"'][^\s>]*+"""
_ATTRIBUTE: Final = re.compile(rf"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:{_VALUE})?)?""")
_TAG: Final = re.compile(rf"""<(?P<name>[A-Za-z][^\s/>]*+)(?:{_ATTRIBUTE.pattern})*+""")
_END_OF_CODE: Final = re.compile(r"</(?:script|style)", re.IGNORECASE)


def reject_long_tags(page: str) -> None:
    """Raise ArticleValueError for a tag with too many attributes. Call before parsing, which is what takes long."""
    position = 0
    while tag := _TAG.search(page, position):
        position = tag.end()
        if position - tag.start() > MAX_ATTRIBUTES:
            attributes = sum(1 for _ in _ATTRIBUTE.finditer(tag.group(), len(tag["name"]) + 1))
            if attributes > MAX_ATTRIBUTES:
                raise ArticleValueError(
                    f"no body found: a tag has {attributes:,} attributes, the limit is {MAX_ATTRIBUTES:,}"
                )
        if tag["name"].lower() in {"script", "style"} and not tag.group().endswith("/"):
            # A comparison in code (`i<n`) looks like a tag with many attributes.
            end = _END_OF_CODE.search(page, position)
            position = end.end() if end else len(page)


def list_elements(tree: HtmlElement) -> list[HtmlElement]:
    """The elements of a page. Raises ArticleValueError for too many."""
    elements = list(islice(tree.iter(), MAX_ELEMENTS + 1))
    if len(elements) > MAX_ELEMENTS:
        raise ArticleValueError(
            f"no body found: the page has at least {len(elements):,} elements, the limit is {MAX_ELEMENTS:,}"
        )
    return elements


def drop_excessive_metadata(tree: HtmlElement) -> None:
    """Remove metadata that is slow to read: long or invalid JSON-LD, long or too many meta elements."""
    for script in tree.xpath(".//script[contains(@type, 'ld+json') or contains(@type, 'settings+json')]"):
        text = script.text or ""
        if len(text) > _MAX_LD_JSON_LENGTH or (len(text) > _MAX_BROKEN_LD_JSON_LENGTH and not _is_json(text)):
            script.drop_tree()
    for count, meta in enumerate(tree.xpath(".//meta")):
        if count >= _MAX_METAS or len(meta.get("content", "")) > _MAX_META_LENGTH:
            meta.drop_tree()


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True
