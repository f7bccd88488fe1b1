"""Prepares a page's tree for trafilatura, so that the text holds what a browser shows.

trafilatura deletes elements that may stand within a sentence (`time`, `label`, `button`), figures with the quotations
in them, a `nav` with what it swallowed because it was not closed, and text beside blocks. It reads what browsers hide.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import Comment, ProcessingInstruction, XPath, strip_tags
from lxml.html import HtmlElement

from claims.articles.web.tree.elements import (
    BLOCKS,
    has_block,
    has_own_text,
    is_paragraph,
    leaf_blocks,
    link_share,
    plain,
    reads_as_sentence,
)
from claims.articles.web.tree.loose_text import wrap_loose_text
from claims.articles.web.tree.quotation_elements import write_quotation_marks
from claims.articles.web.tree.tables import read_tables

_LOWER_STYLE: Final = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ ', 'abcdefghijklmnopqrstuvwxyz')"
_HIDDEN: Final = XPath(
    "//template | //dialog[not(@open)] | //*[@hidden and not(@hidden = 'until-found')]"
    f" | //*[@style][contains({_LOWER_STYLE}, 'display:none') or contains({_LOWER_STYLE}, 'visibility:hidden')]"
)
# Texts for screen readers, which repeat or describe what others see.
_SCREEN_READER_CLASS: Final = re.compile(
    r"(?:^|\s)(?:sr-only|screen-reader-text|screen-reader-only|visually-?hidden|visuallyhidden|show-for-sr|a11y-hidden)(?:\s|$)",
    re.IGNORECASE,
)
_SHOWN_INLINE: Final = XPath("//*[self::span or self::b or self::i or self::em or self::strong][@aria-hidden = 'true']")
_LONG_TEXTS: Final = XPath(
    "//body//text()[string-length(.) >= 50][not(ancestor::a or ancestor::script or ancestor::style)]"
)

# What trafilatura deletes whole. Where the end tag is missing, it holds the article.
_FURNITURE: Final = (
    "nav",
    "aside",
    "footer",
    "menu",
    "form",
    "figure",
    "button",
    "label",
    "fieldset",
    "dialog",
    "noindex",
)
_MEDIA: Final = ("img", "picture", "video", "audio", "iframe", "svg", "canvas", "object", "embed")
_INLINE_IN_SENTENCES: Final = ("time", "label", "button", "output", "noindex", "marquee")
_STRIPPED: Final = ("font", "nobr", "data", "blink")
_CONTROLS: Final = ("input", "select", "textarea")
_FURNITURE_NAME: Final = re.compile(
    r"(?:^|-)(?:ads?|advert\w*|sidebar|consent|cookies?|share|sharing|social|newsletter|promo|nav|menu|comments?|related)(?:-|$)"
)

# trafilatura takes time by the square of the inline elements in one block.
_MAX_INLINE_IN_BLOCK: Final = 200
_KEPT_IN_BLOCK: Final = frozenset(
    {"br", "script", "style", "svg", "math", "noscript", "select", "object", "audio", "video"}
)
_MAX_LINK_SHARE: Final = 0.8


def prepare_tree(tree: HtmlElement, language: str) -> None:
    """Change a page's tree in place. `language` is the page's, "" if unknown; it decides the marks of `q`."""
    strip_tags(tree, Comment, ProcessingInstruction)
    _remove_hidden(tree)
    _keep_article_in_furniture(tree)
    _replace_custom_elements(tree)
    _keep_boxes(tree)
    strip_tags(tree, *_STRIPPED)
    write_quotation_marks(tree, language)
    _keep_quotations_in_figures(tree)
    read_tables(tree)
    wrap_loose_text(tree)
    _keep_inline_in_sentences(tree)
    _flatten_large_blocks(tree)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _remove_hidden(tree: HtmlElement) -> None:
    shown = sum(len(text) for text, _ in _long_texts(tree))
    for element in _HIDDEN(tree):
        # Some pages hide everything until a script has run.
        hides_all = element.tag != "template" and len(plain(element.text_content())) * 2 > shown > 0
        if element.tag not in {"html", "body"} and not hides_all:
            _drop(element)
    for element in list(tree.iter("span", "p", "div", "h2", "h3")):
        if _SCREEN_READER_CLASS.search(element.get("class", "")):
            _drop(element)
    # Hidden from screen readers only: letters are part of the sentence, a lone symbol is decoration.
    for element in _SHOWN_INLINE(tree):
        if any(c.isalnum() for c in element.text_content()):
            del element.attrib["aria-hidden"]


def _long_texts(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Yield the texts of a page that are long enough for sentences, with the element of each."""
    for text in _LONG_TEXTS(tree):
        parent = text.getparent()
        yield text, parent.getparent() if text.is_tail else parent


def _keep_article_in_furniture(tree: HtmlElement) -> None:
    """Turn what trafilatura would delete into a plain block if most of the page's text is in it."""
    if next(tree.iter(*_FURNITURE), None) is None:
        return
    lengths: dict[HtmlElement, int] = {}
    total = 0
    for text, element in _long_texts(tree):
        total += len(text)
        for ancestor in (element, *element.iterancestors()):
            if ancestor.tag in _FURNITURE:
                lengths[ancestor] = lengths.get(ancestor, 0) + len(text)
    for element, length in lengths.items():
        if length * 2 > total or (element.tag == "nav" and _is_whole_article(tree, element)):
            element.tag = "div"
            element.attrib.clear()


def _is_whole_article(tree: HtmlElement, nav: HtmlElement) -> bool:
    """Whether a `nav` that was not closed holds the page's only article or heading."""
    for tag in ("article", "h1"):
        inside = sum(1 for _ in nav.iter(tag))
        if inside and inside == sum(1 for _ in tree.iter(tag)):
            return True
    return False


def _replace_custom_elements(tree: HtmlElement) -> None:
    """Turn elements like `x-date` into what they are on the page: part of a line, a paragraph, or a block."""
    for element in [e for e in tree.iter() if "-" in e.tag]:
        if _FURNITURE_NAME.search(element.tag) and not _is_whole_article(tree, element):
            _drop(element)
            continue
        parent = element.getparent()
        if has_block(element):
            element.tag = "div"
        elif is_paragraph(plain(element.text_content())) and parent is not None and not has_own_text(parent):
            element.tag = "p"
        else:
            element.tag = "span"
        element.attrib.clear()


def _keep_boxes(tree: HtmlElement) -> None:
    for element in tree.iter("center"):
        element.tag = "div"
    for element in tree.iter("fieldset", "noindex", "dialog"):
        has_controls = next(element.iterdescendants("form", "button", *_CONTROLS), None) is not None
        if has_block(element) and not has_controls:
            element.tag = "div"


def _keep_quotations_in_figures(tree: HtmlElement) -> None:
    """Turn figures around a quotation into blocks, with their caption, which names the speaker. Images stay out."""
    for figure in list(tree.iter("figure")):
        has_media = next(figure.iterdescendants(*_MEDIA), None) is not None
        quotation = next(figure.iterdescendants("blockquote"), None)
        captions = list(figure.iter("figcaption"))
        caption_length = sum(len(plain(caption.text_content())) for caption in captions)
        text = plain(figure.text_content())
        if quotation is None and (has_media or len(text) == caption_length or not reads_as_sentence(text)):
            continue
        figure.tag = "div"
        figure.attrib.clear()
        for caption in captions:
            if has_media:
                _drop(caption)
            else:
                caption.tag = "p"
    for quotation in tree.iter("blockquote"):
        for attribution in list(quotation.iterchildren("footer", "header")):
            attribution.tag = "p"
            attribution.attrib.clear()


def _keep_inline_in_sentences(tree: HtmlElement) -> None:
    """Unwrap elements that trafilatura deletes where they are words of a sentence, not a byline's date or a control."""
    controls = {control.get("id") for control in tree.iter(*_CONTROLS)}
    for element in list(tree.iter(*_INLINE_IN_SENTENCES)):
        if has_block(element):
            continue
        if element.tag == "label" and _labels_control(element, controls):
            continue
        block = next(element.iterancestors(*BLOCKS), None)
        if block is None or has_block(block):
            continue
        own = plain(element.text_content())
        around = plain(block.text_content()).replace(own, "", 1)
        if reads_as_sentence(around) or (element.tag not in {"time", "button"} and reads_as_sentence(own)):
            element.tag = "span"
            element.attrib.clear()


def _labels_control(label: HtmlElement, controls: set[str | None]) -> bool:
    if label.get("for") is not None:
        return label.get("for") in controls
    neighbours = (label.getprevious(), label.getnext(), *label.iterdescendants(*_CONTROLS))
    return any(neighbour is not None and neighbour.tag in _CONTROLS for neighbour in neighbours)


def _flatten_large_blocks(tree: HtmlElement) -> None:
    """Turn the inline elements of a large block into text: trafilatura's time grows with their square."""
    for block in list(leaf_blocks(tree)):
        inline = [element for element in block.iterdescendants() if element.tag not in _KEPT_IN_BLOCK]
        if len(inline) <= _MAX_INLINE_IN_BLOCK:
            continue
        if link_share(block) > _MAX_LINK_SHARE:
            _drop(block)
            continue
        strip_tags(block, *{element.tag for element in inline})
        # strip_tags leaves thousands of text nodes side by side, which are slow to move.
        for element in block.iter():
            element.text, element.tail = element.text, element.tail
