"""The words of a document as the tagger sees them: where they stand and on which side of the quotation marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from claims.extraction.document import Document
from claims.extraction.quotation import Span
from claims.extraction.text.quotation_marks import (
    MARK_FAMILY,
    SINGLE_MARKS,
    QuotedSpan,
    find_all_quoted_spans,
    find_continued_quotations,
)

WORD_PATTERN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")


class QuoteSide(IntEnum):
    """Where a word stands: outside the quotation marks, on a mark that opens, between marks, on one that closes."""

    OUTSIDE = 0
    OPENS = 1
    INSIDE = 2
    CLOSES = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation character. `paragraph` is the number of its paragraph among those that are read."""

    span: Span
    text: str
    paragraph: int
    side: QuoteSide

    @property
    def is_word(self) -> bool:
        """Whether it holds a letter or a digit."""
        return self.text[0].isalnum() or self.text[0] == "_"


@dataclass(frozen=True, slots=True)
class QuotedTokens:
    """A stretch between marks as words `start` to `end` (exclusive), the marks among them.

    `continues` is the number of the stretch that it goes on from: a quotation that every paragraph re-opens.
    """

    start: int
    end: int
    stretch: QuotedSpan
    continues: int | None


@dataclass(frozen=True, slots=True)
class TokenizedDocument:
    """A document's words in order, page furniture left out, its paragraphs and what in them stands between marks."""

    text: str
    words: list[Token]
    paragraphs: list[Span]
    quoted: list[QuotedTokens]

    def quoted_in(self, start: int, end: int) -> Iterator[QuotedTokens]:
        """The stretches between marks that share a word with words `start` to `end` (exclusive)."""
        for number in range(bisect_right(self.quoted, start, key=lambda quoted: quoted.end), len(self.quoted)):
            if self.quoted[number].start >= end:
                return
            yield self.quoted[number]

    def span(self, start: int, end: int) -> Span:
        """The characters of words `start` to `end` (exclusive)."""
        return Span(self.words[start].span.start, self.words[end - 1].span.end)


def tokenize_document(document: Document) -> TokenizedDocument:
    """Read the document's words."""
    text = document.text
    spans = [paragraph.span for paragraph in document.paragraphs if not paragraph.furniture]
    stretches = find_all_quoted_spans(text, spans)
    words = [
        word for number, span in enumerate(spans) for word in _paragraph_tokens(text, number, span, stretches[number])
    ]
    return TokenizedDocument(text, words, spans, list(_quoted_tokens(text, words, spans, stretches)))


def _quoted_tokens(
    text: str, words: Sequence[Token], paragraphs: Sequence[Span], stretches: Sequence[Sequence[QuotedSpan]]
) -> Iterator[QuotedTokens]:
    before = {
        here: there
        for chain in find_continued_quotations(text, stretches, paragraphs)
        for there, here in pairwise(chain)
    }
    numbers: dict[tuple[int, int], int] = {}
    for paragraph, found in enumerate(stretches):
        for place, stretch in enumerate(found):
            start = bisect_left(words, stretch.outer.start, key=lambda word: word.span.start)
            end = bisect_left(words, stretch.outer.end, key=lambda word: word.span.start)
            numbers[paragraph, place] = len(numbers)
            origin = before.get((paragraph, place))
            yield QuotedTokens(start, end, stretch, None if origin is None else numbers[origin])


def _paragraph_tokens(text: str, number: int, paragraph: Span, stretches: Sequence[QuotedSpan]) -> Iterator[Token]:
    starts = [stretch.outer.start for stretch in stretches]
    for match in WORD_PATTERN.finditer(text, *paragraph):
        at = bisect_right(starts, match.start()) - 1
        side = QuoteSide.OUTSIDE
        if at >= 0 and match.start() < stretches[at].outer.end:
            stretch = stretches[at]
            side = QuoteSide.INSIDE
            if match.start() < stretch.inner.start:
                side = QuoteSide.OPENS
            elif match.start() >= stretch.inner.end:
                side = QuoteSide.CLOSES
        yield Token(Span(*match.span()), _normalize_marks(match[0], side), number, side)


def _normalize_marks(written: str, side: QuoteSide) -> str:
    """One mark for all that open and close, one apostrophe: the tagger need not learn a newspaper's typography."""
    if side in (QuoteSide.OPENS, QuoteSide.CLOSES):
        return '"'
    if len(written) == 1 and written in MARK_FAMILY:
        return "'" if written in SINGLE_MARKS else '"'
    return written.replace("’", "'")
