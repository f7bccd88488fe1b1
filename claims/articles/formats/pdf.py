"""Reads `.pdf` files: the lines of each page, put together to paragraphs, with the page on which each begins.

Lines at the top and bottom that are the same on several pages, and page numbers, are left out.
"""

import logging
import re
import struct
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Final

import pypdf
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

from claims.articles.article import Article, ArticleFields, ArticleValueError, ArticleWarning, WarningCode
from claims.articles.bylines import split_authors
from claims.articles.formats.paragraphs import MARKED_LINE, SENTENCE_END, find_compounds, join_lines, join_paragraphs
from claims.articles.input_stream import NamedStream
from claims.articles.metadata_fields import first_language, first_line, valid_authors
from claims.articles.publication_dates import choose_publication_date
from claims.articles.text_checks import check_text, is_blank

READER: Final = "pypdf"
VERSION: Final[str] = pypdf.__version__

# Its warnings about damaged files would be printed to standard error.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
# It also logs, and does not raise, what it leaves out of a page: forms that are damaged or too many.
_omissions: ContextVar[list[str] | None] = ContextVar("omissions", default=None)


class _OmissionHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        if (omissions := _omissions.get()) is not None:
            omissions.append(record.getMessage())


_OMISSIONS_LOGGER: Final = "pypdf._page"
logging.getLogger(_OMISSIONS_LOGGER).addHandler(_OmissionHandler(logging.WARNING))

MAX_PAGES: Final = 1_000
MAX_SECONDS: Final = 10  # of CPU, for all pages
# In bytes: far above what pages of text need, and far below pypdf's own limits.
_LIMITS: Final = pypdf.Configuration(
    maximum_declared_stream_length=10_000_000,
    array_based_stream_maximum_output_length=10_000_000,
    zlib_maximum_output_length=20_000_000,
    lzw_maximum_output_length=10_000_000,
    run_length_maximum_output_length=10_000_000,
    stream_decoding_work_maximum_length=50_000_000,
    stream_parsing_work_maximum_count=300_000,
    page_tree_maximum_entries=10_000,
    page_tree_maximum_page_entries=100_000,
    xform_maximum_invocations_per_extraction=500,
)
# What pypdf raises for damaged files besides its own errors.
_DAMAGE: Final = (
    *(PyPdfError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError),
    *(NotImplementedError, AssertionError, OSError, zlib.error, struct.error),
)
_PAGE_NUMBER: Final = re.compile(
    r"\W*(?:page|seite|стр\.?|p\.)?\s*(?:[0-9]{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|von|из)\s*[0-9]{1,4})?\W*", re.I
)
_DAMAGED_PARTS: Final = "Damaged file: parts of its pages could not be read. Compare the text with the pages."
_USUAL_GAP: Final = 1.2  # between lines, in sizes of the font
_DIGITS: Final = re.compile(r"[0-9]+")
_LIGATURES: Final = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_NO_TITLE: Final = re.compile(
    r"microsoft \w+ -.*|untitled.*|document\d*|slide \d+|.*\.(?:docx?|odt|rtf|indd|qxd|pdf|tmp)", re.I
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line; `x` and `y` are where it begins, from the lower left corner of the page, `size` is that of its font."""

    text: str
    page: int
    x: float
    y: float
    size: float


def read_pdf(source: NamedStream) -> Iterator[Article]:
    """Yield the article of a PDF. Raises ArticleValueError for one that is encrypted, damaged or only pictures."""
    data = source.read_whole()
    omissions: list[str] = []
    _omissions.set(omissions)
    with pypdf.apply_configuration(_LIMITS):
        try:
            document = pypdf.PdfReader(BytesIO(data))
            if document.is_encrypted:
                document.decrypt("")  # the reading itself fails if this is not the password
            lines = _read_lines(document)
            fields = _information_fields(document)
        except (FileNotDecryptedError, DependencyError):
            raise ArticleValueError("the PDF is encrypted; save a copy without a password") from None
        except ArticleValueError:
            raise
        except _DAMAGE as error:
            raise ArticleValueError(f"not a PDF that can be read ({type(error).__name__})") from error
    if is_blank("".join(line.text for line in lines)):
        if omissions:
            raise ArticleValueError("not a PDF that can be read: its pages are damaged or exceed a limit")
        raise ArticleValueError("empty: the PDF contains no text. If it is a scan, recognize its text (OCR) first")
    text, positions = join_paragraphs(_paragraphs(_without_running_heads(lines)))
    if (unknown := sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)) * 10 > len(text):
        raise ArticleValueError("its fonts do not say which letters they show. Recognize its text (OCR) first")
    if unknown:
        omissions.append(f"{unknown:,} characters are unknown")
    check_text(text, source.text_limit)
    warnings = (ArticleWarning(WarningCode.DAMAGED_TEXT, _DAMAGED_PARTS),) if omissions else ()
    yield Article(
        name=source.name,
        text=text,
        reader=READER,
        reader_version=VERSION,
        positions=positions,
        warnings=warnings,
        **fields,
    )


def _read_lines(document: pypdf.PdfReader) -> list[_Line]:
    deadline = time.process_time() + MAX_SECONDS
    if (count := len(document.pages)) > MAX_PAGES:
        raise ArticleValueError(f"the PDF has {count:,} pages, the limit is {MAX_PAGES:,}; split it")
    lines: list[_Line] = []
    for number, page in enumerate(document.pages, start=1):
        lines += _page_lines(page, number, deadline)
    return lines


def _page_lines(page: pypdf.PageObject, number: int, deadline: float) -> Iterator[_Line]:
    segments: list[tuple[str, float, float, float]] = []

    def stop_in_time(*_: object) -> None:
        if time.process_time() > deadline:
            raise ArticleValueError(f"the PDF takes more than {MAX_SECONDS} s to read; save its text as .txt")

    def collect(text: str, page_matrix: list[float], text_matrix: list[float], _font: object, size: float) -> None:
        a, b, c, d, e, f = page_matrix
        x, y = text_matrix[4], text_matrix[5]
        height = abs(size * text_matrix[3] * d) or abs(size * text_matrix[1] * c) or size
        segments.append((text, x * a + y * c + e, x * b + y * d + f, height))

    stop_in_time()
    try:
        page.extract_text(visitor_operand_before=stop_in_time, visitor_text=collect)
    except LimitReachedError as error:  # a drawing, perhaps; the other pages may still be text
        logging.getLogger(_OMISSIONS_LOGGER).warning("page %d: %s", number, error)
    stop_in_time()  # what is raised within a form is only logged
    parts: list[tuple[str, float, float, float]] = []
    for text, x, y, size in [*segments, ("\n", 0.0, 0.0, 0.0)]:
        for index, part in enumerate(text.translate(_LIGATURES).split("\n")):
            if index and (line := " ".join("".join(part[0] for part in parts).split())):
                first = next(part for part in parts if part[0].strip())
                yield _Line(line, number, *first[1:])
            if index:
                parts = []
            parts.append((part, x, y, size))


def _without_running_heads(lines: Sequence[_Line]) -> list[_Line]:
    """Leave out the lines at the top and bottom of pages that others have as well, but for their numbers.

    If there are no others, they are the text.
    """
    by_page: dict[int, list[_Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    edges: list[_Line] = []
    for page_lines in by_page.values():
        ordered = sorted(page_lines, key=lambda line: line.y)
        edges += {*ordered[:2], *ordered[-2:]}
    repeated = Counter(map(_running_head, edges))
    heads = {
        line
        for line in edges
        if _PAGE_NUMBER.fullmatch(line.text) or 2 * repeated[_running_head(line)] > max(2, len(by_page))
    }
    return [line for line in lines if line not in heads] or list(lines)


def _running_head(line: _Line) -> tuple[str, int]:
    return _DIGITS.sub("0", line.text), round(line.y / 3)


def _paragraphs(lines: Sequence[_Line]) -> Iterator[tuple[str, str]]:
    compounds = find_compounds(" ".join(line.text for line in lines))
    gaps = [
        (before.y - line.y) / before.size
        for before, line in pairwise(lines)
        if before.page == line.page and 0.8 * before.size < before.y - line.y < 5 * before.size
    ]
    gap = sorted(gaps)[len(gaps) // 4] if gaps else _USUAL_GAP  # that within paragraphs is the smaller one
    length = sorted(len(line.text) for line in lines)[len(lines) * 9 // 10]
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and _starts_paragraph(paragraph[-1], line, gap, length):
            yield f"p. {paragraph[0].page}", join_lines([part.text for part in paragraph], compounds)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield f"p. {paragraph[0].page}", join_lines([part.text for part in paragraph], compounds)


def _starts_paragraph(before: _Line, line: _Line, gap: float, length: int) -> bool:
    """Whether a line starts a paragraph, by its font, the room above it, its indentation and the end of that before."""
    is_full = len(before.text) > 0.75 * length
    ends_sentence = bool(SENTENCE_END.search(before.text))
    if abs(before.size - line.size) > 0.08 * before.size or MARKED_LINE.match(line.text):
        return True
    if line.page != before.page or line.y > before.y + before.size:  # at the top of a page or of a column
        return ends_sentence and not line.text[0].islower()
    is_indented = 0.8 * line.size < line.x - before.x < 6 * line.size
    return (before.y - line.y) / before.size > 1.25 * gap or is_indented or (ends_sentence and not is_full)


def _information_fields(document: pypdf.PdfReader) -> ArticleFields:
    """The fields that the file states. Its day of creation is only a guess at the day of publication."""
    info = document.metadata
    try:
        created = info.creation_date if info else None
    except ValueError:
        created = None
    title, author = (info.title or "", info.author or "") if info else ("", "")
    return {
        "title": first_line("title", [title] if not _NO_TITLE.fullmatch(title.strip()) else []),
        "authors": valid_authors(split_authors(author)),
        "language": first_language([document.root_object.get("/Lang")]),
        "suggested_published": choose_publication_date([created]).day,
    }
