import pytest

from claims.extraction.evaluation.reliability import ReliabilityBin, reliability_bins


def test_bins() -> None:
    bins = reliability_bins([(0.95, True), (0.81, True), (0.89, False), (None, True)])
    assert bins == [
        ReliabilityBin(0.8, 0.9, 2, 1, pytest.approx(0.85)),
        ReliabilityBin(0.9, 1.0, 1, 1, pytest.approx(0.95)),
    ]
    assert [reliability_bin.accuracy for reliability_bin in bins] == [0.5, 1]


@pytest.mark.parametrize(
    ("confidence", "low"),
    [(0.0, 0.0), (0.1, 0.1), (0.3, 0.3), (0.7, 0.7), (0.1 + 0.2, 0.3), (0.6999, 0.6), (0.9, 0.9), (1.0, 0.9)],
)
def test_bin_includes_its_lower_bound(confidence: float, low: float) -> None:
    (reliability_bin,) = reliability_bins([(confidence, True)])
    assert reliability_bin.low == low


def test_no_predictions() -> None:
    assert reliability_bins([]) == []
