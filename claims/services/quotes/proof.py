"""What anybody can check of a quote: the text it stands in, by its SHA-256, and the characters that are the quote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.models import Quote, Snapshot
from claims.services.sources.integrity import compare_with_text

MAX_CONTEXT_LENGTH = 100  # code points shown on each side of a quote at most
MAX_CONTEXT_SHARE = 0.1  # of a text that is shown around its quotes at most, taken together

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProofChecks:
    """What was found when it was checked now."""

    text_has_its_sha256: bool
    words_are_at_the_spans: bool
    surroundings_are_beside_them: bool

    @property
    def hold(self) -> bool:
        """Whether all of it holds."""
        return self.text_has_its_sha256 and self.words_are_at_the_spans and self.surroundings_are_beside_them


def check_proof(quote: Quote) -> ProofChecks:
    """Compare the quote, which comes with its snapshot, with the text as it is stored now."""
    text = quote.snapshot.text
    so = compare_with_text(quote, text)
    return ProofChecks(
        text_has_its_sha256=Snapshot.digest(text) == quote.snapshot.sha256,
        words_are_at_the_spans=so["quote"] and so["start and end"],
        surroundings_are_beside_them=so["prefix"] and so["suffix"],
    )


def context_spans(text: str, spans: Sequence[Span]) -> list[Span]:
    """For each of these spans of quotes, from where to where its surroundings reach.

    They are as wide as they can be without being wider than `CONTEXT` on each side, and without all that is shown
    beside the spans being more than `SHARE` of the text: a text with many quotes is not given away by them, nor what
    lies between the parts of one.
    """
    most = int(len(text) * MAX_CONTEXT_SHARE)
    low, high = 0, MAX_CONTEXT_LENGTH
    while low < high:
        width = (low + high + 1) // 2
        if _context_size(text, spans, width) <= most:
            low = width
        else:
            high = width - 1
    return [_widen_span(text, span, low) for span in spans]


def _context_size(text: str, spans: Sequence[Span], width: int) -> int:
    """How many characters of the text are shown beside the spans."""
    return _covered_length(_widen_span(text, span, width) for span in spans) - _covered_length(spans)


def _widen_span(text: str, span: Span, width: int) -> Span:
    return max(0, span[0] - width), min(len(text), span[1] + width)


def _covered_length(spans: Iterable[Span]) -> int:
    """How many characters lie in at least one of these spans."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
