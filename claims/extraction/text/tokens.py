"""Tokenizes a document for the tagger: words and punctuation, with the side of the quotation marks they are on."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

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
    """Whether a token is outside quotation marks, an opening mark, between marks, or a closing mark."""

    OUTSIDE = 0
    OPENS = 1
    INSIDE = 2
    CLOSES = 3


class Token(NamedTuple):
    """A word or a punctuation character. `paragraph` is an index into the tokenized document's paragraphs.

    `text` is normalized: all quotation marks and apostrophes of a kind read alike.
    """

    span: Span
    text: str
    paragraph: int
    side: QuoteSide

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] == "_"


@dataclass(frozen=True, slots=True)
class QuotedTokens:
    """A quoted span as tokens `start` to `end` (exclusive), its marks included.

    `continues` is the index of the quoted span that this one continues in the next paragraph, by re-opening the mark.
    """

    start: int
    end: int
    span: QuotedSpan
    continues: int | None


@dataclass(frozen=True, slots=True)
class TokenizedDocument:
    """The tokens, paragraphs and quoted spans of a document in order, without its boilerplate."""

    text: str
    tokens: list[Token]
    paragraphs: list[Span]
    quoted: list[QuotedTokens]

    def quoted_in(self, start: int, end: int) -> Iterator[QuotedTokens]:
        """Yield the quoted spans that share a token with tokens `start` to `end` (exclusive)."""
        for number in range(bisect_right(self.quoted, start, key=lambda quoted: quoted.end), len(self.quoted)):
            if self.quoted[number].start >= end:
                return
            yield self.quoted[number]

    def span(self, start: int, end: int) -> Span:
        """Return the character span of tokens `start` to `end` (exclusive)."""
        return Span(self.tokens[start].span.start, self.tokens[end - 1].span.end)


def tokenize_document(document: Document) -> TokenizedDocument:
    text = document.text
    paragraphs = [paragraph.span for paragraph in document.paragraphs if not paragraph.is_boilerplate]
    quoted_spans = find_all_quoted_spans(text, paragraphs)
    tokens = [
        token
        for number, (paragraph, quoted) in enumerate(zip(paragraphs, quoted_spans, strict=True))
        for token in _paragraph_tokens(text, number, paragraph, quoted)
    ]
    return TokenizedDocument(text, tokens, paragraphs, list(_quoted_tokens(text, tokens, paragraphs, quoted_spans)))


def _quoted_tokens(
    text: str, tokens: Sequence[Token], paragraphs: Sequence[Span], quoted_spans: Sequence[Sequence[QuotedSpan]]
) -> Iterator[QuotedTokens]:
    continues = {
        current: previous
        for chain in find_continued_quotations(text, quoted_spans, paragraphs)
        for previous, current in pairwise(chain)
    }
    numbers: dict[tuple[int, int], int] = {}
    for paragraph, spans in enumerate(quoted_spans):
        for place, span in enumerate(spans):
            start = bisect_left(tokens, span.outer.start, key=lambda token: token.span.start)
            end = bisect_left(tokens, span.outer.end, key=lambda token: token.span.start)
            numbers[paragraph, place] = len(numbers)
            previous = continues.get((paragraph, place))
            yield QuotedTokens(start, end, span, None if previous is None else numbers[previous])


def _paragraph_tokens(text: str, number: int, paragraph: Span, quoted_spans: Sequence[QuotedSpan]) -> Iterator[Token]:
    place = 0
    for match in WORD_PATTERN.finditer(text, *paragraph):
        start, end = match.span()
        while place < len(quoted_spans) and quoted_spans[place].outer.end <= start:
            place += 1
        side = QuoteSide.OUTSIDE
        if place < len(quoted_spans) and (quoted := quoted_spans[place]).outer.start <= start:
            side = QuoteSide.INSIDE
            if start < quoted.inner.start:
                side = QuoteSide.OPENS
            elif start >= quoted.inner.end:
                side = QuoteSide.CLOSES
        yield Token(Span(start, end), _normalize_marks(match[0], side), number, side)


def _normalize_marks(word: str, side: QuoteSide) -> str:
    """Map all quotation marks to one and all apostrophes to one, so that the tagger need not learn typography."""
    if side in (QuoteSide.OPENS, QuoteSide.CLOSES):
        return '"'
    if len(word) == 1 and word in MARK_FAMILY:
        return "'" if word in SINGLE_MARKS else '"'
    return word.replace("’", "'")
