"""Who may approve which verification, for lists: `verify.writers` asks row by row, this asks the database once."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from claims.models import Evidence, Verification, VerificationState
from claims.services.verification.workflow import COPIED_EVIDENCE_REASON

# A verification, the one it was reopened from, and so on. What was reopened more often is still refused on approval.
_ANCESTOR_PATHS = ("pk", "reopened_from_id", "reopened_from__reopened_from_id")


def approvable_verifications(*, by: User) -> QuerySet[Verification]:
    """The submitted verifications that this person may approve: what others wrote; none without permission."""
    rows = Verification.objects.filter(state=VerificationState.SUBMITTED)
    if not by.has_perm("claims.publish_verification"):
        return rows.none()
    rows = rows.exclude(author=by)
    for way in _ANCESTOR_PATHS:
        rows = rows.exclude(Exists(_evidence_changes_by(by, way))).exclude(Exists(_wording_changes_by(by, way)))
    return rows.exclude(reopened_from__author=by).exclude(reopened_from__reopened_from__author=by)


def _evidence_changes_by(user: User, way: str) -> QuerySet[Any]:
    """Evidence that this person added, changed or removed there."""
    touched: QuerySet[Any] = Evidence.history.filter(verification_id=OuterRef(way), history_user=user)
    return touched.exclude(history_change_reason=COPIED_EVIDENCE_REASON)


def _wording_changes_by(user: User, way: str) -> QuerySet[Any]:
    """Changes of rating or explanation that this person made there."""
    before = Verification.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    earlier = before.order_by("-history_id")
    was, now = _rating_or_none(Subquery(earlier.values("rating_id")[:1])), _rating_or_none(F("rating_id"))
    states: QuerySet[Any] = Verification.history.filter(id=OuterRef(way), history_user=user)
    states = states.annotate(said=Subquery(earlier.values("explanation")[:1]), was=was, is_now=now)
    later = states.filter(said__isnull=False)  # the first state is its author's
    return later.filter(~Q(said=F("explanation")) | ~Q(was=F("is_now")))


def _rating_or_none(rating: F | Subquery) -> Coalesce:
    return Coalesce(rating, Value(-1), output_field=BigIntegerField())
