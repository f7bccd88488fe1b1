"""Reads tables that hold sentences, row by row. Tables of numbers stay out of the text."""

from typing import Final

from lxml.html import HtmlElement

from claims.articles.web.tree.elements import BLOCKS, HEADINGS, MARKS, plain

_CELLS: Final = ("td", "th")
_COMPLEX: Final = HEADINGS | {"blockquote", "dl", "ol", "table", "ul", "article", "section", "main"}
_MIN_SENTENCE_WORDS: Final = 8
_MAX_LINES_IN_CELL: Final = 4
CELL_SEPARATOR: Final = " | "

# Marks a table that is not read, for the comparison of page and text. Its content is gone.
LEFT_OUT: Final = "data-left-out-table"


def read_tables(tree: HtmlElement) -> None:
    """Turn tables with sentences into paragraphs and layout tables into blocks, in place. Others are emptied."""
    if tree.find(".//table") is None:
        return
    only_tables = not _has_text_outside_tables(tree)
    for table in reversed(list(tree.iter("table"))):  # inner tables first
        if _is_layout(table):
            _unfold(table)
        elif only_tables or any(_has_sentence(cell) for cell in table.iter(*_CELLS)):
            _write_rows(table)
        else:
            _empty(table)


def _has_text_outside_tables(tree: HtmlElement) -> bool:
    return any(len(plain(text)) > 40 for text in tree.xpath("//body//text()[not(ancestor::table or ancestor::script)]"))


def _is_layout(table: HtmlElement) -> bool:
    if table.get("role") in {"presentation", "none"}:
        return True
    for cell in table.iter(*_CELLS):
        if next(cell.iterdescendants(*_COMPLEX), None) is not None:
            return True
        blocks = [block for block in cell.iterdescendants(*BLOCKS) if block.text_content().strip()]
        if len(blocks) > 2 or sum(1 for _ in cell.iter("br")) > _MAX_LINES_IN_CELL:
            return True
    return sum(1 for _ in table.iter(*_CELLS)) == 1


def _has_sentence(cell: HtmlElement) -> bool:
    text = plain(cell.text_content())
    return any(mark in text for mark in MARKS) or (
        text.count(" ") >= _MIN_SENTENCE_WORDS - 1 and text[-1] in ".!?…。" and not any(c.isdigit() for c in text[-4:])
    )


def _unfold(table: HtmlElement) -> None:
    """Turn a layout table into blocks. A cell of plain text becomes a paragraph."""
    for part in list(table.iter("table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", *_CELLS)):
        is_cell = part.tag in _CELLS
        inline = is_cell and next(part.iterdescendants("br", *BLOCKS), None) is None
        part.tag = "p" if inline and part.text_content().strip() else "div"
        part.attrib.clear()


def _write_rows(table: HtmlElement) -> None:
    for part in table.iter("br", *BLOCKS):
        part.tail = f" {part.tail or ''}"
    rows = []
    for row in table.iter("caption", "tr"):
        cells = [row] if row.tag == "caption" else list(row.iterchildren(*_CELLS))
        texts = [text for cell in cells if (text := plain(cell.text_content()))]
        if texts:
            rows.append(CELL_SEPARATOR.join(texts))
    tail = table.tail
    table.clear()
    table.tail, table.tag = tail, "div"
    for text in rows:
        paragraph = table.makeelement("p")
        paragraph.text = text
        table.append(paragraph)


def _empty(table: HtmlElement) -> None:
    rows = sum(1 for row in table.iter("tr") if sum(1 for cell in row.iterchildren(*_CELLS)) > 1)
    tail = table.tail
    table.clear()
    table.tail = tail
    if rows > 1:
        table.set(LEFT_OUT, str(rows))
