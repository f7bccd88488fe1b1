"""What anybody can check of a quote: the text it stands in, by its SHA-256, and the characters that are the quote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.models import Quote, Snapshot
from claims.services.check import stands

CONTEXT = 100  # code points shown on each side of a quote at most
SHARE = 0.1  # of a text that is shown around its quotes at most, taken together

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Checks:
    """What was found when it was checked now."""

    text_has_its_sha256: bool
    words_are_at_the_spans: bool
    surroundings_are_beside_them: bool

    @property
    def hold(self) -> bool:
        """Whether all of it holds."""
        return self.text_has_its_sha256 and self.words_are_at_the_spans and self.surroundings_are_beside_them


def check(quote: Quote) -> Checks:
    """Compare the quote, which comes with its snapshot, with the text as it is stored now."""
    text = quote.snapshot.text
    so = stands(quote, text)
    return Checks(
        text_has_its_sha256=Snapshot.digest(text) == quote.snapshot.sha256,
        words_are_at_the_spans=so["quote"] and so["start and end"],
        surroundings_are_beside_them=so["prefix"] and so["suffix"],
    )


def surroundings(text: str, spans: Sequence[Span]) -> list[Span]:
    """For each of these spans of quotes, from where to where its surroundings reach.

    They are as wide as they can be without being wider than `CONTEXT` on each side, and without all that is shown
    beside the spans being more than `SHARE` of the text: a text with many quotes is not given away by them, nor what
    lies between the parts of one.
    """
    most = int(len(text) * SHARE)
    low, high = 0, CONTEXT
    while low < high:
        width = (low + high + 1) // 2
        if _shown(text, spans, width) <= most:
            low = width
        else:
            high = width - 1
    return [_widened(text, span, low) for span in spans]


def _shown(text: str, spans: Sequence[Span], width: int) -> int:
    """How many characters of the text are shown beside the spans."""
    return _length(_widened(text, span, width) for span in spans) - _length(spans)


def _widened(text: str, span: Span, width: int) -> Span:
    return max(0, span[0] - width), min(len(text), span[1] + width)


def _length(spans: Iterable[Span]) -> int:
    """How many characters lie in at least one of these spans."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
