"""Which verifications a user may approve: `workflow.contributor_ids` for lists, in one query."""

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from claims.models import Evidence, HistoryCause, Verification, VerificationState

# A verification and those that it was reopened from. Beyond two, only the approval itself is refused.
_ANCESTOR_PATHS = ("pk", "reopened_from_id", "reopened_from__reopened_from_id")


def approvable_verifications(*, by: User) -> QuerySet[Verification]:
    """The submitted verifications that this user did not work on; none without the permission to publish."""
    verifications = Verification.objects.filter(state=VerificationState.SUBMITTED)
    if not by.has_perm("claims.publish_verification"):
        return verifications.none()
    for path in _ANCESTOR_PATHS:
        verifications = verifications.exclude(Exists(_evidence_changes_by(by, path)))
        verifications = verifications.exclude(Exists(_wording_changes_by(by, path)))
    return (
        verifications.exclude(author=by)
        .exclude(reopened_from__author=by)
        .exclude(reopened_from__reopened_from__author=by)
    )


def _evidence_changes_by(user: User, path: str) -> QuerySet[Model]:
    """The history entries in which the user added, changed or removed evidence of the verification at `path`."""
    entries: QuerySet[Model] = Evidence.history.filter(verification_id=OuterRef(path), history_user=user)
    return entries.exclude(history_cause=HistoryCause.COPIED_FOR_REVIEW)


def _wording_changes_by(user: User, path: str) -> QuerySet[Model]:
    """The history entries in which the user changed rating or explanation of the verification at `path`."""
    previous = Verification.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    previous = previous.order_by("-history_id")
    entries: QuerySet[Model] = Verification.history.filter(id=OuterRef(path), history_user=user)
    entries = entries.annotate(
        previous_explanation=Subquery(previous.values("explanation")[:1]),
        previous_rating=_rating_or_none(Subquery(previous.values("rating_id")[:1])),
        current_rating=_rating_or_none(F("rating_id")),
    )
    changes = entries.filter(previous_explanation__isnull=False)  # the first entry is that of the author
    return changes.filter(~Q(previous_explanation=F("explanation")) | ~Q(previous_rating=F("current_rating")))


def _rating_or_none(rating: F | Subquery) -> Coalesce:
    """A rating id that can be compared even if there is none."""
    return Coalesce(rating, Value(-1), output_field=BigIntegerField())
