"""A linear model: each feature of a statement adds its weight to the score."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from claims.worthiness.features import Feature

POINTS = 100  # of a weight of 1. Points are whole numbers, so that sums in SQL and here are the same.
MAX_WEIGHT = 5.0


@dataclass(frozen=True)
class Weights:
    """The weights of a logistic model: log odds, rounded to hundredths. `base` is what all start with."""

    base: float
    by_feature: Mapping[Feature, float]

    @property
    def base_points(self) -> int:
        return round(self.base * POINTS)

    def points_of_feature(self, feature: Feature) -> int:
        return round(self.by_feature.get(feature, 0.0) * POINTS)

    def points_of(self, features: Feature) -> int:
        """Returns the score in points, by which statements are sorted."""
        return self.base_points + sum(map(self.points_of_feature, features))

    def percent_of(self, features: Feature) -> int:
        return percent_of_points(self.points_of(features))

    def strongest(self, features: Feature, count: int = 3) -> list[Feature]:
        """Returns the features that move the score most, for or against it."""
        moving = [feature for feature in features if self.points_of_feature(feature)]
        return sorted(moving, key=lambda feature: (-abs(self.points_of_feature(feature)), feature))[:count]


def percent_of_points(points: int) -> int:
    """Returns a score as people read it: the share of such statements that are worth checking, 0 to 100."""
    return round(100 / (1 + math.exp(-points / POINTS)))


def points_of_percent(percent: int) -> int:
    """Returns the fewest points that are shown as this percentage, between 1 and 99."""
    share = (percent - 0.5) / 100
    return math.ceil(POINTS * math.log(share / (1 - share)))


# Chosen on the first half of `tests/worthiness/sentences.jsonl`, and by what fact-checkers say of their choice.
DEFAULT_WEIGHTS = Weights(
    base=-0.4,
    by_feature={
        Feature.FIGURES: 1.5,
        Feature.COMPARISON: 1.1,
        Feature.CHANGE: 0.6,
        Feature.SUPERLATIVE: 0.4,
        Feature.MANY_PEOPLE: 0.4,
        Feature.RULE: 0.9,
        Feature.PREDICTION: -0.2,
        Feature.PAST_EVENT: 0.6,
        Feature.PERSONAL: -1.5,
        Feature.OPINION: -1.8,
        Feature.APPEAL: -2.0,
        Feature.DIRECT: 0.1,
        Feature.POSITION: 0.5,
        Feature.REPEATED: 0.6,
        Feature.CHECKED: -1.5,
        Feature.ADDRESS: -0.7,
    },
)
