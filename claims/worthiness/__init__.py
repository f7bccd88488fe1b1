"""Tells how much a statement is worth checking, from features that anyone can read in it. English only; no Django.

features = read_features("Crime fell by 40 per cent", is_direct=True, role="interior minister")
DEFAULT_WEIGHTS.percent_of(features), DEFAULT_WEIGHTS.strongest(features), claim_type_of(features)
"""

from claims.worthiness.claim_types import ClaimType, claim_type_of
from claims.worthiness.features import (
    CONTEXT_FEATURES,
    FEATURE_NAMES,
    FEATURE_READINGS,
    Feature,
    find_position,
    read_features,
)
from claims.worthiness.fitting import Decisions, Fit, fit_weights
from claims.worthiness.weights import DEFAULT_WEIGHTS, MAX_WEIGHT, POINTS, Weights, percent_of_points, points_of_percent

__all__ = [
    "CONTEXT_FEATURES",
    "DEFAULT_WEIGHTS",
    "FEATURE_NAMES",
    "FEATURE_READINGS",
    "MAX_WEIGHT",
    "POINTS",
    "ClaimType",
    "Decisions",
    "Feature",
    "Fit",
    "Weights",
    "claim_type_of",
    "find_position",
    "fit_weights",
    "percent_of_points",
    "points_of_percent",
    "read_features",
]
