"""What the page of a speaker shows: its time line, and its latest quotes with what it was when it said them."""

from typing import Any

from django.utils import timezone

from claims.admin.speakers.position_timeline import build_timeline, describe_positions_on
from claims.models import Quote, Speaker

MAX_LATEST_QUOTES = 8


def get_timeline_context(speaker: Speaker) -> dict[str, Any]:
    """The time line, and the newest quotes by the day of their source, each with the positions of that day."""
    positions = list(speaker.positions.all())
    quotes = Quote.objects.filter(speaker=speaker).select_related("snapshot__source").defer("snapshot__text")
    newest = list(quotes.order_by("-pk")[:MAX_LATEST_QUOTES])  # stored last: no index knows the day
    by_day = sorted(newest, key=lambda quote: str(quote.snapshot.source.published_on or ""), reverse=True)
    return {
        "time_line": build_timeline(positions, today=timezone.localdate()),
        "latest": [(quote, describe_positions_on(positions, quote.snapshot.source.published_on)) for quote in by_day],
    }
