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

    `text` is normalized: all quotation marks and apostrophes of a kind read alike. `lower` is its lower case.
    """

    span: Span
    text: str
    lower: str
    is_word: bool
    paragraph: int
    side: QuoteSide


# A token's text, its lower case and whether it is a word: found once, and shared where it repeats.
TokenForm = tuple[str, str, bool]


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
    quoted_spans = [paragraph.quoted for paragraph in document.paragraphs if not paragraph.is_boilerplate]
    tokens: list[Token] = []
    forms: dict[str, TokenForm] = {}
    for number, (paragraph, quoted) in enumerate(zip(paragraphs, quoted_spans, strict=True)):
        tokens += _paragraph_tokens(text, number, paragraph, quoted, forms)
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


def _paragraph_tokens(
    text: str, number: int, paragraph: Span, quoted_spans: Sequence[QuotedSpan], forms: dict[str, TokenForm]
) -> Iterator[Token]:
    spans = iter(quoted_spans)
    quoted = next(spans, None)
    for match in WORD_PATTERN.finditer(text, *paragraph):
        span, word = Span(*match.span()), match[0]
        while quoted and quoted.outer.end <= span.start:
            quoted = next(spans, None)
        form = forms.get(word)
        if form is None:
            form = forms[word] = _read_form(word)
        side = QuoteSide.OUTSIDE
        if quoted and quoted.outer.start <= span.start:
            side = QuoteSide.INSIDE
            if span.start < quoted.inner.start:
                side, form = QuoteSide.OPENS, MARK_FORM
            elif span.start >= quoted.inner.end:
                side, form = QuoteSide.CLOSES, MARK_FORM
        yield Token(span, *form, number, side)


MARK_FORM: TokenForm = ('"', '"', False)


def _read_form(word: str) -> TokenForm:
    """Map all quotation marks to one and all apostrophes to one, so that the tagger need not learn typography."""
    is_mark = len(word) == 1 and word in MARK_FAMILY
    text = '"' if is_mark and word not in SINGLE_MARKS else word.replace("’", "'").replace("‘", "'")
    return text, text.lower(), text[0].isalnum() or text[0] == "_"
