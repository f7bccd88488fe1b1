"""Confidence: the probability that a quotation's content and speaker are both right, and that its speaker is.

Both are logistic regressions, fitted on annotated corpora with the evaluation's own definition of "right". Each
language has features of its own, and coefficients in the head of a model card.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.extraction.model_cards import ModelError, read_card
from claims.extraction.quotation import Ambiguous, Resolved, Speaker, SpeakerCandidate

# A reported confidence is never 0 or 1: nothing is certain, and nothing shown is impossible.
MIN_CONFIDENCE = 0.01
MAX_CONFIDENCE = 0.99
MAX_LOG_ODDS = 30.0
# Below this confidence, the others to whom the mention may refer are given as well.
MIN_CERTAIN_CONFIDENCE = 0.9
# For a fit of a dozen coefficients to two thousand quotations.
RIDGE_PENALTY = 1.0
NEWTON_STEPS = 30
DoubleArray = NDArray[np.float64]


def predict_confidence(features: Mapping[str, float], coefficients: Mapping[str, float]) -> float:
    """Apply the regression. A feature without a coefficient is ignored."""
    log_odds = sum(coefficients.get(name, 0.0) * value for name, value in features.items())
    log_odds = min(MAX_LOG_ODDS, max(-MAX_LOG_ODDS, log_odds))
    return round(min(MAX_CONFIDENCE, max(MIN_CONFIDENCE, 1 / (1 + math.exp(-log_odds)))), 3)


@cache  # the card is the one that the process started with
def load_coefficients(card: Path, name: str) -> Mapping[str, float]:
    """Return the coefficients under a name in the head of a card. Raises `ModelError` if there are none."""
    coefficients = read_card(card).get(name)
    if not isinstance(coefficients, dict) or not all(isinstance(value, float) for value in coefficients.values()):
        raise ModelError(f"{card}: no coefficients of {name!r} in it; restore it from the project's history")
    return coefficients


def list_candidates(
    speaker: Speaker, confidence: float | None, alternatives: Sequence[tuple[str, float]]
) -> tuple[SpeakerCandidate, ...]:
    """Return whom a mention may refer to, likeliest first; nobody if the speaker is certain enough.

    `alternatives` are the people whom the resolver considered, with their salience. Those beside a resolved speaker
    share what its confidence leaves.
    """
    if isinstance(speaker, Resolved) and confidence is not None and confidence < MIN_CERTAIN_CONFIDENCE:
        shares = {speaker.name: confidence}
        others = [(name, weight) for name, weight in alternatives if name != speaker.name]
    elif isinstance(speaker, Ambiguous):
        shares, others = {}, list(alternatives)
    else:
        return ()
    rest, total = 1 - sum(shares.values()), sum(weight for _, weight in others)
    shares |= {name: rest * weight / total for name, weight in others if total}
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    return tuple(SpeakerCandidate(name, round(share, 3)) for name, share in ranked)


def log_odds(probability: float) -> float:
    bounded = min(0.999, max(0.001, probability))
    return math.log(bounded / (1 - bounded))


def fit_logistic(values: DoubleArray, right: DoubleArray) -> DoubleArray:
    """Fit a ridge logistic regression of `right` on `values` [sample, feature] by Newton's method.

    Returns the coefficients [feature].
    """
    coefficients = np.zeros(values.shape[1])
    for _ in range(NEWTON_STEPS):
        probabilities = 1 / (1 + np.exp(-(values @ coefficients)))
        gradient = values.T @ (right - probabilities) - RIDGE_PENALTY * coefficients
        hessian = (values.T * (probabilities * (1 - probabilities))) @ values
        hessian += RIDGE_PENALTY * np.eye(len(coefficients))
        coefficients = coefficients + np.linalg.solve(hessian, gradient)
    return coefficients
