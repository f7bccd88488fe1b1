"""Scores quotes as they are stored, by the features of their words, and explains the scores."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.models import MentionKind, Quote, QuoteKind
from claims.services.worthiness.weight_sets import current_weights
from claims.worthiness import (
    CONTEXT_FEATURES,
    FEATURE_NAMES,
    Feature,
    find_position,
    percent_of_points,
    read_features,
)

# Columns that the features are read from.
READ_FIELDS = frozenset({"exact", "kind", "role", "mention", "mention_kind"})


@dataclass(frozen=True, slots=True)
class Reason:
    """What raises a score or lowers it."""

    text: str
    raises: bool


@dataclass(frozen=True, slots=True)
class QuoteScore:
    """How much a quote is worth checking (0 to 100), with the strongest reasons first."""

    percent: int
    reasons: tuple[Reason, ...]


def score_quotes(quotes: Sequence[Quote]) -> None:
    """Sets the features and the points of quotes, without storing them. What other rows tell of them stays."""
    if not quotes:
        return
    weights = current_weights()
    for quote in quotes:
        context = Feature(quote.worth_features or 0) & CONTEXT_FEATURES
        features = context | read_features(
            quote.exact, is_direct=quote.kind != QuoteKind.INDIRECT, role=role_as_written(quote)
        )
        quote.worth_features, quote.worth_points = int(features), weights.points_of(features)


def role_as_written(quote: Quote) -> str:
    """The role beside the speaker's name or, without a name, the words that stand for it: "the minister"."""
    return f"{quote.role} {quote.mention}" if quote.mention_kind == MentionKind.NOMINAL else quote.role


def explain_score(quote: Quote) -> QuoteScore | None:
    """Returns the stored score of a quote with its three strongest reasons; None if its features are not read yet."""
    if quote.worth_features is None:
        return None
    weights = current_weights()
    reasons = []
    for feature in weights.strongest(Feature(quote.worth_features)):
        text = find_position(role_as_written(quote)) if feature is Feature.POSITION else ""
        reasons.append(Reason(text or FEATURE_NAMES[feature], weights.points_of_feature(feature) > 0))
    return QuoteScore(percent_of_points(quote.worth_points), tuple(reasons))
