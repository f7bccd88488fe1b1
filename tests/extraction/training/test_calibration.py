"""What is chosen after the training: the confidence says what it seems to."""

import numpy as np
import pytest

from claims.extraction.training.calibration import fit_logistic


def test_the_fit_finds_what_the_samples_were_drawn_by() -> None:
    chance = np.random.default_rng(1)
    values = np.column_stack([np.ones(20_000), chance.normal(size=20_000)])
    right = (chance.random(20_000) < 1 / (1 + np.exp(-(values @ [0.5, -1.5])))).astype(float)
    assert fit_logistic(values, right) == pytest.approx([0.5, -1.5], abs=0.08)


def test_what_cannot_be_told_apart_stays_finite() -> None:
    values = np.column_stack([np.ones(50), np.zeros(50)])
    assert np.isfinite(fit_logistic(values, np.ones(50))).all()
