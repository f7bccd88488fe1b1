"""An original beside its translation, paragraph by paragraph, where texts are published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.articles.parallel_paragraphs import align_paragraphs
from claims.models import Quote, Snapshot
from claims.pages.common.page import Page
from claims.pages.common.page_view import PageView
from claims.pages.common.rows import APIRow, read_row, read_rows
from claims.pages.sources.highlighting import Run, split_paragraphs
from claims.pages.sources.source_page import MAX_QUOTES
from claims.pages.sources.source_row import QuoteInSource
from claims.resources.quotes import QUOTES
from claims.resources.relations import RelationDirection
from claims.resources.sources import SOURCES
from claims.services.sources.translations import MAX_ALIGNED_CHARACTERS


@dataclass(frozen=True, slots=True)
class _Side:
    source: APIRow
    text: str
    quote_ids: Sequence[int]
    paragraphs: Sequence[list[Run]]


class BesidePageView(PageView):
    """The page of a translation and its original, by the id of each. Both are public, and so are their texts."""

    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        source = read_row(SOURCES, kwargs["pk"])
        other = read_row(SOURCES, kwargs["original"])
        if not (settings.FACTBASE_PUBLISH_TEXTS and source and other and _is_translation_of(source, other)):
            raise Http404
        original, translation = _read_side(other), _read_side(source)
        rows = []
        first = second = 0
        tied = Quote.objects.filter(pk__in=translation.quote_ids, translation_of__in=original.quote_ids)
        ties = tied.values_list("translation_of__start", "start")
        for group in align_paragraphs(original.text, translation.text, ties):
            ends = first + len(group.original), second + len(group.translation)
            rows.append((original.paragraphs[first : ends[0]], translation.paragraphs[second : ends[1]]))
            first, second = ends
        title = source["title"] or other["title"]
        return Page(
            template="claims/pages/sources/beside.html",
            title=_("Original and translation") + f": {title}",
            description=_("Paragraphs are paired by their order, length, names, numbers and tied quotes."),
            path=reverse("page-beside", args=[source["id"], other["id"]]),
            context={"original": other, "translation": source, "rows": rows},
            is_indexed=False,
        )


def _is_translation_of(source: APIRow, other: APIRow) -> bool:
    return any(
        row["kind"] == "translation" and row["direction"] == RelationDirection.TO and row["source_id"] == other["id"]
        for row in source["relations"]
    )


def _read_side(source: APIRow) -> _Side:
    """Reads the newest version of the text that has public quotes, with these. Raises Http404 if there is none."""
    public = [snapshot["sha256"] for snapshot in source["snapshots"]]
    snapshots = Snapshot.objects.filter(source=source["id"], sha256__in=public).order_by("-retrieved_at", "-id")
    snapshot = snapshots.first()
    if snapshot is None or len(snapshot.text) > MAX_ALIGNED_CHARACTERS:
        raise Http404
    rows = QUOTES.rows().filter(snapshot=snapshot.pk).order_by("start", "id")
    quotes = read_rows(QUOTES, rows[:MAX_QUOTES], serializer_class=QuoteInSource)
    for quote in quotes:
        quote["css_class"] = f"speaker-1 {quote['kind']}"
    ids = [quote["id"] for quote in quotes]
    return _Side(source, snapshot.text, ids, list(split_paragraphs(snapshot.text, quotes)))
