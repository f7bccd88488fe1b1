"""Turns a selection in a text into the spans of a quote, and spans into the quote's fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.models import Snapshot
from claims.models.quote_text import shown_text
from claims.services.errors import RefusedError
from claims.services.quotes import graphemes

CONTEXT_LENGTH = 32  # code points kept before and after a quote, as in the W3C's TextQuoteSelector
MAX_QUOTE_PARTS = 50


@dataclass(frozen=True, slots=True)
class TextSelection:
    """Spans in code points, end exclusive, with the text that the editor saw in each and the snapshot's SHA-256."""

    sha256: str
    spans: Sequence[Sequence[int]]
    words: Sequence[str]


def validate_selection(selection: TextSelection, snapshot: Snapshot) -> list[list[int]]:
    """Normalize the selection to the spans of a quote (see `normalize_spans`).

    Raises RefusedError if it was made in another text, or if its spans are empty, blank, outside the text or overlap.
    """
    text = snapshot.text
    if selection.sha256 != snapshot.sha256:
        raise RefusedError("This was selected in another version of the text. Reload the page and select it again.")
    if not 0 < len(selection.spans) <= MAX_QUOTE_PARTS:
        raise RefusedError(f"A quote has 1 to {MAX_QUOTE_PARTS} parts: select its words.")
    if len(selection.words) != len(selection.spans):
        raise RefusedError("The text has changed since you selected it. Select it again.")
    for span, words in zip(selection.spans, selection.words, strict=True):
        start, end = validate_span(span, len(text))
        # Browsers turn NUL into the replacement character.
        if text[start:end].replace("\0", "\ufffd") != words.replace("\0", "\ufffd"):
            raise RefusedError("The text has changed since you selected it. Select it again.")
    return normalize_spans(text, selection.spans)


def validate_span(span: Sequence[int], length: int) -> tuple[int, int]:
    """Return start and end. Raises RefusedError unless they delimit some characters of a text of this length."""
    if len(span) != 2 or not all(type(offset) is int for offset in span):
        raise RefusedError("A span is a start and an end, both integers.")
    start, end = span
    if not 0 <= start < end <= length:
        raise RefusedError(f"The selection from {start} to {end} is empty or outside the text.")
    return start, end


def normalize_spans(text: str, spans: Sequence[Sequence[int]]) -> list[list[int]]:
    """Sort the spans, widen them to whole graphemes, strip white space and merge spans with nothing between them.

    Raises RefusedError for spans that overlap, lie outside the text or contain nothing visible.
    """
    ordered = sorted(validate_span(span, len(text)) for span in spans)
    for (_, end), (start, _) in pairwise(ordered):
        if start < end:
            raise RefusedError("Two parts of the selection overlap.")
    parts: list[list[int]] = []
    for span in ordered:
        start, end = graphemes.strip_span(text, *graphemes.expand_to_graphemes(text, *span))
        if not graphemes.has_visible_text(text[start:end]):
            raise RefusedError("The selection contains no words.")
        if parts and not text[parts[-1][1] : start].strip():
            parts[-1][1] = max(parts[-1][1], end)
        else:
            parts.append([start, end])
    return parts


def unite_spans(text: str, first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]) -> list[list[int]]:
    """Merge the spans of two quotes into those of one."""
    parts: list[list[int]] = []
    for start, end in sorted((*map(tuple, first), *map(tuple, second))):
        if parts and start < parts[-1][1]:
            parts[-1][1] = max(parts[-1][1], end)
        else:
            parts.append([start, end])
    return normalize_spans(text, parts)


def join_spans(text: str, spans: Sequence[Sequence[int]]) -> str:
    """The text of the spans, joined by a space: a quote's `exact`."""
    return " ".join(text[start:end] for start, end in spans)


def anchor_fields(text: str, spans: list[list[int]]) -> dict[str, object]:
    """The fields of a quote that are derived from its spans."""
    start, end = spans[0][0], spans[-1][1]
    return {
        "spans": spans,
        "start": start,
        "end": end,
        "exact": join_spans(text, spans),
        "text": shown_text(text, spans),
        "prefix": text[max(0, start - CONTEXT_LENGTH) : start],
        "suffix": text[end : end + CONTEXT_LENGTH],
    }
