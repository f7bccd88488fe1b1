"""What an editor selected in a text, made into the spans of a quote; and what a quote says of its spans."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from claims.models import Snapshot
from claims.services.errors import RefusedError
from claims.services.quotes import graphemes

CONTEXT_LENGTH = 32  # code points of text kept on either side of a quote, as in W3C's TextQuoteSelector
MAX_QUOTE_PARTS = 50  # of one quote


@dataclass(frozen=True, slots=True)
class TextSelection:
    """Spans of a text, in code points, end exclusive, with what proves that the same text was looked at.

    `words` are the characters seen in each span, and `sha256` is that of the snapshot.
    """

    sha256: str
    spans: Sequence[Sequence[int]]
    words: Sequence[str]


def validate_selection(selection: TextSelection, snapshot: Snapshot) -> list[list[int]]:
    """The spans a quote can have: widened to whole characters, without blanks at their ends, in reading order.

    Spans with nothing or only blanks between them become one. Raises RefusedError for a selection in another text, for
    one that the words do not agree with, and for spans that are empty, blank, out of the text or over each other.
    """
    text = snapshot.text
    if selection.sha256 != snapshot.sha256:
        raise RefusedError("This was selected in another version of the text: open the quote again and select anew.")
    if not 0 < len(selection.spans) <= MAX_QUOTE_PARTS:
        raise RefusedError(f"A quote has 1 to {MAX_QUOTE_PARTS} parts: select some words.")
    if len(selection.words) != len(selection.spans):
        raise RefusedError("The selection and its words do not agree: select anew.")
    for span, words in zip(selection.spans, selection.words, strict=True):
        start, end = validate_span(span, len(text))
        # A browser shows NUL, which no text should hold, as the replacement character.
        if text[start:end].replace("\0", "\ufffd") != words.replace("\0", "\ufffd"):
            raise RefusedError("The selection and its words do not agree: select anew.")
    return normalize_spans(text, selection.spans)


def validate_span(span: Sequence[int], length: int) -> tuple[int, int]:
    """The span's two offsets. Raises RefusedError if they are none of a text of this length."""
    if len(span) != 2 or not all(type(offset) is int for offset in span):
        raise RefusedError("A selection has a start and an end, in whole characters.")
    start, end = span
    if not 0 <= start < end <= length:
        raise RefusedError(f"The selection from {start} to {end} is empty or not within the text.")
    return start, end


def normalize_spans(text: str, spans: Sequence[Sequence[int]]) -> list[list[int]]:
    """Spans within the text as a quote has them; see `fitted`."""
    given = sorted(validate_span(span, len(text)) for span in spans)
    for (_, end), (start, _) in pairwise(given):
        if start < end:
            raise RefusedError("Two parts of the selection lie over each other: select words that are in one of them.")
    parts: list[list[int]] = []
    for span in given:
        start, end = graphemes.strip_span(text, *graphemes.expand_to_graphemes(text, *span))
        if not graphemes.has_visible_text(text[start:end]):
            raise RefusedError("There are no words in what was selected.")
        if parts and not text[parts[-1][1] : start].strip():
            parts[-1][1] = max(parts[-1][1], end)
        else:
            parts.append([start, end])
    return parts


def unite_spans(text: str, first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]) -> list[list[int]]:
    """Spans of two quotes as those of one: what lies in either."""
    parts: list[list[int]] = []
    for start, end in sorted((*map(tuple, first), *map(tuple, second))):
        if parts and start < parts[-1][1]:
            parts[-1][1] = max(parts[-1][1], end)
        else:
            parts.append([start, end])
    return normalize_spans(text, parts)


def join_spans(text: str, spans: Sequence[Sequence[int]]) -> str:
    """The words of the spans, joined by one space."""
    return " ".join(text[start:end] for start, end in spans)


def anchor_fields(text: str, spans: list[list[int]]) -> dict[str, Any]:
    """The fields of a quote that follow from its spans."""
    start, end = spans[0][0], spans[-1][1]
    return {
        "spans": spans,
        "start": start,
        "end": end,
        "exact": join_spans(text, spans),
        "prefix": text[max(0, start - CONTEXT_LENGTH) : start],
        "suffix": text[end : end + CONTEXT_LENGTH],
    }
