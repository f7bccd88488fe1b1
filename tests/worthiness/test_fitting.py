"""Weights fitted to decisions."""

import random

import pytest

from claims.worthiness import DEFAULT_WEIGHTS, Decisions, Feature, fit_weights
from claims.worthiness.fitting import average_precision


def simulate_decisions(taken_up: Feature, count: int = 600) -> Decisions:
    """A newsroom that mostly takes up what has this feature."""
    chance = random.Random(1)
    features = [
        Feature(sum(feature for feature in Feature if feature != Feature.CHECKED and chance.random() < 0.3))
        for _ in range(count)
    ]
    return Decisions(features, [chance.random() < (0.8 if taken_up in each else 0.1) for each in features])


@pytest.mark.parametrize("liked", [Feature.OPINION, Feature.RULE, Feature.PERSONAL])
def test_what_a_newsroom_takes_up_gets_a_high_weight(liked: Feature) -> None:
    fit = fit_weights(simulate_decisions(liked), DEFAULT_WEIGHTS)
    assert max(fit.weights.by_feature, key=lambda feature: fit.weights.by_feature[feature]) == liked
    assert (fit.decisions, fit.held_out) == (600, 150)
    assert fit.precision > fit.current_precision
    assert fit.gain == pytest.approx(fit.precision - fit.current_precision)


def test_the_average_score_stays() -> None:
    decisions = simulate_decisions(Feature.RULE)
    fit = fit_weights(decisions, DEFAULT_WEIGHTS)
    averages = [
        sum(map(weights.percent_of, decisions.features)) / len(decisions.features)
        for weights in (fit.weights, DEFAULT_WEIGHTS)
    ]
    assert averages[0] == pytest.approx(averages[1], abs=1)


def test_what_no_decision_tells_keeps_its_weight() -> None:
    decisions = Decisions([Feature.FIGURES, Feature.OPINION] * 300, [True, False] * 300)
    weights = fit_weights(decisions, DEFAULT_WEIGHTS).weights.by_feature
    for feature in Feature:
        if feature not in Feature.FIGURES | Feature.OPINION:
            assert weights[feature] == DEFAULT_WEIGHTS.by_feature[feature]
    assert weights[Feature.FIGURES] > DEFAULT_WEIGHTS.by_feature[Feature.FIGURES]
    assert all(abs(weight) <= 5 for weight in weights.values()), "even where the data are without exception"


def test_average_precision() -> None:
    assert average_precision([3, 2, 1], [True, False, True]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([1, 1], [True, False]) == average_precision([1, 1], [False, True]) == 0.5
    assert average_precision([1, 2], [False, False]) == 0.0
