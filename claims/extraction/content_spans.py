"""From a content's words to its spans: how it is given, and what at its ends is not part of it."""

from collections.abc import Iterator, Sequence

from claims.extraction.candidates import TokenRange
from claims.extraction.lexicon.role_nouns import NAMED_THINGS
from claims.extraction.quotation import Kind, Span
from claims.extraction.text.tokens import QuotedTokens, QuoteSide, TokenizedDocument

OPENING_PUNCTUATION = frozenset("([$#@£€")
CLOSING_BRACKETS = frozenset(")]%")
# Behind "that" these show that it is a pronoun: "said that was wrong".
FINITE_VERBS = frozenset(
    {"is", "was", "are", "were", "has", "had", "will", "would", "can", "could", "may", "might", "should", "does", "did"}
    | {"'s", "isn't", "wasn't"}
)


def classify_kind(script: TokenizedDocument, ranges: Sequence[TokenRange]) -> Kind:
    """Direct where all words stand between marks, mixed where some do; a name between marks is nobody's words."""
    words = [script.words[i] for start, end in ranges for i in range(start, end) if script.words[i].is_word]
    inside = sum(word.side is QuoteSide.INSIDE for word in words)
    if not inside:
        return Kind.INDIRECT
    if inside == len(words):
        return Kind.DIRECT
    parts = [quoted for quoted in _overlapping_quotes(script, ranges) if not _is_title_of_thing(script, quoted)]
    return Kind.MIXED if parts else Kind.INDIRECT


def content_spans(script: TokenizedDocument, ranges: Sequence[TokenRange], kind: Kind) -> tuple[Span, ...]:
    """The content's spans: between the marks of a direct quotation, else from its first word to its last."""
    if kind is Kind.DIRECT:
        return tuple(_inner_spans(script, ranges))
    spans: list[Span] = []
    for start, end in _join_adjacent(script, ranges):
        first, last = _trim_punctuation(script, start, end)
        if not spans and last - first > 1 and _is_complementizer(script, first):
            first, last = _trim_punctuation(script, first + 1, last)
        if first < last:
            spans.append(script.span(first, last))
    return tuple(spans)


def _overlapping_quotes(script: TokenizedDocument, ranges: Sequence[TokenRange]) -> Iterator[QuotedTokens]:
    seen = -1
    for start, end in ranges:
        for quoted in script.quoted_in(start, end):
            if quoted.start > seen:
                seen = quoted.start
                yield quoted


def _inner_spans(script: TokenizedDocument, ranges: Sequence[TokenRange]) -> Iterator[Span]:
    for start, end in ranges:
        for quoted in script.quoted_in(start, end):
            inner = quoted.stretch.inner
            span = script.span(max(start, quoted.start), min(end, quoted.end))
            span = Span(max(span.start, inner.start), min(span.end, inner.end))
            if span.start < span.end:
                yield span


def _join_adjacent(script: TokenizedDocument, ranges: Sequence[TokenRange]) -> list[TokenRange]:
    """The ranges, those joined that have nothing but punctuation between them."""
    joined: list[TokenRange] = []
    for start, end in ranges:
        if joined and not any(script.words[i].is_word for i in range(joined[-1][1], start)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _trim_punctuation(script: TokenizedDocument, start: int, end: int) -> tuple[int, int]:
    """The words without the punctuation at their ends; a mark stays where its partner is among them."""
    whole = [q for q in script.quoted_in(start, end) if start <= q.start and q.end <= end]
    pairs = {quoted.start: quoted.end - 1 for quoted in whole}
    closers = set(pairs.values())
    words = script.words
    while (
        start < end and not words[start].is_word and words[start].text not in OPENING_PUNCTUATION and start not in pairs
    ):
        start += 1
    while (
        start < end
        and not words[end - 1].is_word
        and words[end - 1].text not in CLOSING_BRACKETS
        and end - 1 not in closers
    ):
        end -= 1
    return start, end


def _is_complementizer(script: TokenizedDocument, index: int) -> bool:
    return script.words[index].text.lower() == "that" and script.words[index + 1].text.lower() not in FINITE_VERBS


def _is_title_of_thing(script: TokenizedDocument, quoted: QuotedTokens) -> bool:
    """Whether the marks stand beside the noun for what they name: the film "…", the "…" formula."""
    around = (quoted.start - 1, quoted.end)
    return any(script.words[i].text.lower() in NAMED_THINGS for i in around if 0 <= i < len(script.words))
