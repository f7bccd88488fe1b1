"""A text as its words, the unit that quotations are compared in: marks, punctuation and white space never count."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from claims.extraction.quotation import Span

WORD = re.compile(r"\w+")
OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'
WORD_MARK_OR_BREAK = re.compile(rf"\w+|[{OPENING}{CLOSING}{STRAIGHT}\n]")


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The words of a text in order, and the indexes of those that stand between double quote marks."""

    text: str
    spans: tuple[Span, ...]
    quoted: frozenset[int]

    @classmethod
    def of(cls, text: str) -> "WordIndex":
        """Read a text: a word is a run of letters, digits and underscores."""
        return cls(text, tuple(Span(*found.span()) for found in WORD.finditer(text)), frozenset(_quoted_indexes(text)))

    def under(self, spans: Iterable[Span]) -> frozenset[int]:
        """The indexes of the words that any of the spans touches."""
        return frozenset(index for span in spans for index in self._touched(span))

    def _touched(self, span: Span) -> range:
        if span.start >= span.end:
            return range(0)
        first = bisect_left(self.spans, span.start + 1, key=lambda word: word.end)
        return range(first, bisect_left(self.spans, span.end, lo=first, key=lambda word: word.start))

    def lower(self, index: int) -> str:
        """The word in lower case."""
        return self.spans[index].of(self.text).lower()


def _quoted_indexes(text: str) -> Iterable[int]:
    """A paragraph's end closes what is open: a quotation that goes on re-opens with a mark."""
    index, inside = 0, False
    for found in WORD_MARK_OR_BREAK.finditer(text):
        match found[0]:
            case "\n":
                inside = False
            case mark if mark in OPENING:
                inside = True
            case mark if mark in CLOSING:
                inside = False
            case mark if mark == STRAIGHT:
                inside = not inside
            case _:
                if inside:
                    yield index
                index += 1
