"""A long text in parts: each short enough for a page, none with more quotes than can be looked at."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

MAX_PAGE_LENGTH = 12_000  # code points of a part
MAX_QUOTES_PER_PAGE = 60  # that begin in a part
PAGE_BREAK_WINDOW = 400  # code points in which a part's end looks for the end of a line or a word


@dataclass(frozen=True, slots=True)
class TextPage:
    """A part of a text, end exclusive, and its number from 1."""

    number: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start:,} to {self.end:,}"


def split_into_pages(text: str, quotes: Sequence[tuple[int, int]]) -> list[TextPage]:
    """The text cut into parts; `quotes` are where each quote begins and ends, by where it begins.

    A part ends at the end of a line, else between words, and if it can not within a quote.
    """
    starts = [start for start, _ in quotes]
    cut: list[TextPage] = []
    begin = 0
    while begin < len(text) or not cut:
        end = min(begin + MAX_PAGE_LENGTH, len(text))
        first = bisect_right(starts, begin - 1)
        if first + MAX_QUOTES_PER_PAGE < len(starts) and starts[first + MAX_QUOTES_PER_PAGE] < end:
            # Where very many begin at one place they are in one part, which draws as many as it can.
            end = max(starts[first + MAX_QUOTES_PER_PAGE], begin + 1)
        elif end < len(text):
            end = _find_page_break(text, begin, end)
            within = [start for start, last in quotes[first : first + MAX_QUOTES_PER_PAGE] if start < end < last]
            if within and min(within) > begin + MAX_PAGE_LENGTH // 2:
                end = min(within)
        cut.append(TextPage(len(cut) + 1, begin, end))
        begin = end
    return cut


def find_page(cut: Sequence[TextPage], offset: int) -> TextPage:
    """The part in which the character at this offset is."""
    return cut[max(bisect_right([part.start for part in cut], offset) - 1, 0)]


def _find_page_break(text: str, begin: int, end: int) -> int:
    low = max(begin + 1, end - PAGE_BREAK_WINDOW)
    for sign in ("\n", " "):
        if (at := text.rfind(sign, low, end)) >= 0:
            return at + 1
    return end
