"""The words of a text, by which quotations are compared: marks, punctuation and white space do not count."""

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
    """The words of a text in order, and the indexes of those between double quotation marks."""

    text: str
    spans: tuple[Span, ...]
    quoted: frozenset[int]

    @classmethod
    def from_text(cls, text: str) -> "WordIndex":
        spans = tuple(Span(*match.span()) for match in WORD.finditer(text))
        return cls(text, spans, frozenset(_quoted_indexes(text)))

    def indexes_in(self, spans: Iterable[Span]) -> frozenset[int]:
        """Return the indexes of the words that the spans touch."""
        return frozenset(index for span in spans for index in self._indexes_in_span(span))

    def _indexes_in_span(self, span: Span) -> range:
        if span.start >= span.end:
            return range(0)
        first = bisect_left(self.spans, span.start + 1, key=lambda word: word.end)
        return range(first, bisect_left(self.spans, span.end, lo=first, key=lambda word: word.start))

    def lower(self, index: int) -> str:
        return self.spans[index].of(self.text).lower()


def _quoted_indexes(text: str) -> Iterable[int]:
    """Yield the indexes of quoted words. The end of a paragraph closes a quotation; a continued one re-opens."""
    index, inside = 0, False
    for token in WORD_MARK_OR_BREAK.findall(text):
        match token:
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
