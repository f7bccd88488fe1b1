"""The plain admin that the project's is measured against: a `ModelAdmin` that is told what to show and nothing else.

It has the project's look, so that what differs is what is asked of the database and what is made of it.
"""

from typing import Any

from django.contrib import admin
from django.urls import include, path
from unfold.admin import ModelAdmin, StackedInline, TabularInline

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

site = type(admin.site)(name="untuned")


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
    inlines = [type(f"{of.__name__}Inline", (TabularInline,), {"model": of}) for of in (SpeakerName, Position)]

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
