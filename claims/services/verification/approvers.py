"""Which verifications a user may approve: the rule of two people, as `workflow` has it, for lists."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from claims.models import Evidence, HistoryCause, Verification, VerificationState
from claims.services.people.account_ties import STILL, find_aliases

# A verification and those that it was reopened from. Beyond five, only the approval itself is refused.
_ANCESTORS = ["__".join(["reopened_from"] * n) for n in range(6)]


def approvable_verifications(*, by: User) -> QuerySet[Verification]:
    """The submitted verifications that neither this user nor an account of the same person worked on.

    None without the permission to publish.
    """
    verifications = Verification.objects.filter(state=VerificationState.SUBMITTED)
    if not by.has_perm("claims.publish_verification"):
        return verifications.none()
    same_person = {by.pk: STILL} | {pk: alias.until for pk, alias in find_aliases(by).items()}
    for ancestor in _ANCESTORS:
        path, prefix = (f"{ancestor}_id", f"{ancestor}__") if ancestor else ("pk", "")
        verifications = verifications.exclude(Exists(_evidence_changes_by(same_person, path)))
        verifications = verifications.exclude(Exists(_wording_changes_by(same_person, path)))
        verifications = verifications.exclude(_done_by(same_person, f"{prefix}author", f"{prefix}created_at"))
    return verifications


def _done_by(same_person: Mapping[int, datetime], user: str, at: str) -> Q:
    """The condition that one of these accounts did something while it counted as that person."""
    done = Q(**{f"{user}__in": [pk for pk, until in same_person.items() if until == STILL]})
    for pk, until in same_person.items():
        if until != STILL:
            done |= Q(**{user: pk, f"{at}__lt": until})
    return done


def _evidence_changes_by(same_person: Mapping[int, datetime], path: str) -> QuerySet[Model]:
    """The history entries in which that person added, changed or removed evidence of the verification at `path`."""
    done = _done_by(same_person, "history_user", "history_date")
    entries: QuerySet[Model] = Evidence.history.filter(done, verification_id=OuterRef(path))
    return entries.exclude(history_cause=HistoryCause.COPIED_FOR_REVIEW)


def _wording_changes_by(same_person: Mapping[int, datetime], path: str) -> QuerySet[Model]:
    """The history entries in which that person changed rating or explanation of the verification at `path`."""
    previous = Verification.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    previous = previous.order_by("-history_id")
    done = _done_by(same_person, "history_user", "history_date")
    entries: QuerySet[Model] = Verification.history.filter(done, id=OuterRef(path))
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
