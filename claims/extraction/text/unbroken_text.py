"""Finds paragraphs in a text whose line breaks were lost: where one speaker's words end, or another's begin.

In PolNeAR's train texts, 82 to 100 % of the quotations that begin a sentence and are followed by their cue (`"…," she
said`) begin a paragraph, and 73 to 93 % of those that end a sentence end one; behind "she said." a quotation goes on in
its paragraph (97 %). The reporter's own paragraphs are short.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from claims.extraction.quotation import Span
from claims.extraction.text.orthography import known_orthography
from claims.extraction.text.quotation_marks import QuotedSpan, find_quoted_spans

# A text of so many characters may be one paragraph, and so may a line among others.
MIN_LINE_LENGTH = 500
MAX_LINE_LENGTH = 2_000
# Sentences of the reporter's in a paragraph.
MAX_SENTENCES = 3
SENTENCE_ENDINGS = frozenset(".!?…")
DASHES = frozenset("—–―-")


def split_unbroken_line(text: str, line: Span, *, is_only_line: bool) -> Iterator[Span]:
    """Yield the paragraphs of a line: itself, unless it is a text's only one, or too long for a paragraph."""
    length, start = line.end - line.start, line.start
    if length <= (MIN_LINE_LENGTH if is_only_line else MAX_LINE_LENGTH):
        yield line
        return
    quotations = find_quoted_spans(text, line)
    for position in _paragraph_starts(text, line, quotations):
        if position > start:
            yield _without_blanks(text, start, position)
            start = position
    if start < line.end:
        yield _without_blanks(text, start, line.end)


def _paragraph_starts(text: str, line: Span, quotations: Sequence[QuotedSpan]) -> Iterator[int]:
    end = line.start  # of the last quotation
    is_signed = False
    sentence_count = 0
    for quoted in quotations:
        for sentence_start in _sentence_starts(text, end, quoted.outer.start):
            sentence_count += 1
            if sentence_count >= MAX_SENTENCES:
                yield sentence_start
                sentence_count = 0
        if is_signed or (_begins_sentence(text, line, quoted) and (not quoted.closed or _precedes_cue(text, quoted))):
            yield quoted.outer.start
            # Behind the sentence with the cue, the reporter goes on in a new paragraph.
            sentence_count = MAX_SENTENCES - 1
        end = _next_character(text, quoted.outer.end, line.end)
        is_signed = text[end : end + 1] in DASHES  # "…" — Ann Moor
        is_end = not quoted.closed or text[quoted.inner.end - 1] in SENTENCE_ENDINGS
        if is_end and end < line.end and not is_signed and not text[end].islower():
            yield end
            sentence_count = 0
    for number, sentence_start in enumerate(_sentence_starts(text, end, line.end), start=sentence_count + 1):
        if number % MAX_SENTENCES == 0:
            yield sentence_start


@cache  # as the orthography
def _sentence_end() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{known_orthography().abbreviations})|\b[^\W\d_]\.|(?P<end>[.!?…])\s+(?=[^\W\d_])")


def _sentence_starts(text: str, start: int, stop: int) -> Iterator[int]:
    """Yield where sentences begin behind other ones."""
    for match in _sentence_end().finditer(text, start, stop):
        if match["end"] and match.end() < stop and not text[match.end()].islower():
            yield match.end()


def _begins_sentence(text: str, line: Span, quoted: QuotedSpan) -> bool:
    before = quoted.outer.start
    while before > line.start and text[before - 1].isspace():
        before -= 1
    return before > line.start and text[before - 1] in SENTENCE_ENDINGS


def _precedes_cue(text: str, quoted: QuotedSpan) -> bool:
    """Whether the sentence goes on behind the quotation: `"…," she said`, `"…?" she asked`."""
    last = text[quoted.inner.end - 1]
    return last == "," or (last in "?!" and text[quoted.outer.end + 1 : quoted.outer.end + 2].islower())


def _next_character(text: str, start: int, stop: int) -> int:
    while start < stop and text[start].isspace():
        start += 1
    return start


def _without_blanks(text: str, start: int, stop: int) -> Span:
    return Span(start, start + len(text[start:stop].rstrip()))
