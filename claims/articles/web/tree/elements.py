"""Kinds of elements: what begins a paragraph, and what reads as a sentence rather than as a label or a menu."""

import re
from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Without `address` and `hgroup`, which trafilatura takes for inline elements.
BLOCKS: Final = HEADINGS | {
    *("article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "menu", "nav", "ol", "p", "pre"),
    *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}

MARKS: Final = '“”„«»"「」『』'
_MIN_LENGTH: Final = 40
_SENTENCE_END: Final = re.compile(r"[.!?…:;。！？؟।][\s\"'”’»)\]]*$")
_LOGOGRAPHIC: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")


def plain(text: str) -> str:
    """Return the text with runs of white space, such as browsers show, as single spaces."""
    return " ".join(text.split())


def reads_as_sentence(text: str) -> bool:
    """Whether a text is part of an article's sentences: long, or ends like a sentence, or has quotation marks."""
    text = plain(text)
    if any(mark in text for mark in MARKS):
        return True
    words = text.count(" ") + 1
    if _LOGOGRAPHIC.search(text):
        words += len(text) // 4
    return (words >= 3 and bool(_SENTENCE_END.search(text))) or words >= 12


def is_paragraph(text: str) -> bool:
    """Whether a text alone is a paragraph, not the few words of a button or a label."""
    return reads_as_sentence(text) and (len(text) >= _MIN_LENGTH or any(mark in text for mark in MARKS))


def link_share(element: HtmlElement) -> float:
    """Return how much of an element's text stands in links, from 0 to 1."""
    length = len(plain(element.text_content()))
    return sum(len(plain(link.text_content())) for link in element.iter("a")) / length if length else 0.0


def has_own_text(element: HtmlElement) -> bool:
    """Whether text stands directly in an element, not in its children."""
    return any(text and not text.isspace() for text in (element.text, *(child.tail for child in element)))


def has_block(element: HtmlElement) -> bool:
    return next(element.iterdescendants(*BLOCKS), None) is not None


def elements_with_blocks(tree: HtmlElement) -> set[HtmlElement]:
    """Return all elements for which `has_block` is true, in time that grows with the tree alone."""
    containers: set[HtmlElement] = set()
    for element in tree.iter(*BLOCKS):
        add_ancestors(containers, element)
    return containers


def add_ancestors(containers: set[HtmlElement], element: HtmlElement) -> None:
    parent = element.getparent()
    while parent is not None and parent not in containers:
        containers.add(parent)
        parent = parent.getparent()


def leaf_blocks(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the blocks that contain no other."""
    containers = elements_with_blocks(tree)
    for element in tree.iter(*BLOCKS):
        if element not in containers:
            yield element
