"""Turns a content's token ranges into spans, without the punctuation and the "that" at their ends."""

from collections.abc import Iterator, Sequence

from claims.extraction.english.candidates import TokenRange
from claims.extraction.english.lexicon.role_nouns import NAMED_THINGS
from claims.extraction.lexicon import word_set
from claims.extraction.quotation import Kind, Span
from claims.extraction.text.tokens import QuotedTokens, QuoteSide, TokenizedDocument

OPENING_PUNCTUATION = frozenset("([$#@£€")
CLOSING_PUNCTUATION = frozenset(")]%")
WORD_NOUNS = word_set("formula phrase slogan term word")
# After "that", these show that it is a pronoun: "said that was wrong".
FINITE_VERBS = word_set("is was are were has had will would can could may might should does did 's isn't wasn't")


def classify_kind(document: TokenizedDocument, ranges: Sequence[TokenRange]) -> Kind:
    """Return direct if all words are in quotation marks, mixed if some are, else indirect.

    A title in marks (the film "…") does not make a content mixed.
    """
    words = [document.tokens[i] for start, end in ranges for i in range(start, end) if document.tokens[i].is_word]
    quoted_count = sum(word.side is QuoteSide.INSIDE for word in words)
    if not quoted_count:
        return Kind.INDIRECT
    if quoted_count == len(words):
        return Kind.DIRECT
    is_mixed = any(not _is_title_of_thing(document, quoted) for quoted in _overlapping_quotes(document, ranges))
    return Kind.MIXED if is_mixed else Kind.INDIRECT


def content_spans(document: TokenizedDocument, ranges: Sequence[TokenRange], kind: Kind) -> tuple[Span, ...]:
    """Return the spans between the marks of a direct quotation, else those from the first word to the last."""
    if kind is Kind.DIRECT:
        return tuple(_inner_spans(document, ranges))
    spans: list[Span] = []
    for number, (start, end) in enumerate(joined := _join_adjacent(document, ranges)):
        if number == 0 and len(joined) > 1 and end - start == 1 and document.tokens[start].lower == "which":
            continue  # "the death, which he said had robbed the town": the pronoun states nothing
        first, last = _trim_punctuation(document, start, end)
        if not spans and last - first > 1 and _is_complementizer(document, first):
            first, last = _trim_punctuation(document, first + 1, last)
        if last - first > 1 and document.tokens[last - 1].lower in {"and", "but"}:
            first, last = _trim_punctuation(document, first, last - 1)
        if first < last:
            spans.append(document.span(first, last))
    return tuple(spans)


def _overlapping_quotes(document: TokenizedDocument, ranges: Sequence[TokenRange]) -> Iterator[QuotedTokens]:
    last_start = -1
    for start, end in ranges:
        for quoted in document.quoted_in(start, end):
            if quoted.start > last_start:
                last_start = quoted.start
                yield quoted


def _inner_spans(document: TokenizedDocument, ranges: Sequence[TokenRange]) -> Iterator[Span]:
    for start, end in ranges:
        for quoted in document.quoted_in(start, end):
            inner = quoted.span.inner
            outer = document.span(max(start, quoted.start), min(end, quoted.end))
            span = Span(max(outer.start, inner.start), min(outer.end, inner.end))
            if span.start < span.end:
                yield span


def _join_adjacent(document: TokenizedDocument, ranges: Sequence[TokenRange]) -> list[TokenRange]:
    """Join the ranges that have nothing but punctuation between them."""
    joined: list[TokenRange] = []
    for start, end in ranges:
        if joined and not any(document.tokens[i].is_word for i in range(joined[-1][1], start)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _trim_punctuation(document: TokenizedDocument, start: int, end: int) -> TokenRange:
    """Strip punctuation from both ends; a quotation mark stays if its partner is in the range."""
    quotes = [quoted for quoted in document.quoted_in(start, end) if start <= quoted.start and quoted.end <= end]
    opening_marks = {quoted.start for quoted in quotes}
    closing_marks = {quoted.end - 1 for quoted in quotes}

    def is_trimmed(index: int, exempt: frozenset[str], paired_marks: set[int]) -> bool:
        token = document.tokens[index]
        return not token.is_word and token.text not in exempt and index not in paired_marks

    while start < end and is_trimmed(start, OPENING_PUNCTUATION, opening_marks):
        start += 1
    while start < end and is_trimmed(end - 1, CLOSING_PUNCTUATION, closing_marks):
        end -= 1
    return start, end


def _is_complementizer(document: TokenizedDocument, index: int) -> bool:
    word, next_word = (token.lower for token in document.tokens[index : index + 2])
    return word == "that" and next_word not in FINITE_VERBS


def _is_title_of_thing(document: TokenizedDocument, quoted: QuotedTokens) -> bool:
    """Whether a noun beside the marks says what they name: the film "…", the "…" formula.

    `The plan "a disgrace"` is no title: after a noun, a title is capitalized, unless the noun is for words.
    """
    tokens = document.tokens
    if quoted.end < len(tokens) and tokens[quoted.end].lower in NAMED_THINGS:
        return True
    noun = tokens[quoted.start - 1].lower if quoted.start else ""
    is_capitalized = quoted.start + 1 < len(tokens) and not tokens[quoted.start + 1].text[0].islower()
    return noun in WORD_NOUNS or (is_capitalized and noun in NAMED_THINGS)
