"""Who may approve which verification, for lists: `verify.writers` asks row by row, this asks the database once."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from claims.models import Evidence, Verification, VerificationState
from claims.services.verify import TAKEN_OVER

# A verification, the one it was reopened from, and so on. What was reopened more often is still refused on approval.
_ANCESTORS = ("pk", "reopened_from_id", "reopened_from__reopened_from_id")


def to_approve(*, by: User) -> QuerySet[Verification]:
    """The submitted verifications that this person may approve: what others wrote; none without permission."""
    rows = Verification.objects.filter(state=VerificationState.SUBMITTED)
    if not by.has_perm("claims.publish_verification"):
        return rows.none()
    rows = rows.exclude(author=by)
    for way in _ANCESTORS:
        rows = rows.exclude(Exists(_evidence_by(by, way))).exclude(Exists(_words_by(by, way)))
    return rows.exclude(reopened_from__author=by).exclude(reopened_from__reopened_from__author=by)


def _evidence_by(user: User, way: str) -> QuerySet[Any]:
    """Evidence that this person added, changed or removed there."""
    touched: QuerySet[Any] = Evidence.history.filter(verification_id=OuterRef(way), history_user=user)
    return touched.exclude(history_change_reason=TAKEN_OVER)


def _words_by(user: User, way: str) -> QuerySet[Any]:
    """Changes of rating or explanation that this person made there."""
    before = Verification.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    earlier = before.order_by("-history_id")
    was, now = _or_none(Subquery(earlier.values("rating_id")[:1])), _or_none(F("rating_id"))
    states: QuerySet[Any] = Verification.history.filter(id=OuterRef(way), history_user=user)
    states = states.annotate(said=Subquery(earlier.values("explanation")[:1]), was=was, is_now=now)
    later = states.filter(said__isnull=False)  # the first state is its author's
    return later.filter(~Q(said=F("explanation")) | ~Q(was=F("is_now")))


def _or_none(rating: F | Subquery) -> Coalesce:
    return Coalesce(rating, Value(-1), output_field=BigIntegerField())
