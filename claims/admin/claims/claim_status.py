"""What is known of a claim and what readers see of it: as labels and as filters."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from claims.admin.common.formatting import format_day, label
from claims.admin.common.unfold_compat import ModelAdmin, RadioFilter
from claims.models import Claim, Rating

UNRATED_STATUSES = {Claim.UNREVIEWED: "Unreviewed", Claim.IN_REVIEW: "In review"}


def status_label(claim: Any) -> SafeString:
    """For a row of `with_status()` that has its current rating's columns as `rating_…`."""
    if claim.status in UNRATED_STATUSES:
        return label(claim.status, UNRATED_STATUSES[claim.status])
    return rating_label(claim.rating_name, claim.rating_value, claim.rating_worst, claim.rating_best)


def rating_label(name: str, value: int | None, worst: int, best: int) -> SafeString:
    """Green in the upper half of the scale, red in the lower, grey outside it."""
    if value is None:
        return label("outside", name)
    above = 2 * value - worst - best
    return label("good" if above > 0 else "bad" if above < 0 else "mixed", name)


def publication_label(claim: Any) -> SafeString:
    """What readers see of a row that has `n_accepted`."""
    if claim.retracted_at:
        return label("rejected", f"Retracted {format_day(claim.retracted_at)}")
    if claim.merged_into_id:
        return label("unreleased", f"Merged into #{claim.merged_into_id}")
    if claim.released_at is None:
        return label("unreleased", "Not released")
    if claim.released_at > timezone.now():
        return label("embargo", f"Embargo until {claim.released_at:%Y-%m-%d %H:%M}")
    if not claim.n_accepted:
        return label("unreleased", "Hidden: no accepted quote")
    return label("released", f"Released {format_day(claim.released_at)}")


class ClaimStatusFilter(RadioFilter):
    """By what was found."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """The two states before a verdict, and the ratings."""
        return [*UNRATED_STATUSES.items(), *Rating.objects.values_list("slug", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of this status."""
        return queryset.with_status().filter(status=self.value()) if self.value() else queryset  # type: ignore[attr-defined]  # a ClaimQuerySet's


class ClaimPublicationFilter(RadioFilter):
    """By what readers see."""

    title = "publication"
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """From hidden to taken back."""
        return [
            ("released", "Released"),
            ("unreleased", "Not released, or no accepted quote"),
            ("embargo", "Under embargo"),
            ("retracted", "Retracted"),
            ("merged", "Merged into another"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of this state."""
        now = timezone.now()
        match self.value():
            case "released":
                return queryset.filter(pk__in=Claim.objects.released().values("pk"))
            case "unreleased":
                open_ones = queryset.filter(retracted_at=None, merged_into=None).exclude(released_at__gt=now)
                return open_ones.exclude(pk__in=Claim.objects.released().values("pk"))
            case "embargo":
                return queryset.filter(retracted_at=None, released_at__gt=now)
            case "merged":
                return queryset.filter(merged_into__isnull=False)
            case "retracted":
                return queryset.filter(retracted_at__isnull=False)
        return queryset
