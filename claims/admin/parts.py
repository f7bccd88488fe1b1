"""A long text in parts: each short enough for a page, none with more quotes than can be looked at."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 12_000  # code points of a part
MOST_QUOTES = 60  # that begin in a part
NEAR = 400  # code points in which a part's end looks for the end of a line or a word


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text, end exclusive, and its number from 1."""

    number: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start:,} to {self.end:,}"


def parts(text: str, quotes: Sequence[tuple[int, int]]) -> list[Part]:
    """The text cut into parts; `quotes` are where each quote begins and ends, by where it begins.

    A part ends at the end of a line, else between words, and if it can not within a quote.
    """
    starts = [start for start, _ in quotes]
    cut: list[Part] = []
    begin = 0
    while begin < len(text) or not cut:
        end = min(begin + LONGEST, len(text))
        first = bisect_right(starts, begin - 1)
        if first + MOST_QUOTES < len(starts) and starts[first + MOST_QUOTES] < end:
            # Where very many begin at one place they are in one part, which draws as many as it can.
            end = max(starts[first + MOST_QUOTES], begin + 1)
        elif end < len(text):
            end = _between(text, begin, end)
            within = [start for start, last in quotes[first : first + MOST_QUOTES] if start < end < last]
            if within and min(within) > begin + LONGEST // 2:
                end = min(within)
        cut.append(Part(len(cut) + 1, begin, end))
        begin = end
    return cut


def part_at(cut: Sequence[Part], offset: int) -> Part:
    """The part in which the character at this offset is."""
    return cut[max(bisect_right([part.start for part in cut], offset) - 1, 0)]


def _between(text: str, begin: int, end: int) -> int:
    low = max(begin + 1, end - NEAR)
    for sign in ("\n", " "):
        if (at := text.rfind(sign, low, end)) >= 0:
            return at + 1
    return end
