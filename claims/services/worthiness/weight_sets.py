"""The weights in use: edited, reset to the defaults, or taken over from a fit. Those before stay as the history."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import WeightOrigin, WeightSet
from claims.services.errors import RefusedError
from claims.worthiness import DEFAULT_WEIGHTS, MAX_WEIGHT, Fit, Weights


def current_weights() -> Weights:
    """Returns the weights in use: the defaults until others are adopted."""
    row = WeightSet.objects.adopted().first()
    return weights_of(row) if row else DEFAULT_WEIGHTS


def weights_of(row: WeightSet) -> Weights:
    """Returns the weights of a row. A feature that is newer than the row has its default weight."""
    defaults = DEFAULT_WEIGHTS.by_feature
    return Weights(row.base, {feature: row.weights.get(feature.name, weight) for feature, weight in defaults.items()})


@transaction.atomic
def save_weights(*, weights: Weights, editor: User, seen: int | None) -> WeightSet:
    """Puts these weights into use. `seen` is the id of the row in use that the editor changed, if there was one.

    Raises RefusedError if others are in use by now, if nothing changes, and for a weight out of range.
    """
    row = WeightSet.objects.select_for_update().adopted().first()
    if (row.pk if row else None) != seen:
        raise RefusedError("The weights have changed since you opened them. Check them again.")
    if any(not abs(weight) <= MAX_WEIGHT for weight in (weights.base, *weights.by_feature.values())):
        raise RefusedError(f"A weight is between -{MAX_WEIGHT:g} and {MAX_WEIGHT:g}.")
    if weights == current_weights():
        raise RefusedError("These weights are already in use.")
    return WeightSet.objects.create(
        origin=WeightOrigin.DEFAULTS if weights == DEFAULT_WEIGHTS else WeightOrigin.EDITED,
        created_by=editor,
        adopted_by=editor,
        adopted_at=timezone.now(),
        **_stored(weights),
    )


@transaction.atomic
def propose_weights(*, fit: Fit, editor: User | None) -> WeightSet:
    """Stores fitted weights for the Chief to adopt or discard. An older proposal is replaced."""
    WeightSet.objects.proposed().delete()
    return WeightSet.objects.create(
        origin=WeightOrigin.FITTED,
        created_by=editor,
        measured={
            "decisions": fit.decisions,
            "held_out": fit.held_out,
            "precision": round(fit.precision, 3),
            "current_precision": round(fit.current_precision, 3),
            "figures_precision": round(fit.figures_precision, 3),
        },
        **_stored(fit.weights),
    )


@transaction.atomic
def adopt_proposal(*, proposal: int, editor: User) -> WeightSet:
    """Puts fitted weights into use. Raises RefusedError if they have been replaced, discarded or adopted."""
    row = _lock_proposal(proposal)
    row.adopted_by, row.adopted_at = editor, timezone.now()
    row.save()
    return row


@transaction.atomic
def discard_proposal(*, proposal: int) -> None:
    """Deletes fitted weights that nobody adopted. Raises RefusedError as `adopt_proposal` does."""
    _lock_proposal(proposal).delete()


def _lock_proposal(pk: int) -> WeightSet:
    row = WeightSet.objects.select_for_update().proposed().filter(pk=pk).first()
    if row is None:
        raise RefusedError("This proposal has been replaced or decided.")
    return row


def _stored(weights: Weights) -> dict[str, object]:
    return {
        "base": weights.base,
        "weights": {str(feature.name): weight for feature, weight in weights.by_feature.items()},
    }
