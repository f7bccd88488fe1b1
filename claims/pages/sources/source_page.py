"""The page of a source."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.export.syndication.jsonld import source_document
from claims.models import ResourceKind
from claims.pages.common.page import Page, atom_alternate, csv_alternate, json_alternate
from claims.pages.common.page_view import PageView, removed_page
from claims.pages.common.rows import APIRow, read_row, read_rows
from claims.pages.sources.source_row import QuoteInSource
from claims.pages.sources.versions import read_versions
from claims.resources.permalinks import list_url, page_path
from claims.resources.quotes import QUOTES
from claims.resources.sources import SOURCES
from claims.templatetags.pages import source_name

MAX_QUOTES = 500
SPEAKER_COLOURS = 6


@dataclass(frozen=True, slots=True)
class LegendEntry:
    speaker: APIRow
    css_class: str
    quote_count: int


class SourcePageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        pk: int = kwargs["pk"]
        source = read_row(SOURCES, pk)
        if source is None:
            return removed_page(ResourceKind.SOURCES, pk)
        rows = QUOTES.rows().filter(snapshot__source=pk).order_by("start", "id")
        quotes = read_rows(QUOTES, rows[: MAX_QUOTES + 1], serializer_class=QuoteInSource)
        has_more, quotes = len(quotes) > MAX_QUOTES, quotes[:MAX_QUOTES]
        title = source["title"] or source_name(source)
        return Page(
            template="claims/pages/source.html",
            title=title,
            description=_("Quotes from “%(title)s”, word for word or as reported, and who said them.")
            % {"title": title},
            path=page_path("sources", pk, source["title"]),
            alternates=(
                json_alternate(source["api_url"]),
                csv_alternate(list_url("quotes", source=pk, format="csv")),
                atom_alternate(list_url("quotes", source=pk, format="atom")),
            ),
            structured_data=source_document(source),
            og_type="article",
            published_at=source["published_on"] or "",
            modified_at=source["updated_at"],
            context={
                "source": source,
                "legend": _assign_colours(quotes),
                "kinds": sorted({quote["kind"] for quote in quotes}),
                "versions": read_versions(source, quotes),
                "has_more": has_more,
                "are_texts_published": settings.FACTBASE_PUBLISH_TEXTS,
                "max_quotes": MAX_QUOTES,
            },
        )


def _assign_colours(quotes: Sequence[APIRow]) -> list[LegendEntry]:
    """Gives each quote the class of its speaker's colour. The colours repeat: the names tell speakers apart."""
    counts = Counter(quote["speaker"]["id"] for quote in quotes)
    speakers = {quote["speaker"]["id"]: quote["speaker"] for quote in quotes}
    legend = [
        LegendEntry(speakers[pk], f"speaker-{index % SPEAKER_COLOURS + 1}", count)
        for index, (pk, count) in enumerate(counts.most_common())
    ]
    css_classes = {entry.speaker["id"]: entry.css_class for entry in legend}
    for quote in quotes:
        quote["css_class"] = f"{css_classes[quote['speaker']['id']]} {quote['kind']}"
    return legend
