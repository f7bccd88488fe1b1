"""The regressions of both confidences: how they are fitted, stored and applied."""

import math
from pathlib import Path

import numpy as np
import pytest

from claims.extraction import Ambiguous, EntityKind, ModelError, Resolved, Speaker, Unresolved
from claims.extraction.confidence import (
    MAX_CONFIDENCE,
    MIN_CONFIDENCE,
    fit_logistic,
    list_candidates,
    load_coefficients,
    predict_confidence,
)


def test_logistic_of_the_features() -> None:
    assert predict_confidence({"constant": 1.0, "cue": 2.0}, {"constant": -1.0, "cue": 1.0}) == round(
        1 / (1 + math.exp(-1)), 3
    )


@pytest.mark.parametrize(("total", "expected"), [(800.0, MAX_CONFIDENCE), (-800.0, MIN_CONFIDENCE)])
def test_bounds(total: float, expected: float) -> None:
    assert predict_confidence({"constant": total}, {"constant": 1.0}) == expected


def test_features_without_a_coefficient_are_ignored() -> None:
    assert predict_confidence({"constant": 0.0, "new": 5.0}, {"constant": 1.0}) == 0.5


ANN = Resolved("Ann Moor", EntityKind.PERSON)
PEOPLE = [("Ann Moor", 3.0), ("Eve Lee", 2.0), ("Ida Roy", 1.0)]


@pytest.mark.parametrize(
    ("speaker", "confidence", "alternatives", "candidates"),
    [
        (ANN, 0.95, PEOPLE, []),
        (ANN, 0.7, PEOPLE, [("Ann Moor", 0.7), ("Eve Lee", 0.2), ("Ida Roy", 0.1)]),
        (ANN, 0.1, PEOPLE, [("Eve Lee", 0.6), ("Ida Roy", 0.3), ("Ann Moor", 0.1)]),
        (ANN, 0.7, [], [("Ann Moor", 0.7)]),
        (ANN, 0.7, [("Eve Lee", 0.0)], [("Ann Moor", 0.7)]),
        (Ambiguous(("Ann Moor", "Ida Roy")), None, [PEOPLE[0], PEOPLE[2]], [("Ann Moor", 0.75), ("Ida Roy", 0.25)]),
        (Unresolved(), None, PEOPLE, []),
    ],
    ids=["certain", "uncertain", "unlikely", "nobody else", "no salience", "ambiguous", "unresolved"],
)
def test_candidates(
    speaker: Speaker,
    confidence: float | None,
    alternatives: list[tuple[str, float]],
    candidates: list[tuple[str, float]],
) -> None:
    assert list(list_candidates(speaker, confidence, alternatives)) == candidates


@pytest.mark.parametrize("head", ["", "version: 1\n", "confidence: 3\n", "confidence:\n  constant: x\n"])
def test_card_without_coefficients(tmp_path: Path, head: str) -> None:
    path = tmp_path / "speakers.md"
    path.write_text(f"---\n{head}---\n")
    with pytest.raises(ModelError, match=r"speakers\.md: "):
        load_coefficients(path, "confidence")


def test_fit_recovers_the_coefficients() -> None:
    chance = np.random.default_rng(1)
    values = np.column_stack([np.ones(20_000), chance.normal(size=20_000)])
    right = (chance.random(20_000) < 1 / (1 + np.exp(-(values @ [0.5, -1.5])))).astype(float)
    assert fit_logistic(values, right) == pytest.approx([0.5, -1.5], abs=0.08)


def test_fit_of_separable_samples_is_finite() -> None:
    values = np.column_stack([np.ones(50), np.zeros(50)])
    assert np.isfinite(fit_logistic(values, np.ones(50))).all()
