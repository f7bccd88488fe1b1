"""What waits for the person who looks: the rows, and the filters that list them."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from claims.admin.base import editor
from claims.admin.look import RadioFilter
from claims.models import Comment, Evidence, Stance, Verification, VerificationState
from claims.services.approvers import to_approve

LIVE = (VerificationState.DRAFT, VerificationState.SUBMITTED, VerificationState.PUBLISHED)


def my_drafts(user: User) -> QuerySet[Verification]:
    """What this person writes and has not submitted yet; not what came back."""
    return Verification.objects.filter(state=VerificationState.DRAFT, author=user, comment="")


def sent_back(user: User) -> QuerySet[Verification]:
    """What this person submitted and an approver sent back with a comment."""
    return Verification.objects.filter(state=VerificationState.DRAFT, author=user).exclude(comment="")


def waits_for(user: User) -> Q:
    """Of verifications: drafts, those sent back, those to approve, those with a comment that calls on this person."""
    called = Comment.objects.waiting_for(user.pk).filter(verification=OuterRef("pk"))
    mine = Q(state=VerificationState.DRAFT, author=user)
    return mine | Q(pk__in=to_approve(by=user).values("pk")) | Q(Exists(called))


class WaitingFilter(RadioFilter):
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
        user = editor(request)
        match self.value():
            case "me":
                return queryset.filter(waits_for(user))
            case "draft":
                return queryset.filter(pk__in=my_drafts(user).values("pk"))
            case "sent-back":
                return queryset.filter(pk__in=sent_back(user).values("pk"))
            case "approval":
                return queryset.filter(pk__in=to_approve(by=user).values("pk"))
        return queryset


def disputed() -> Q:
    """Of claims: those with evidence that refutes them in a verification that is not over."""
    against = Evidence.objects.filter(
        verification__claim=OuterRef("pk"), stance=Stance.REFUTES, verification__state__in=LIVE
    )
    return Q(Exists(against))


class DisputedFilter(RadioFilter):
    """Claims that something speaks against."""

    title = "disputed"
    parameter_name = "disputed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Yes."""
        return [("yes", "Disputed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those that are."""
        return queryset.filter(disputed()) if self.value() == "yes" else queryset
