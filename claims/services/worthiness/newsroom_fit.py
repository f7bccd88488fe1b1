"""Fits the weights to the newsroom's own decisions: of which accepted quotes it confirmed or checked the claim."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

from claims.models import Quote, Verification, WeightSet
from claims.services.errors import RefusedError
from claims.services.worthiness.weight_sets import current_weights, propose_weights
from claims.worthiness import Decisions, Feature, Fit, fit_weights

MIN_DECISIONS = 500
MIN_OF_EACH = 25  # taken up, and left
MAX_DECISIONS = 20_000  # the newest


@dataclass(frozen=True, slots=True)
class FitResult:
    """A fit, and the weights proposed if it ranks the decisions held out better than the current ones."""

    fit: Fit
    proposal: WeightSet | None


def collect_decisions() -> Decisions:
    """Returns one decision for each claim with an accepted quote, oldest first: whether it was confirmed or checked.

    Claims that had a verdict already when the quote was reviewed are left out.
    """
    checked = Verification.objects.filter(claim=OuterRef("claim"))
    quotes = Quote.objects.accepted().filter(worth_features__isnull=False, claim__isnull=False)
    rows = quotes.order_by("-decided_at", "-pk").values_list(
        "claim", "worth_features", "claim__wording_confirmed_at", Exists(checked)
    )
    by_claim: dict[int, tuple[Feature, bool]] = {}
    for claim, stored, confirmed_at, has_verification in reversed(rows[:MAX_DECISIONS]):
        features = Feature(stored)
        if Feature.CHECKED not in features:
            by_claim.setdefault(claim, (features, confirmed_at is not None or has_verification))
    return Decisions([features for features, _ in by_claim.values()], [taken_up for _, taken_up in by_claim.values()])


def fit_to_newsroom(*, editor: User | None) -> FitResult:
    """Proposes weights fitted to the decisions, with what they gain. The Chief adopts them, or not.

    Raises RefusedError while there are too few decisions.
    """
    decisions = collect_decisions()
    count, taken_up = len(decisions.taken_up), sum(decisions.taken_up)
    if count < MIN_DECISIONS:
        raise RefusedError(f"Not enough decisions yet: {count} of {MIN_DECISIONS} claims with an accepted quote.")
    if min(taken_up, count - taken_up) < MIN_OF_EACH:
        raise RefusedError(
            f"Of {count} claims with an accepted quote, {taken_up} were confirmed or checked. "
            f"At least {MIN_OF_EACH} of each kind are needed."
        )
    fit = fit_weights(decisions, current_weights())
    return FitResult(fit, propose_weights(fit=fit, editor=editor) if fit.gain > 0 else None)
