"""A source's text, part by part, with its quotes marked by decision, and those quotes as a table beside it."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import Length
from django.http import QueryDict
from django.urls import reverse

from claims.admin.common.formatting import shortened
from claims.admin.common.highlight import TextMark, highlight_spans
from claims.admin.common.list_columns import quote_list_url
from claims.admin.sources.text_pages import MAX_QUOTES_PER_PAGE, TextPage, find_page, split_into_pages
from claims.admin.speakers.position_timeline import describe_positions_on
from claims.models import Anchor, AnchorState, Quote, QuoteDecision, Snapshot, Source

_ID_PATTERN = re.compile(r"[0-9]{1,18}", re.ASCII)
MAX_MARKS_PER_PAGE = 2 * MAX_QUOTES_PER_PAGE  # marks in a part: those that begin in it, and those that reach into it
MAX_UNRESOLVED_ANCHORS = 30  # quotes not found again that are listed
MAX_SNAPSHOTS_LISTED = 20  # snapshots that are listed


@dataclass(frozen=True, slots=True)
class QuotePlacement:
    """Where a quote stands in the text that is shown."""

    quote: int
    spans: list[list[int]]
    decision: str
    state: str = ""

    @property
    def start(self) -> int:
        return int(self.spans[0][0])

    @property
    def end(self) -> int:
        return int(self.spans[-1][1])


def parse_number_param(asked: str | None) -> int | None:
    """A number that an address gives; None for what is none."""
    return int(asked) if asked and _ID_PATTERN.fullmatch(asked) else None


def select_snapshot(source: Source, asked: str | None) -> Snapshot | None:
    """The snapshot asked for by its id, else the latest."""
    snapshots = source.snapshots.order_by("-retrieved_at", "-id")
    pk = parse_number_param(asked)
    found = snapshots.filter(pk=pk).first() if pk is not None else None
    return found or snapshots.first()


def get_text_panel_context(source: Source, asked: QueryDict) -> dict[str, Any]:
    """What the source's page shows of a snapshot: a part of it, its quotes, and earlier ones found again in it.

    `asked` may name a `snapshot`, and a `part` by its number or by a `quote` in it. Texts may have two million
    characters and thousands of quotes: of the others than those of the part, only the places are read.
    """
    snapshot = select_snapshot(source, asked.get("snapshot"))
    if snapshot is None:
        return {"snapshot": None}
    places = _list_placements(snapshot)
    cut = split_into_pages(snapshot.text, [(place.start, place.end) for place in places])
    part = _select_page(cut, places, asked)
    here = [place for place in places if place.start < part.end and place.end > part.start]
    rows = Quote.objects.filter(pk__in=[place.quote for place in here[:MAX_MARKS_PER_PAGE]]).select_related("speaker")
    stored = rows.prefetch_related("speaker__positions").in_bulk()
    # Of places whose quote went meanwhile nothing is shown.
    drawn = [(place, stored[place.quote]) for place in here[:MAX_MARKS_PER_PAGE] if place.quote in stored]
    text = snapshot.text[part.start : part.end]
    counts = Counter(place.decision for place in places)
    by_source = {"snapshot__source__id__exact": source}
    return {
        "snapshot": snapshot,
        "n_characters": f"{len(snapshot.text):,}",
        "text": highlight_spans(text, [_quote_mark(place, quote) for place, quote in drawn], offset=part.start),
        "part": part,
        "parts": cut,
        "turns": _page_links(snapshot, cut, part, places),
        "quotes": [
            {"quote": quote, "state": place.state, "then": _speaker_position(quote, source)}
            for place, quote in drawn
            if place.start >= part.start or part.number == 1
        ],
        "not_drawn": len(here) - len(drawn),
        "counts": [
            (decision, counts[decision], quote_list_url(**by_source, decision__exact=str(decision)))
            for decision in QuoteDecision
        ],
        "texts": _list_snapshots(source, snapshot),
        "n_lost": (n_lost := Anchor.objects.waiting().filter(snapshot=snapshot).count()),
        "lost": list(
            Anchor.objects.waiting()
            .filter(snapshot=snapshot)
            .select_related("quote__speaker")
            .order_by("pk")[:MAX_UNRESOLVED_ANCHORS]
        )
        if n_lost
        else [],
    }


def _list_placements(snapshot: Snapshot) -> list[QuotePlacement]:
    """Of the snapshot's own quotes and of earlier ones found again in it, in reading order."""
    own = Quote.objects.filter(snapshot=snapshot).order_by().values_list("pk", "spans", "decision")
    found = snapshot.anchors.filter(spans__isnull=False).order_by()
    places = [QuotePlacement(pk, spans, decision) for pk, spans, decision in own]
    later = found.values_list("quote_id", "spans", "quote__decision", "state")
    places += [QuotePlacement(pk, spans, decision, state) for pk, spans, decision, state in later if spans]
    return sorted(places, key=lambda place: (place.start, place.quote))


def _select_page(cut: list[TextPage], places: list[QuotePlacement], asked: QueryDict) -> TextPage:
    quote = parse_number_param(asked.get("quote"))
    for place in places:
        if place.quote == quote:
            return find_page(cut, place.start)
    wanted = parse_number_param(asked.get("part")) or 1
    return cut[min(max(wanted, 1), len(cut)) - 1]


def _page_links(
    snapshot: Snapshot, cut: list[TextPage], part: TextPage, places: list[QuotePlacement]
) -> list[tuple[str, str, str]]:
    """The ways from this part: what it is called, the key, the address ("" where there is none)."""
    if len(cut) == 1:
        return []
    pending = [find_page(cut, place.start).number for place in places if place.decision == QuoteDecision.PENDING]
    waiting = next((each for each in pending if each > part.number), 0)

    def to(wanted: int) -> str:
        there = 1 <= wanted <= len(cut) and wanted != part.number
        return f"?snapshot={snapshot.pk}&part={wanted}#text" if there else ""

    return [
        ("first", "", to(1)),
        ("previous", "p", to(part.number - 1)),
        ("next", "n", to(part.number + 1)),
        ("next with a pending quote", "w", to(waiting)),
        ("last", "", to(len(cut))),
    ]


def _list_snapshots(source: Source, shown: Snapshot) -> list[dict[str, Any]]:
    """The source's texts, the latest first, and what became of earlier quotes in each; [] where there is one."""
    rows = list(
        source.snapshots.annotate(n_characters=Length("text"))
        .defer("text")
        .order_by("-retrieved_at", "-id")[: MAX_SNAPSHOTS_LISTED + 1]
    )
    if len(rows) < 2:
        return []
    states = Anchor.objects.filter(snapshot__in=[row.pk for row in rows]).order_by()
    found = {(pk, state): n for pk, state, n in states.values_list("snapshot", "state").annotate(n=Count("pk"))}
    compare = reverse("admin:claims_source_compare", args=[source.pk])
    texts = []
    for number_, row in enumerate(rows[:MAX_SNAPSHOTS_LISTED]):
        earlier = rows[number_ + 1] if number_ + 1 < len(rows) else None
        address = f"{compare}?old={earlier.pk}&new={row.pk}" if earlier else ""
        texts.append(
            {
                "row": row,
                "n_characters": f"{row.n_characters:,}",
                "is_shown": row.pk == shown.pk,
                "changes": address,
                "states": [
                    {"state": state, "label": state.label, "n": n, "address": f"{address}&state={state}#quotes"}
                    for state in AnchorState
                    if (n := found.get((row.pk, state), 0))
                ],
            }
        )
    return texts


def _speaker_position(quote: Quote, source: Source) -> str:
    return describe_positions_on(quote.speaker.positions.all(), source.published_on) if quote.speaker else ""


def _quote_mark(place: QuotePlacement, quote: Quote) -> TextMark:
    who = quote.speaker.name if quote.speaker else f"unresolved: {quote.mention or 'nobody named'}"
    return TextMark(
        spans=place.spans,
        style=f"quote-{quote.decision}",
        anchor=f"quote-{quote.pk}",
        url=reverse("admin:claims_quote_change", args=[quote.pk]),
        title=f"{shortened(who, 80)} ({quote.get_decision_display().lower()}): {shortened(quote.exact, 80)}",
    )
