"""Scores: points, percentages and the reasons for them."""

import pytest

from claims.worthiness import (
    DEFAULT_WEIGHTS,
    FEATURE_NAMES,
    FEATURE_READINGS,
    Feature,
    Weights,
    percent_of_points,
    points_of_percent,
)

WEIGHTS = Weights(-1.0, {Feature.FIGURES: 1.5, Feature.OPINION: -2.0, Feature.DIRECT: 0.0, Feature.RULE: 0.5})


def test_points() -> None:
    assert WEIGHTS.points_of(Feature(0)) == -100
    assert WEIGHTS.points_of(Feature.FIGURES | Feature.RULE | Feature.CHANGE) == 100
    assert WEIGHTS.percent_of(Feature.FIGURES | Feature.RULE) == 73


def test_the_strongest_reasons_come_first_whichever_way_they_pull() -> None:
    features = Feature.RULE | Feature.FIGURES | Feature.OPINION | Feature.DIRECT
    assert WEIGHTS.strongest(features) == [Feature.OPINION, Feature.FIGURES, Feature.RULE]
    assert WEIGHTS.strongest(features, 1) == [Feature.OPINION]
    assert WEIGHTS.strongest(Feature.DIRECT) == [], "it moves nothing"


@pytest.mark.parametrize("percent", range(1, 100))
def test_the_fewest_points_of_a_percentage(percent: int) -> None:
    points = points_of_percent(percent)
    assert percent_of_points(points) == percent
    assert percent_of_points(points - 1) == percent - 1


def test_every_feature_is_explained_and_weighed() -> None:
    assert set(FEATURE_NAMES) == set(FEATURE_READINGS) == set(DEFAULT_WEIGHTS.by_feature) == set(Feature)


def test_stored_values_of_features_stay() -> None:
    assert [feature.value for feature in Feature] == [1 << place for place in range(len(Feature))]
    assert (Feature.FIGURES, Feature.CHECKED, Feature.ADDRESS) == (1, 1 << 14, 1 << 15)
