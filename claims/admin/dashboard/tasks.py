"""The user's tasks, and the changelist filters for them."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from claims.admin.common.base import current_user
from claims.admin.common.unfold_compat import ModelAdmin, RadioFilter
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
    """The user's drafts, except those that were sent back."""
    return Verification.objects.filter(state=VerificationState.DRAFT, author=user, comment="")


def sent_back_to(user: User) -> QuerySet[Verification]:
    """The user's drafts that an approver sent back with a comment."""
    return Verification.objects.filter(state=VerificationState.DRAFT, author=user).exclude(comment="")


def tasks_of(user: User) -> QuerySet[Verification, Mapping[str, object]]:
    """The IDs of the user's drafts, of verifications to approve, and of those with a comment that mentions the user."""
    drafts = Verification.objects.filter(state=VerificationState.DRAFT, author=user).values("pk")
    mentions = Comment.objects.with_open_mention_of(user.pk).exclude(verification=None).values("verification")
    # A union, because an OR of such different conditions would make the database scan all verifications.
    return drafts.order_by().union(approvable_verifications(by=user).order_by().values("pk"), mentions.order_by())


class VerificationTaskFilter(RadioFilter):
    """Filters verifications by what the user has to do with them."""

    title = "my tasks"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("me", "All my tasks"),
            ("draft", "My drafts"),
            ("sent-back", "Sent back to me"),
            ("approval", "Waiting for my approval"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
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
    """Claims with refuting evidence in an active verification, or with a confirmed contradiction to another claim."""
    refuting = Evidence.objects.filter(stance=EvidenceStance.REFUTES, verification__state__in=ACTIVE_STATES)
    contradictions = ClaimRelation.objects.filter(kind=RelationKind.CONTRADICTS, state=RelationState.CONFIRMED)
    return (
        Q(pk__in=refuting.values("verification__claim"))
        | Q(pk__in=contradictions.values("first"))
        | Q(pk__in=contradictions.values("second"))
    )


class DisputedFilter(RadioFilter):
    title = "disputed"
    parameter_name = "disputed"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "Disputed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(disputed_claims()) if self.value() == "yes" else queryset
