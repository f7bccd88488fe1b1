"""The plain admin that the project's is measured against: a `ModelAdmin` that is told what to show and nothing else.

It has the project's look (unfold's `ModelAdmin`), so that what differs is what is asked of the database and what is
made of it; the plain look's templates take some 15 ms less, of which no page with a million quotes would notice.

A plain admin has no start page. Here it is the project's own, with each figure counted when it is asked for, as the ORM
does it: without counts that stop early, without a query that gives several of them, and nothing kept.
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


class UntunedAdminSite(type(admin.site)):  # type: ignore[misc]  # the class is the look's
    """The plain admin."""

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The start page, its figures counted as one does at first."""
        with (
            patch.object(overview, "bounded_counts", count_all),
            patch.object(metrics, "cached_metric", lambda name, *_: metrics.Metric(UNTUNED_COUNTS[name]())),
        ):
            return admin.site.index(request, extra_context).render()


def count_all(_: int, rows: dict[str, tuple[QuerySet[Any], int]]) -> dict[str, int]:
    """All of them."""
    return {name: queryset.count() for name, (queryset, _) in rows.items()}


def count_untuned_queue() -> metrics.QueueMetrics:
    """What waits."""
    moments = Quote.objects.pending().order_by("created_at").values_list("created_at", flat=True)
    length = moments.count()
    return metrics.QueueMetrics(length, moments.first(), moments[length // 2])


def count_untuned_decisions() -> metrics.DecisionMetrics:
    """What was decided."""
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
    """How they stand."""
    counted = dict(Claim.objects.with_status().order_by().values_list("status").annotate(n=Count("pk")))
    return [(status, status, n) for status, n in counted.items()]


UNTUNED_COUNTS = {"queue": count_untuned_queue, "decisions": count_untuned_decisions, "claims": count_untuned_claims}

untuned_site = UntunedAdminSite(name="untuned")


class UntunedModelAdmin(ModelAdmin):
    """As many rows on a page as the project's lists have; what their filters ask, it may be asked by address."""

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
    # What the project's page of a speaker shows: names, positions, quotes, claims.
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
    """What the project's page of a source shows: the text and its quotes."""

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


for model, of in UNTUNED_ADMINS.items():
    untuned_site.register(model, of)

urlpatterns = [path("untuned/", untuned_site.urls), path("", include(ours))]
