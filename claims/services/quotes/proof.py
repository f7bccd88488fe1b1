"""The public proof of a quote: its place in a text with a known SHA-256, and how much of that text may be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.models import Quote, Snapshot
from claims.services.sources.integrity import compare_with_text

MAX_CONTEXT_LENGTH = 100  # code points shown on each side of a quote
MAX_CONTEXT_SHARE = 0.1  # of a text, shown around all its quotes together

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProofChecks:
    """The result of each check."""

    text_has_its_sha256: bool
    words_are_at_the_spans: bool
    surroundings_are_beside_them: bool

    @property
    def all_hold(self) -> bool:
        return self.text_has_its_sha256 and self.words_are_at_the_spans and self.surroundings_are_beside_them


def check_proof(quote: Quote) -> ProofChecks:
    """Check the quote against its snapshot's text as stored now."""
    text = quote.snapshot.text
    matches = compare_with_text(quote, text)
    return ProofChecks(
        text_has_its_sha256=Snapshot.digest(text) == quote.snapshot.sha256,
        words_are_at_the_spans=matches["quote"] and matches["start and end"],
        surroundings_are_beside_them=matches["prefix"] and matches["suffix"],
    )


def context_spans(text: str, spans: Sequence[Span]) -> list[Span]:
    """For each of these spans of quotes, the span of text to show around it.

    All have the same margin: the widest that is at most MAX_CONTEXT_LENGTH and shows at most MAX_CONTEXT_SHARE of the
    text around the quotes. So a text with many quotes is not republished through them.
    """
    max_size = int(len(text) * MAX_CONTEXT_SHARE)
    low, high = 0, MAX_CONTEXT_LENGTH
    while low < high:
        width = (low + high + 1) // 2
        if _context_size(text, spans, width) <= max_size:
            low = width
        else:
            high = width - 1
    return [_widen_span(text, span, low) for span in spans]


def _context_size(text: str, spans: Sequence[Span], width: int) -> int:
    """The number of characters shown around the spans."""
    return _covered_length(_widen_span(text, span, width) for span in spans) - _covered_length(spans)


def _widen_span(text: str, span: Span, width: int) -> Span:
    return max(0, span[0] - width), min(len(text), span[1] + width)


def _covered_length(spans: Iterable[Span]) -> int:
    """The number of characters in the union of the spans."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
