"""Which verifications a user may approve: the rule of two people, as `workflow` has it, for lists."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from claims.models import Evidence, HistoryCause, Verification, VerificationState
from claims.services.people import passwords

# A verification and those that it was reopened from. Beyond five, only the approval itself is refused.
_ANCESTORS = ["__".join(["reopened_from"] * n) for n in range(6)]


def approvable_verifications(*, by: User) -> QuerySet[Verification]:
    """The submitted verifications that neither this user nor anybody of one password with them worked on.

    None without the permission to publish.
    """
    verifications = Verification.objects.filter(state=VerificationState.SUBMITTED)
    if not by.has_perm("claims.publish_verification"):
        return verifications.none()
    people = [by.pk, *passwords.ids_sharing_password(by)]
    for ancestor in _ANCESTORS:
        path = f"{ancestor}_id" if ancestor else "pk"
        verifications = verifications.exclude(Exists(_evidence_changes_by(people, path)))
        verifications = verifications.exclude(Exists(_wording_changes_by(people, path)))
        verifications = verifications.exclude(**{f"{ancestor}__author__in" if ancestor else "author__in": people})
    return verifications


def _evidence_changes_by(people: Collection[int], path: str) -> QuerySet[Model]:
    """The history entries in which one of them added, changed or removed evidence of the verification at `path`."""
    entries: QuerySet[Model] = Evidence.history.filter(verification_id=OuterRef(path), history_user__in=people)
    return entries.exclude(history_cause=HistoryCause.COPIED_FOR_REVIEW)


def _wording_changes_by(people: Collection[int], path: str) -> QuerySet[Model]:
    """The history entries in which one of them changed rating or explanation of the verification at `path`."""
    previous = Verification.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    previous = previous.order_by("-history_id")
    entries: QuerySet[Model] = Verification.history.filter(id=OuterRef(path), history_user__in=people)
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
