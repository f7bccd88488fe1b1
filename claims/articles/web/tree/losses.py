"""Compares a page with the text read from it: quotation marks, paragraphs and tables of the page that the text lacks.

Only the part of the page that the text came from is compared, without what sites put between paragraphs: links to other
articles, captions, forms. So a warning is worth a look at the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.etree import XPath
from lxml.html import HtmlElement

from claims.articles.article import ArticleWarning, WarningCode
from claims.articles.web.tree.elements import HEADINGS, is_paragraph, leaf_blocks, link_share, plain
from claims.articles.web.tree.tables import LEFT_OUT

_UNIMPORTANT: Final = re.compile(r"[^\w“”„«»\"「」『』]+")
_MARK: Final = re.compile(r"[“”„«»\"「」『』]")
_CONTEXT: Final = 12  # characters before and after a mark by which it is found in the text
_PIECE: Final = 24
_MIN_LENGTH: Final = 30

_FURNITURE_TAGS: Final = frozenset(
    ("nav", "footer", "form", "figure", "figcaption", "table", "button", "select", "noscript", "iframe", "head", "menu")
)
_FURNITURE_NAME: Final = re.compile(
    r"advert|affiliate|author|banner|breadcrumb|byline|caption|comment|consent|cookie|copyright|credit|disclaimer"
    r"|embed|footer|mehr-zum|message|meta\b|metadata|more-|most-|nav|newsletter|paywall|popular|popup|promo|read-?also"
    r"|recirc|recommend|related|share|sharing|sidebar|signup|social|sponsor|subscri|tags?\b|teaser|toolbar|trending"
    r"|widget|(?:^|[\s_-])ads?(?:[\s_-]|$)",
    re.IGNORECASE,
)
_MAX_LINK_SHARE: Final = 0.5
_NOT_READ: Final = ("script", "style", "noscript", "button", "select", "rt", "rp", "svg", "label", "time")
_READ_TEXTS: Final = XPath(
    f".//text()[not({' or '.join(f'ancestor::{tag}' for tag in _NOT_READ)})]", smart_strings=False
)

# Characters that may be searched: a page with thousands of blocks that a long text lacks is compared in part.
_MAX_SEARCHED: Final = 400_000_000


class _Text:
    """The text read from a page, to be searched for parts of the page."""

    def __init__(self, body: str) -> None:
        self._lines = {_key(line) for line in body.splitlines()}
        self._key = _key(body)
        self._position = 0
        self._searched = 0

    def has(self, part: str) -> bool:
        """Whether the text has a part of the page, or has been searched for too long."""
        if self._searched > _MAX_SEARCHED:
            return True
        self._searched += len(self._key)
        return part in self._key

    def has_block(self, key: str) -> bool:
        """As `has`, faster for blocks in the order of the text."""
        if key in self._lines:
            return True
        start = self._key.find(key, self._position, self._position + 10 * len(key) + 10_000)
        if start < 0:
            return self.has(key)
        self._position = start
        return True


@dataclass(slots=True)
class _Block:
    element: HtmlElement
    text: str
    key: str

    @property
    def is_long(self) -> bool:
        """Whether the block is long enough to show by itself which part of the page the text came from."""
        return len(self.key) >= _MIN_LENGTH


def find_losses(tree: HtmlElement, body: str) -> Iterator[ArticleWarning]:
    """Yield a warning for each kind of loss. `tree` is the prepared page, `body` the text read from it."""
    text = _Text(body)
    blocks = list(_read_blocks(tree))
    # Most blocks of a page are the short ones of its menus, which are searched for only beside the text.
    matched = {n for n, block in enumerate(blocks) if block.is_long and text.has_block(block.key)}
    if not matched:
        return
    region = _common_ancestor([blocks[n].element for n in sorted(matched)])
    parents = {blocks[n].element.getparent() for n in matched}
    first, last = min(matched), max(matched)
    marks = paragraphs = 0
    for n, block in enumerate(blocks):
        is_beside = first < n < last or block.element.getparent() in parents
        is_in_text = n in matched or (is_beside and not block.is_long and text.has_block(block.key))
        if is_in_text or not is_beside or _is_furniture(block.element, region):
            continue
        marks += _count_lost_marks(block.key, text)
        paragraphs += block.element.tag not in HEADINGS and is_paragraph(block.text) and _is_lost(block.key, text)
    if marks:
        yield _warning(WarningCode.MARKS_LOST, marks, "quotation mark")
    if paragraphs:
        yield _warning(WarningCode.PARAGRAPHS_LOST, paragraphs, "paragraph")
    if tables := sum(1 for table in region.iter("table") if table.get(LEFT_OUT)):
        yield _warning(WarningCode.TABLES_LEFT_OUT, tables, "table")


def _warning(code: WarningCode, count: int, noun: str) -> ArticleWarning:
    number = f"{count} {noun} of the page is" if count == 1 else f"{count:,} {noun}s of the page are"
    return ArticleWarning(code, f"{number} not in the text.")


def _key(text: str) -> str:
    return _UNIMPORTANT.sub("", text)


def _read_blocks(tree: HtmlElement) -> Iterator[_Block]:
    for element in leaf_blocks(tree):
        content = _read_text(element)
        if element.tag != "table" and (key := _key(content)):
            yield _Block(element, content, key)


def _read_text(element: HtmlElement) -> str:
    if next(element.iterdescendants(*_NOT_READ), None) is None:
        return plain(element.text_content())
    return plain("".join(map(str, _READ_TEXTS(element))))


def _common_ancestor(elements: list[HtmlElement]) -> HtmlElement:
    common = [*elements[0].iterancestors()][::-1]
    for element in elements[1:]:
        ancestors = set(element.iterancestors())
        while common[-1] not in ancestors:
            common.pop()
    return common[-1]


def _is_furniture(element: HtmlElement, region: HtmlElement) -> bool:
    for ancestor in (element, *element.iterancestors()):
        if ancestor is region:
            break
        if ancestor.tag in _FURNITURE_TAGS or ancestor.get("aria-hidden") == "true":
            return True
        if _FURNITURE_NAME.search(f"{ancestor.get('class', '')} {ancestor.get('id', '')}"):
            return True
    return link_share(element) > _MAX_LINK_SHARE


def _count_lost_marks(key: str, text: _Text) -> int:
    """Count the marks that the text has neither with what precedes them nor with what follows."""
    lost = 0
    for mark in _MARK.finditer(key):
        contexts = (key[max(mark.start() - _CONTEXT, 0) : mark.end()], key[mark.start() : mark.end() + _CONTEXT])
        enough = [context for context in contexts if len(context) > _CONTEXT // 2] or [key]
        lost += not any(map(text.has, enough))
    return lost


def _is_lost(key: str, text: _Text) -> bool:
    """Whether most of a paragraph is missing. The rest may be a footnote's number or a word of a caption."""
    pieces = [key[n : n + _PIECE] for n in range(0, max(len(key) - _PIECE, 1), _PIECE)]
    return sum(not text.has(piece) for piece in pieces) * 2 > len(pieces)
