"""Bins of confidence."""

import pytest

from claims.extraction.evaluation.reliability import ReliabilityBin, reliability_bins


def test_bins() -> None:
    found = reliability_bins([(0.95, True), (0.81, True), (0.89, False), (None, True)])
    assert found == [
        ReliabilityBin(0.8, 0.9, 2, 1, pytest.approx(0.85)),
        ReliabilityBin(0.9, 1.0, 1, 1, pytest.approx(0.95)),
    ]
    assert [each.share_right for each in found] == [0.5, 1]


@pytest.mark.parametrize(
    ("confidence", "low"),
    [(0.0, 0.0), (0.1, 0.1), (0.3, 0.3), (0.7, 0.7), (0.1 + 0.2, 0.3), (0.6999, 0.6), (0.9, 0.9), (1.0, 0.9)],
)
def test_a_bin_begins_with_its_tenth(confidence: float, low: float) -> None:
    (found,) = reliability_bins([(confidence, True)])
    assert found.low == low


def test_nothing_predicted() -> None:
    assert reliability_bins([]) == []
