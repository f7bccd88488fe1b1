"""The type of a claim, by the features of its words."""

from enum import StrEnum

from claims.worthiness.features import Feature


class ClaimType(StrEnum):
    QUANTITY = "quantity"
    COMPARISON = "comparison"
    PREDICTION = "prediction"
    RULE = "rule"
    PAST_EVENT = "past-event"
    OPINION = "opinion"


# The first that a statement has the feature of decides, unless it has the other.
_ORDER = (
    (Feature.APPEAL, Feature(0), None),
    (Feature.PREDICTION, Feature(0), ClaimType.PREDICTION),
    (Feature.COMPARISON, Feature(0), ClaimType.COMPARISON),
    (Feature.RULE, Feature.PAST_EVENT, ClaimType.RULE),
    (Feature.FIGURES, Feature(0), ClaimType.QUANTITY),
    (Feature.OPINION, Feature(0), ClaimType.OPINION),
    (Feature.SUPERLATIVE, Feature(0), ClaimType.COMPARISON),
    (Feature.CHANGE, Feature(0), ClaimType.QUANTITY),
    (Feature.PAST_EVENT, Feature(0), ClaimType.PAST_EVENT),
)


def claim_type_of(features: Feature) -> ClaimType | None:
    """Returns the type that these features speak for, or None: no words tell that garlic kills the virus."""
    types = (claim_type for feature, other, claim_type in _ORDER if feature & features and not other & features)
    return next(types, None)
