"""Fits the weights to what a newsroom took up and what it left, by logistic regression."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.worthiness.features import Feature
from claims.worthiness.weights import MAX_WEIGHT, Weights

HELD_OUT_SHARE = 0.25  # the newest decisions, which the fit does not see
PULL = 3.0  # towards the current weights: a feature seen in few decisions keeps its weight
MAX_STEPS = 25
_CONVERGED = 1e-6
_FITTED = tuple(feature for feature in Feature if feature is not Feature.CHECKED)  # which follows from the decision

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided on, oldest first: its features, and whether it was taken up."""

    features: Sequence[Feature]
    taken_up: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted weights, and their average precision on the decisions held out, beside that of others."""

    weights: Weights
    decisions: int
    held_out: int
    precision: float
    current_precision: float
    figures_precision: float  # of "has a figure" alone

    @property
    def gain(self) -> float:
        return self.precision - self.current_precision


def fit_weights(decisions: Decisions, current: Weights) -> Fit:
    """Fits weights to the older decisions and measures them on the newer ones.

    The base is set so that the average score stays what it was: the decisions tell what comes before what, not how much
    a newsroom has time for.
    """
    count = len(decisions.features)
    split = count - round(count * HELD_OUT_SHARE)
    inputs = np.array([[feature in features for feature in _FITTED] for features in decisions.features], dtype=float)
    targets = np.array(decisions.taken_up, dtype=float)
    start = np.array([current.base, *(current.by_feature.get(feature, 0.0) for feature in _FITTED)])
    fitted = _regress(inputs[:split], targets[:split], start)
    weights = Weights(
        float(fitted[0]),
        {
            **current.by_feature,
            **{
                feature: round(float(np.clip(weight, -MAX_WEIGHT, MAX_WEIGHT)), 2)
                for feature, weight in zip(_FITTED, fitted[1:], strict=True)
            },
        },
    )
    weights = _with_average_of(weights, current, decisions.features)
    held_out, taken_up = decisions.features[split:], decisions.taken_up[split:]
    return Fit(
        weights,
        decisions=count,
        held_out=count - split,
        precision=average_precision([weights.points_of(each) for each in held_out], taken_up),
        current_precision=average_precision([current.points_of(each) for each in held_out], taken_up),
        figures_precision=average_precision([Feature.FIGURES in each for each in held_out], taken_up),
    )


def average_precision(scores: Sequence[float], relevant: Sequence[bool]) -> float:
    """Returns the average precision of a ranking. Equal scores share their places, so their order does not matter."""
    total = sum(relevant)
    if not total:
        return 0.0
    by_score: dict[float, list[bool]] = {}
    for score, is_relevant in zip(scores, relevant, strict=True):
        by_score.setdefault(score, []).append(is_relevant)
    seen, hits, precision = 0, 0, 0.0
    for score in sorted(by_score, reverse=True):
        group = by_score[score]
        seen, hits = seen + len(group), hits + sum(group)
        precision += sum(group) * hits / seen
    return precision / total


def _regress(inputs: Array, targets: Array, start: Array) -> Array:
    """Returns the coefficients (that of the base first) by Newton's method, with a pull to where they start."""
    inputs = np.column_stack([np.ones(len(inputs)), inputs])
    pull = np.diag([0.0, *[PULL] * (inputs.shape[1] - 1)])
    weights = start.copy()
    for _ in range(MAX_STEPS):
        shares = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        gradient = inputs.T @ (shares - targets) + pull @ (weights - start)
        curvature = (inputs * (shares * (1 - shares))[:, None]).T @ inputs + pull
        step = np.linalg.solve(curvature + 1e-9 * np.eye(len(weights)), gradient)
        weights = weights - np.clip(step, -2, 2)
        if float(np.abs(step).max()) < _CONVERGED:
            break
    return weights


def _with_average_of(weights: Weights, current: Weights, features: Sequence[Feature]) -> Weights:
    """Returns the weights with the base that gives the same average percentage as the current ones."""
    goal = sum(map(current.percent_of, features))
    low, high = -MAX_WEIGHT, MAX_WEIGHT
    while high - low > 0.005:
        base = (low + high) / 2
        if sum(map(Weights(base, weights.by_feature).percent_of, features)) < goal:
            low = base
        else:
            high = base
    return Weights(round((low + high) / 2, 2), weights.by_feature)
