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

from claims.admin import figures, start
from claims.admin.filters import ConfidenceFilter
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


class Site(type(admin.site)):  # type: ignore[misc]  # the class is the look's
    """The plain admin."""

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The start page, its figures counted as one does at first."""
        with (
            patch.object(start, "bounded_counts", every_count),
            patch.object(figures, "counted", lambda name, *_: figures.Counted(COUNTS[name]())),
        ):
            return admin.site.index(request, extra_context).render()


def every_count(_: int, rows: dict[str, tuple[QuerySet[Any], int]]) -> dict[str, int]:
    """All of them."""
    return {name: queryset.count() for name, (queryset, _) in rows.items()}


def queue() -> figures.Queue:
    """What waits."""
    moments = Quote.objects.pending().order_by("created_at").values_list("created_at", flat=True)
    length = moments.count()
    return figures.Queue(length, moments.first(), moments[length // 2])


def decisions() -> figures.Decisions:
    """What was decided."""
    first, last = figures.lately()
    rows = figures.decided_lately().order_by()
    daily = rows.annotate(day=TruncDate("decided_at")).values_list("day", "decision").annotate(n=Count("pk"))
    machine = rows.exclude(extractor="editor")
    kinds = machine.values_list("kind", "decision").annotate(n=Count("pk"))
    bands = {
        (name, decision): machine.filter(decision=decision, confidence__gte=low, confidence__lt=high).count()
        for name, (low, high) in ConfidenceFilter.BANDS.items()
        for decision in ("accepted", "rejected")
    }
    by_day, by_kind = (Counter({(what, decision): n for what, decision, n in each}) for each in (daily, kinds))
    return figures.Decisions(first, last, by_day, by_kind, Counter(bands))


def claims() -> list[tuple[str, str, int]]:
    """How they stand."""
    counted = dict(Claim.objects.with_status().order_by().values_list("status").annotate(n=Count("pk")))
    return [(status, status, n) for status, n in counted.items()]


COUNTS = {"queue": queue, "decisions": decisions, "claims": claims}

site = Site(name="untuned")


class Untuned(ModelAdmin):
    """As many rows on a page as the project's lists have; what their filters ask, it may be asked by address."""

    list_per_page = 50

    def lookup_allowed(self, *_: Any, **__: Any) -> bool:
        return True


class QuoteAdmin(Untuned):
    list_display = ("exact", "speaker", "snapshot", "kind", "confidence", "decision")
    list_filter = ("decision", "kind", "act", "snapshot__source__publisher", "speaker", "snapshot__source")
    search_fields = ("exact", "mention", "speaker__name", "speaker__names__name", "snapshot__source__title")
    ordering = ("snapshot_id", "start", "id")


class ClaimAdmin(Untuned):
    list_display = ("text", "speaker", "released_at", "topic_names", "accepted", "pending", "updated_at")
    list_filter = ("topics", "speaker")
    search_fields = ("text", "speaker__name", "speaker__names__name")

    def topic_names(self, claim: Claim) -> str:
        return ", ".join(topic.name for topic in claim.topics.all())

    def accepted(self, claim: Claim) -> int:
        return claim.quotes.filter(decision="accepted").count()

    def pending(self, claim: Claim) -> int:
        return claim.quotes.filter(decision="pending").count()


class SpeakerAdmin(Untuned):
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


class SnapshotAdmin(Untuned):
    """What the project's page of a source shows: the text and its quotes."""

    inlines = [type("QuoteInline", (StackedInline,), {"model": Quote, "extra": 0})]
    readonly_fields = ("text",)


class SourceAdmin(Untuned):
    list_display = ("title", "publisher", "published_on", "language", "kind", "pending", "accepted", "url")
    list_filter = ("publisher", "language", "kind")
    search_fields = ("title", "publisher", "authors", "url")

    def accepted(self, source: Source) -> int:
        return Quote.objects.filter(snapshot__source=source, decision="accepted").count()

    def pending(self, source: Source) -> int:
        return Quote.objects.filter(snapshot__source=source, decision="pending").count()


class VerificationAdmin(Untuned):
    list_display = ("claim", "rating", "state", "author", "approver", "submitted_at", "published_at")
    list_filter = ("state", "rating", "author", "claim")
    search_fields = ("claim__text", "explanation")


ADMINS: dict[type[Any], type[Untuned]] = {
    Quote: QuoteAdmin,
    Claim: ClaimAdmin,
    Speaker: SpeakerAdmin,
    Source: SourceAdmin,
    Snapshot: SnapshotAdmin,
    Verification: VerificationAdmin,
    Topic: Untuned,
    Rating: Untuned,
}


for model, of in ADMINS.items():
    site.register(model, of)

urlpatterns = [path("untuned/", site.urls), path("", include(ours))]
