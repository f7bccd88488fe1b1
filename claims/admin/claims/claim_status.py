"""Labels and filters for a claim's status (its verdict) and its publication (what readers see)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from claims.admin.common.formatting import badge, format_day
from claims.admin.common.unfold_compat import ModelAdmin, RadioFilter
from claims.models import Claim, Rating, Repeat

UNRATED_STATUSES = {Claim.UNREVIEWED: "Unreviewed", Claim.IN_REVIEW: "In review"}


def status_label(claim: Any) -> SafeString:
    """The label of a claim from `with_status()` that is annotated with its rating's columns as `rating_…`."""
    if claim.status in UNRATED_STATUSES:
        return badge(claim.status, UNRATED_STATUSES[claim.status])
    return rating_label(claim.rating_name, claim.rating_value, claim.rating_worst, claim.rating_best)


def rating_label(name: str, value: int | None, worst: int, best: int) -> SafeString:
    """A rating's label: green in the upper half of the scale, red in the lower, grey off the scale."""
    if value is None:
        return badge("outside", name)
    above_middle = 2 * value - worst - best
    return badge("good" if above_middle > 0 else "bad" if above_middle < 0 else "mixed", name)


def publication_label(claim: Any) -> SafeString:
    """The publication state of a claim that is annotated with `n_accepted`."""
    if claim.retracted_at:
        return badge("rejected", f"Retracted {format_day(claim.retracted_at)}")
    if claim.merged_into_id:
        return badge("unreleased", f"Merged into #{claim.merged_into_id}")
    if claim.released_at is None:
        return badge("unreleased", "Not published" if claim.wording_confirmed_at else "Proposed wording")
    if claim.released_at > timezone.now():
        return badge("embargo", f"Embargo until {claim.released_at:%Y-%m-%d %H:%M}")
    if not claim.n_accepted:
        return badge("unreleased", "Hidden: no accepted quote")
    return badge("released", f"Published {format_day(claim.released_at)}")


class ClaimStatusFilter(RadioFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [*UNRATED_STATUSES.items(), *Rating.objects.values_list("slug", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        return queryset.with_status().filter(status=self.value()) if self.value() else queryset  # type: ignore[attr-defined]  # a ClaimQuerySet's


class RepeatedFilter(RadioFilter):
    title = "said again"
    parameter_name = "repeated"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "Since the verdict")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        repeats = Repeat.objects.released().order_by()
        return queryset.filter(pk__in=repeats.values("claim")) if self.value() == "yes" else queryset


class ClaimPublicationFilter(RadioFilter):
    """Filters claims by what readers see. Without a value, proposals are left out."""

    title = "publication"
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("released", "Published"),
            ("unreleased", "Not published, or no accepted quote"),
            ("proposal", "Proposed wording"),
            ("embargo", "Under embargo"),
            ("retracted", "Retracted"),
            ("merged", "Merged into another"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        now = timezone.now()
        confirmed = queryset.filter(wording_confirmed_at__isnull=False)
        match self.value():
            case "released":
                return queryset.filter(pk__in=Claim.objects.released().values("pk"))
            case "unreleased":
                current = confirmed.filter(retracted_at=None, merged_into=None).exclude(released_at__gt=now)
                return current.exclude(pk__in=Claim.objects.released().values("pk"))
            case "proposal":
                conditions: dict[str, object] = {"wording_confirmed_at": None, "merged_into": None}
            case "embargo":
                conditions = {"retracted_at": None, "released_at__gt": now}
            case "merged":
                conditions = {"merged_into__isnull": False}
            case "retracted":
                conditions = {"retracted_at__isnull": False}
            case _:
                return confirmed
        return queryset.filter(**conditions)
