"""Splits a long text into pages that are short enough to show and have few enough quotes to review."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

MAX_PAGE_LENGTH = 12_000  # code points
MAX_QUOTES_PER_PAGE = 60  # that start on the page
PAGE_BREAK_WINDOW = 400  # code points before the end of a page in which a line or a word may end it


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of a text: its number, from 1, and its code points, end exclusive."""

    number: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start:,} to {self.end:,}"


def split_into_pages(text: str, quotes: Sequence[tuple[int, int]]) -> list[TextPage]:
    """Splits the text; `quotes` are the start and the end of each quote, ordered by start.

    A page ends at the end of a line or between words, and not within a quote if possible.
    """
    starts = [start for start, _ in quotes]
    pages: list[TextPage] = []
    page_start = 0
    while page_start < len(text) or not pages:
        page_end = min(page_start + MAX_PAGE_LENGTH, len(text))
        first = bisect_right(starts, page_start - 1)
        if first + MAX_QUOTES_PER_PAGE < len(starts) and starts[first + MAX_QUOTES_PER_PAGE] < page_end:
            # Quotes that all start at the same place stay on one page, which marks as many as it can.
            page_end = max(starts[first + MAX_QUOTES_PER_PAGE], page_start + 1)
        elif page_end < len(text):
            page_end = _find_page_break(text, page_start, page_end)
            page_quotes = quotes[first : first + MAX_QUOTES_PER_PAGE]
            cut_quotes = [start for start, end in page_quotes if start < page_end < end]
            if cut_quotes and min(cut_quotes) > page_start + MAX_PAGE_LENGTH // 2:
                page_end = min(cut_quotes)
        pages.append(TextPage(len(pages) + 1, page_start, page_end))
        page_start = page_end
    return pages


def find_page(pages: Sequence[TextPage], offset: int) -> TextPage:
    """Returns the page with the code point at this offset."""
    return pages[max(bisect_right([page.start for page in pages], offset) - 1, 0)]


def _find_page_break(text: str, page_start: int, page_end: int) -> int:
    window_start = max(page_start + 1, page_end - PAGE_BREAK_WINDOW)
    for separator in ("\n", " "):
        if (offset := text.rfind(separator, window_start, page_end)) >= 0:
            return offset + 1
    return page_end
