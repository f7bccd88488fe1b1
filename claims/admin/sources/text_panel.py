"""The context of a source's page: one page of its text with the quotes marked, and a table of these quotes."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Length
from django.http import QueryDict
from django.urls import reverse

from claims.admin.common.base import parse_number_param
from claims.admin.common.formatting import quoted, truncate_line
from claims.admin.common.highlight import TextMark, highlight_spans
from claims.admin.common.list_columns import quote_list_url
from claims.admin.sources.text_pages import MAX_QUOTES_PER_PAGE, TextPage, find_page, split_into_pages
from claims.admin.speakers.position_timeline import describe_positions_on
from claims.models import Anchor, AnchorState, Quote, QuoteDecision, Snapshot, Source

MAX_MARKS_PER_PAGE = 2 * MAX_QUOTES_PER_PAGE  # quotes that start on the page, or before it and reach into it
MAX_UNRESOLVED_ANCHORS = 30
MAX_SNAPSHOTS_LISTED = 20


@dataclass(frozen=True, slots=True)
class QuotePlacement:
    """The spans of a quote in the snapshot that is shown; `anchor_state` is "" for the snapshot's own quotes."""

    quote_id: int
    spans: list[list[int]]
    decision: str
    anchor_state: str = ""

    @property
    def start(self) -> int:
        return int(self.spans[0][0])

    @property
    def end(self) -> int:
        return int(self.spans[-1][1])


def select_snapshot(source: Source, snapshot_id: str | None) -> Snapshot | None:
    """Returns the snapshot with this id, or the latest if the source has no such snapshot."""
    snapshots = source.snapshots.order_by("-retrieved_at", "-id")
    pk = parse_number_param(snapshot_id)
    selected = snapshots.filter(pk=pk).first() if pk is not None else None
    return selected or snapshots.first()


def get_text_panel_context(source: Source, params: QueryDict) -> dict[str, object]:
    """Returns a page of a snapshot's text, its quotes, and earlier quotes that were found again in it.

    `params` may name a `snapshot`, and a page by its number (`part`) or by a `quote` on it. A text may have two
    million characters and thousands of quotes: outside the page, only the spans of the quotes are read.
    """
    snapshot = select_snapshot(source, params.get("snapshot"))
    if snapshot is None:
        return {"snapshot": None}
    placements = _list_placements(snapshot)
    pages = split_into_pages(snapshot.text, [(placement.start, placement.end) for placement in placements])
    page = _select_page(pages, placements, params)
    on_page = [placement for placement in placements if placement.start < page.end and placement.end > page.start]
    shown = on_page[:MAX_MARKS_PER_PAGE]
    quotes = Quote.objects.filter(pk__in=[placement.quote_id for placement in shown]).select_related("speaker")
    quotes_by_id = quotes.prefetch_related("speaker__positions").in_bulk()
    # A quote may have been deleted since its placement was read.
    marked = [
        (placement, quotes_by_id[placement.quote_id]) for placement in shown if placement.quote_id in quotes_by_id
    ]
    marks = [_quote_mark(placement, quote) for placement, quote in marked]
    counts = Counter(placement.decision for placement in placements)
    unresolved = Anchor.objects.unresolved().filter(snapshot=snapshot)
    n_unresolved = unresolved.count()
    return {
        "snapshot": snapshot,
        "n_characters": f"{len(snapshot.text):,}",
        "text": highlight_spans(snapshot.text[page.start : page.end], marks, offset=page.start),
        "text_page": page,
        "text_pages": pages,
        "page_links": _page_links(snapshot, pages, page, placements),
        "quotes": [
            {
                "quote": quote,
                "anchor_state": placement.anchor_state,
                "position_then": _speaker_position(quote, source),
                "place": snapshot.position_at(placement.start),
            }
            for placement, quote in marked
            if placement.start >= page.start or page.number == 1
        ],
        "n_unmarked": len(on_page) - len(marked),
        "counts": [
            (
                decision,
                counts[decision],
                quote_list_url(snapshot__source__id__exact=source, decision__exact=str(decision)),
            )
            for decision in QuoteDecision
        ],
        "snapshots": _list_snapshots(source, snapshot),
        "n_unresolved": n_unresolved,
        "unresolved_anchors": list(unresolved.select_related("quote__speaker").order_by("pk")[:MAX_UNRESOLVED_ANCHORS])
        if n_unresolved
        else [],
    }


def _list_placements(snapshot: Snapshot) -> list[QuotePlacement]:
    """The snapshot's own quotes, and earlier ones that were found again in it, in reading order."""
    own = Quote.objects.filter(snapshot=snapshot).order_by().values_list("pk", "spans", "decision")
    anchors = snapshot.anchors.filter(spans__isnull=False).order_by()
    earlier = anchors.values_list("quote_id", "spans", "quote__decision", "state")
    placements = [QuotePlacement(*row) for row in own]
    placements += [QuotePlacement(pk, spans, decision, state) for pk, spans, decision, state in earlier if spans]
    return sorted(placements, key=lambda placement: (placement.start, placement.quote_id))


def _select_page(pages: list[TextPage], placements: list[QuotePlacement], params: QueryDict) -> TextPage:
    quote_id = parse_number_param(params.get("quote"))
    for placement in placements:
        if placement.quote_id == quote_id:
            return find_page(pages, placement.start)
    number = parse_number_param(params.get("part")) or 1
    return pages[min(max(number, 1), len(pages)) - 1]


def _page_links(
    snapshot: Snapshot, pages: list[TextPage], page: TextPage, placements: list[QuotePlacement]
) -> list[tuple[str, str, str]]:
    """The label, the key and the URL of each link from this page; the URL is "" if there is no such page."""
    if len(pages) == 1:
        return []
    pending_pages = (
        find_page(pages, placement.start).number
        for placement in placements
        if placement.decision == QuoteDecision.PENDING
    )
    next_pending = next((number for number in pending_pages if number > page.number), 0)

    def page_url(number: int) -> str:
        is_other_page = 1 <= number <= len(pages) and number != page.number
        return f"?snapshot={snapshot.pk}&part={number}#text" if is_other_page else ""

    return [
        ("first", "", page_url(1)),
        ("previous", "p", page_url(page.number - 1)),
        ("next", "n", page_url(page.number + 1)),
        ("next with pending quotes", "w", page_url(next_pending)),
        ("last", "", page_url(len(pages))),
    ]


def _list_snapshots(source: Source, shown: Snapshot) -> list[dict[str, object]]:
    """The source's snapshots, latest first, with the states of earlier quotes in each; [] if there is only one."""
    snapshots = list(
        source.snapshots.annotate(n_characters=Length("text"))
        .defer("text")
        .order_by("-retrieved_at", "-id")[: MAX_SNAPSHOTS_LISTED + 1]
    )
    if len(snapshots) < 2:
        return []
    anchors = Anchor.objects.filter(snapshot__in=[snapshot.pk for snapshot in snapshots]).order_by()
    grouped = anchors.values_list("snapshot", "state").annotate(n=Count("pk"))
    counts = {(snapshot_id, state): count for snapshot_id, state, count in grouped}
    compare_url = reverse("admin:claims_source_compare", args=[source.pk])
    entries = []
    for snapshot, previous in zip(snapshots[:MAX_SNAPSHOTS_LISTED], [*snapshots[1:], None], strict=False):
        changes_url = f"{compare_url}?old={previous.pk}&new={snapshot.pk}" if previous else ""
        entries.append(
            {
                "snapshot": snapshot,
                "n_characters": f"{snapshot.n_characters:,}",
                "is_shown": snapshot.pk == shown.pk,
                "changes_url": changes_url,
                "states": [
                    {
                        "state": state,
                        "label": state.label,
                        "count": count,
                        "url": f"{changes_url}&state={state}#quotes",
                    }
                    for state in AnchorState
                    if (count := counts.get((snapshot.pk, state), 0))
                ],
            }
        )
    return entries


def _speaker_position(quote: Quote, source: Source) -> str:
    return describe_positions_on(quote.speaker.positions.all(), source.published_on) if quote.speaker else ""


def _quote_mark(placement: QuotePlacement, quote: Quote) -> TextMark:
    speaker = truncate_line(quote.speaker_label, 80)
    return TextMark(
        spans=placement.spans,
        style=f"quote-{quote.decision}",
        anchor=f"quote-{quote.pk}",
        url=reverse("admin:claims_quote_change", args=[quote.pk]),
        title=f"{speaker} ({quote.get_decision_display().lower()}): {quoted(quote.text, quote.kind, 80)}",
    )
