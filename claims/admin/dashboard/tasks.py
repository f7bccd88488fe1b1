"""What waits for the person who looks: the rows, and the filters that list them."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from claims.admin.common.base import current_user
from claims.admin.common.unfold_compat import RadioFilter
from claims.models import (
    ClaimRelation,
    Comment,
    Evidence,
    EvidenceStance,
    RelationKind,
    RelationState,
    Verification,
    VerificationState,
)
from claims.services.verification.approvers import approvable_verifications

ACTIVE_STATES = (VerificationState.DRAFT, VerificationState.SUBMITTED, VerificationState.PUBLISHED)


def my_drafts(user: User) -> QuerySet[Verification]:
    """What this person writes and has not submitted yet; not what came back."""
    return Verification.objects.filter(state=VerificationState.DRAFT, author=user, comment="")


def sent_back_to(user: User) -> QuerySet[Verification]:
    """What this person submitted and an approver sent back with a comment."""
    return Verification.objects.filter(state=VerificationState.DRAFT, author=user).exclude(comment="")


def tasks_of(user: User) -> QuerySet[Any]:
    """The keys of drafts, of what was sent back or is to be approved, and of what a comment on calls on this person."""
    mine = Verification.objects.filter(state=VerificationState.DRAFT, author=user).values("pk")
    called = Comment.objects.waiting_for(user.pk).exclude(verification=None).values("verification")
    # One key after the other: an OR of such different things would have the database read every verification.
    return mine.order_by().union(approvable_verifications(by=user).order_by().values("pk"), called.order_by())


class VerificationTaskFilter(RadioFilter):
    """Verifications by what the person who looks is to do with them."""

    title = "waiting"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What waits, and why."""
        return [
            ("me", "For me"),
            ("draft", "My drafts"),
            ("sent-back", "Sent back to me"),
            ("approval", "For my approval"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those."""
        user = current_user(request)
        match self.value():
            case "me":
                return queryset.filter(pk__in=tasks_of(user))
            case "draft":
                return queryset.filter(pk__in=my_drafts(user).values("pk"))
            case "sent-back":
                return queryset.filter(pk__in=sent_back_to(user).values("pk"))
            case "approval":
                return queryset.filter(pk__in=approvable_verifications(by=user).values("pk"))
        return queryset


def disputed_claims() -> Q:
    """Of claims: those with evidence that refutes them in a verification that is not over, or that contradict another.

    A contradiction counts once a person confirmed it.
    """
    against = Evidence.objects.filter(stance=EvidenceStance.REFUTES, verification__state__in=ACTIVE_STATES)
    found = Q(pk__in=against.values("verification__claim"))
    confirmed = ClaimRelation.objects.filter(kind=RelationKind.CONTRADICTS, state=RelationState.CONFIRMED)
    return found | Q(pk__in=confirmed.values("first")) | Q(pk__in=confirmed.values("second"))


class DisputedFilter(RadioFilter):
    """Claims that something speaks against."""

    title = "disputed"
    parameter_name = "disputed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Yes."""
        return [("yes", "Disputed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those that are."""
        return queryset.filter(disputed_claims()) if self.value() == "yes" else queryset
