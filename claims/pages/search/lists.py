"""The lists of claims, quotes, speakers and sources."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from claims.pages.search.list_page import ListPageView
from claims.resources.claims import CLAIMS
from claims.resources.quotes import QUOTES
from claims.resources.sources import SOURCES
from claims.resources.speakers import SPEAKERS

RATING_FIELDS = ("rating.name", "rating.value", "rating.worst", "rating.best")
SPEAKER_FIELDS = ("speaker.id", "speaker.name")
SOURCE_FIELDS = tuple(f"source.{name}" for name in ("id", "title", "publisher", "url", "published_on", "language"))
QUOTE_FIELDS = ("id", "text", "kind", "role", *SPEAKER_FIELDS, *SOURCE_FIELDS)


class ClaimListView(ListPageView):
    resource = CLAIMS
    row_template = "claims/pages/search/claim_row.html"
    fields = (
        *("id", "text", "status", *RATING_FIELDS, *SPEAKER_FIELDS, "said_on"),
        *("topics.slug", "topics.name", "appearances", "repeats"),
    )
    title = gettext_lazy("Claims")
    lead = gettext_lazy("What was asserted, by whom, and whether it holds up.")
    search_label = gettext_lazy("Search claims")
    empty_text = gettext_lazy("No claims have been published yet.")
    date_filters: ClassVar = ("said_after", "said_before")


class QuoteListView(ListPageView):
    resource = QUOTES
    row_template = "claims/pages/search/quote_row.html"
    fields = (
        *QUOTE_FIELDS,
        *("claim.id", "claim.text", "claim.status"),
        *(f"claim.{name}" for name in RATING_FIELDS),
    )
    title = gettext_lazy("Quotes")
    lead = gettext_lazy("Who said what, where: every quote is checked against the text it comes from.")
    search_label = gettext_lazy("Search quotes")
    empty_text = gettext_lazy("No quotes have been published yet.")
    date_filters: ClassVar = ("said_after", "said_before")


class SpeakerListView(ListPageView):
    resource = SPEAKERS
    row_template = "claims/pages/search/speaker_row.html"
    fields = ("id", "name", "kind", "description", "quotes", "claims", "positions")
    title = gettext_lazy("Speakers")
    lead = gettext_lazy("People, organizations and groups whose words are in this database.")
    search_label = gettext_lazy("Search speakers")
    empty_text = gettext_lazy("No speakers have been quoted yet.")
    choice_filters: ClassVar = ("kind",)


class SourceListView(ListPageView):
    resource = SOURCES
    row_template = "claims/pages/search/source_row.html"
    fields = ("id", "title", "publisher", "url", "kind", "published_on", "language", "quotes")
    title = gettext_lazy("Sources")
    lead = gettext_lazy("The publications that quotes and evidence come from.")
    search_label = gettext_lazy("Search sources")
    empty_text = gettext_lazy("No sources have been published yet.")
    date_filters: ClassVar = ("published_after", "published_before")
    choice_filters: ClassVar = ("kind",)
