"""The fit of the confidence model."""

import numpy as np
import pytest

from claims.extraction.training.calibration import fit_logistic


def test_fit_recovers_the_coefficients() -> None:
    chance = np.random.default_rng(1)
    values = np.column_stack([np.ones(20_000), chance.normal(size=20_000)])
    right = (chance.random(20_000) < 1 / (1 + np.exp(-(values @ [0.5, -1.5])))).astype(float)
    assert fit_logistic(values, right) == pytest.approx([0.5, -1.5], abs=0.08)


def test_fit_of_separable_samples_is_finite() -> None:
    values = np.column_stack([np.ones(50), np.zeros(50)])
    assert np.isfinite(fit_logistic(values, np.ones(50))).all()
