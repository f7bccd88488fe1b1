"""The untuned admin that factbase's is compared with: plain `ModelAdmin` classes with lists, filters and searches.

It uses the same theme (Unfold), so that only the queries and their processing differ. Django's own templates take about
15 ms less, which does not matter for pages with a million quotes.

Its index page is factbase's dashboard, with every figure counted by the ORM on each request: without
counts that stop early, combined queries or a cache.
"""

from collections import Counter
from typing import Any
from unittest.mock import patch

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from claims.admin.common.filters import ConfidenceFilter
from claims.admin.dashboard import metrics, overview
from claims.models import (
    Claim,
    Position,
    Quote,
    Rating,
    Snapshot,
    Source,
    Speaker,
    SpeakerName,
    Topic,
    Verification,
)
from factbase.urls import urlpatterns as ours


class UntunedAdminSite(type(admin.site)):  # type: ignore[misc]  # the theme replaces the class
    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Shows the dashboard with untuned figures."""
        with (
            patch.object(overview, "capped_counts", count_all),
            patch.object(metrics, "cached_metric", lambda name, *_: metrics.Metric(UNTUNED_COUNTS[name]())),
        ):
            return admin.site.index(request, extra_context).render()


def count_all(_: int, rows: dict[str, tuple[QuerySet[Any], int]]) -> dict[str, int]:
    return {name: queryset.count() for name, (queryset, _) in rows.items()}


def count_untuned_queue() -> metrics.QueueMetrics:
    created = Quote.objects.pending().order_by("created_at").values_list("created_at", flat=True)
    length = created.count()
    return metrics.QueueMetrics(length, created.first(), created[length // 2])


def count_untuned_decisions() -> metrics.DecisionMetrics:
    first, last = metrics.recent_days()
    rows = metrics.recently_decided_quotes().order_by()
    daily = rows.annotate(day=TruncDate("decided_at")).values_list("day", "decision").annotate(n=Count("pk"))
    machine = rows.exclude(extractor="editor")
    kinds = machine.values_list("kind", "decision").annotate(n=Count("pk"))
    bands = {
        (name, decision): machine.filter(decision=decision, confidence__gte=low, confidence__lt=high).count()
        for name, (low, high) in ConfidenceFilter.BANDS.items()
        for decision in ("accepted", "rejected")
    }
    by_day, by_kind = (Counter({(what, decision): n for what, decision, n in each}) for each in (daily, kinds))
    return metrics.DecisionMetrics(first, last, by_day, by_kind, Counter(bands))


def count_untuned_claims() -> list[tuple[str, str, int]]:
    counted = dict(Claim.objects.with_status().order_by().values_list("status").annotate(n=Count("pk")))
    return [(status, status, n) for status, n in counted.items()]


UNTUNED_COUNTS = {"queue": count_untuned_queue, "decisions": count_untuned_decisions, "claims": count_untuned_claims}

untuned_site = UntunedAdminSite(name="untuned")


class UntunedModelAdmin(ModelAdmin):
    """Has as many rows per page as factbase's lists, and allows all lookups in URLs."""

    list_per_page = 50

    def lookup_allowed(self, *_: Any, **__: Any) -> bool:
        return True


class UntunedQuoteAdmin(UntunedModelAdmin):
    list_display = ("exact", "speaker", "snapshot", "kind", "confidence", "decision")
    list_filter = ("decision", "kind", "act", "snapshot__source__publisher", "speaker", "snapshot__source")
    search_fields = ("exact", "mention", "speaker__name", "speaker__names__name", "snapshot__source__title")
    ordering = ("snapshot_id", "start", "id")


class UntunedClaimAdmin(UntunedModelAdmin):
    list_display = ("text", "speaker", "released_at", "topic_names", "accepted", "pending", "updated_at")
    list_filter = ("topics", "speaker")
    search_fields = ("text", "speaker__name", "speaker__names__name")

    def topic_names(self, claim: Claim) -> str:
        return ", ".join(topic.name for topic in claim.topics.all())

    def accepted(self, claim: Claim) -> int:
        return claim.quotes.filter(decision="accepted").count()

    def pending(self, claim: Claim) -> int:
        return claim.quotes.filter(decision="pending").count()


class UntunedSpeakerAdmin(UntunedModelAdmin):
    list_display = ("name", "kind", "description", "names_count", "accepted", "pending", "wikidata_id")
    list_filter = ("kind",)
    search_fields = ("name", "names__name", "wikidata_id")
    # The same contents as factbase's page of a speaker.
    inlines = [
        type(f"{of.__name__}Inline", (TabularInline,), {"model": of, "extra": 0})
        for of in (SpeakerName, Position, Quote, Claim)
    ]

    def names_count(self, speaker: Speaker) -> int:
        return speaker.names.count()

    def accepted(self, speaker: Speaker) -> int:
        return speaker.quotes.filter(decision="accepted").count()

    def pending(self, speaker: Speaker) -> int:
        return speaker.quotes.filter(decision="pending").count()


class UntunedSnapshotAdmin(UntunedModelAdmin):
    """Has the same contents as factbase's page of a source: the text and its quotes."""

    inlines = [type("QuoteInline", (StackedInline,), {"model": Quote, "extra": 0})]
    readonly_fields = ("text",)


class UntunedSourceAdmin(UntunedModelAdmin):
    list_display = ("title", "publisher", "published_on", "language", "kind", "pending", "accepted", "url")
    list_filter = ("publisher", "language", "kind")
    search_fields = ("title", "publisher", "authors", "url")

    def accepted(self, source: Source) -> int:
        return Quote.objects.filter(snapshot__source=source, decision="accepted").count()

    def pending(self, source: Source) -> int:
        return Quote.objects.filter(snapshot__source=source, decision="pending").count()


class UntunedVerificationAdmin(UntunedModelAdmin):
    list_display = ("claim", "rating", "state", "author", "approver", "submitted_at", "published_at")
    list_filter = ("state", "rating", "author", "claim")
    search_fields = ("claim__text", "explanation")


UNTUNED_ADMINS: dict[type[Any], type[UntunedModelAdmin]] = {
    Quote: UntunedQuoteAdmin,
    Claim: UntunedClaimAdmin,
    Speaker: UntunedSpeakerAdmin,
    Source: UntunedSourceAdmin,
    Snapshot: UntunedSnapshotAdmin,
    Verification: UntunedVerificationAdmin,
    Topic: UntunedModelAdmin,
    Rating: UntunedModelAdmin,
}


for model, model_admin in UNTUNED_ADMINS.items():
    untuned_site.register(model, model_admin)

# Below the admin, where sessions and accounts are.
urlpatterns = [path("admin/untuned/", untuned_site.urls), path("", include(ours))]
