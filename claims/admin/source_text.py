"""A source's text with all its quotes marked by decision, and the quotes as a table beside it."""

import re
from typing import Any

from django.db.models import Q
from django.urls import reverse

from claims.admin.highlight import Mark, highlighted
from claims.admin.wording import shortened
from claims.models import Quote, Snapshot, Source

_ID = re.compile(r"[0-9]{1,18}", re.ASCII)
MOST_ROWS = 500  # of the table beside the text; the list of quotes has them all


def snapshot_of(source: Source, asked: str | None) -> Snapshot | None:
    """The snapshot asked for by its id, else the latest."""
    snapshots = source.snapshots.order_by("-retrieved_at", "-id")
    found = snapshots.filter(pk=asked).first() if asked and _ID.fullmatch(asked) else None
    return found or snapshots.first()


def text_panel(source: Source, asked: str | None) -> dict[str, Any]:
    """What the source's page shows of a snapshot: its quotes, and earlier ones that are found again in it."""
    snapshot = snapshot_of(source, asked)
    if snapshot is None:
        return {"snapshot": None}
    rows = Quote.objects.filter(Q(snapshot=snapshot) | Q(anchors__snapshot=snapshot, anchors__spans__isnull=False))
    quotes = list(rows.select_related("speaker").order_by("start", "id").distinct())
    anchored = dict(snapshot.anchors.filter(spans__isnull=False).values_list("quote_id", "spans"))
    return {
        "snapshot": snapshot,
        "other_snapshots": source.snapshots.exclude(pk=snapshot.pk).defer("text").order_by("-retrieved_at", "-id"),
        "text": highlighted(snapshot.text, [_mark(quote, anchored.get(quote.pk, quote.spans)) for quote in quotes]),
        "quotes": quotes[:MOST_ROWS],
        "more_quotes": max(len(quotes) - MOST_ROWS, 0),
        "lost_quotes": snapshot.anchors.filter(spans__isnull=True).select_related("quote__speaker"),
    }


def _mark(quote: Quote, spans: list[list[int]]) -> Mark:
    who = quote.speaker.name if quote.speaker else f"unresolved: {quote.mention or 'nobody named'}"
    return Mark(
        spans=spans,
        style=f"quote-{quote.decision}",
        anchor=f"quote-{quote.pk}",
        url=reverse("admin:claims_quote_change", args=[quote.pk]),
        title=f"{who} ({quote.get_decision_display().lower()}): {shortened(quote.exact, 80)}",
    )
