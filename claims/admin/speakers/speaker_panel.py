"""The timeline of a speaker's positions and the speaker's latest quotes, for the speaker's page."""

from django.utils import timezone

from claims.admin.speakers.position_timeline import build_timeline, describe_positions_on
from claims.models import Quote, Speaker

MAX_LATEST_QUOTES = 8


def get_timeline_context(speaker: Speaker) -> dict[str, object]:
    """Returns the timeline and the latest quotes, each with the speaker's positions on the day of its source.

    They are the quotes stored last, ordered by the day of their source: no index knows the day.
    """
    positions = list(speaker.positions.all())
    quotes = Quote.objects.filter(speaker=speaker).select_related("snapshot__source").defer("snapshot__text")
    latest = list(quotes.order_by("-pk")[:MAX_LATEST_QUOTES])
    latest.sort(key=lambda quote: str(quote.snapshot.source.published_on or ""), reverse=True)
    return {
        "timeline": build_timeline(positions, today=timezone.localdate()),
        "latest": [(quote, describe_positions_on(positions, quote.snapshot.source.published_on)) for quote in latest],
    }
