"""Whether confidence says what it seems to: of predictions given with 0.8, about 80 in 100 should be right."""

from collections.abc import Iterable
from dataclasses import dataclass

BIN_COUNT = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Predictions with a confidence from `low` up to, and only at 1 including, `high`: how sure, and how many right."""

    low: float
    high: float
    count: int
    right: int
    confidence: float  # the mean

    @property
    def share_right(self) -> float:
        """Right means: matches an annotated quotation, and has its speaker."""
        return self.right / self.count


def reliability_bins(outcomes: Iterable[tuple[float | None, bool]]) -> list[ReliabilityBin]:
    """The bins of confidences and whether they were right, from the least sure; without a confidence it is left out."""
    found: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in outcomes:
        if confidence is not None:
            index = min(int(confidence * BIN_COUNT), BIN_COUNT - 1)
            found.setdefault(index, []).append((confidence, right))
    return [
        ReliabilityBin(
            low=index / BIN_COUNT,
            high=(index + 1) / BIN_COUNT,
            count=len(members),
            right=sum(right for _, right in members),
            confidence=sum(confidence for confidence, _ in members) / len(members),
        )
        for index, members in sorted(found.items())
    ]
