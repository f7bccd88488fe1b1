"""Measures how reliable confidences are: of the predictions with 0.8, about 80 in 100 should be right."""

from collections.abc import Iterable
from dataclasses import dataclass

BIN_COUNT = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The predictions with a confidence from `low` to `high`, which only the last bin includes.

    `confidence` is their mean confidence. A prediction is right if it matches an annotated quotation and has its
    speaker.
    """

    low: float
    high: float
    count: int
    right: int
    confidence: float

    @property
    def accuracy(self) -> float:
        return self.right / self.count


def reliability_bins(outcomes: Iterable[tuple[float | None, bool]]) -> list[ReliabilityBin]:
    """Sort outcomes (confidence, whether right) into bins, lowest first. Those without a confidence are left out."""
    outcomes_by_bin: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in outcomes:
        if confidence is not None:
            index = min(int(confidence * BIN_COUNT), BIN_COUNT - 1)
            outcomes_by_bin.setdefault(index, []).append((confidence, right))
    return [
        ReliabilityBin(
            low=index / BIN_COUNT,
            high=(index + 1) / BIN_COUNT,
            count=len(members),
            right=sum(right for _, right in members),
            confidence=sum(confidence for confidence, _ in members) / len(members),
        )
        for index, members in sorted(outcomes_by_bin.items())
    ]
