"""All that waits of one source, accepted in one stroke: what an editor saw in a preview, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.models import Quote, QuoteDecision, Source
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import get_versions
from claims.services.quotes.decisions import DecisionResult, decide_quotes

MAX_BULK_ACCEPT = 250  # quotes in one preview: nobody reads more before deciding


@dataclass(frozen=True, slots=True)
class BulkAcceptPreview:
    """What would be accepted, each quote with the version that was looked at; and how many are left out, and why."""

    quotes: tuple[Quote, ...]
    versions: dict[int, int]
    without_speaker: int
    less_sure: int


def preview_bulk_accept(*, source: Source, least_confidence: float) -> BulkAcceptPreview:
    """The waiting quotes of the source's texts that are at least this sure and whose speaker is known."""
    waiting = _pending_quotes(source)
    sure = waiting.filter(confidence__gte=least_confidence)
    quotes = tuple(sure.filter(speaker__isnull=False).select_related("speaker", "claim")[:MAX_BULK_ACCEPT])
    return BulkAcceptPreview(
        quotes=quotes,
        versions=get_versions(Quote, [quote.pk for quote in quotes]),
        without_speaker=sure.filter(speaker=None).count(),
        less_sure=waiting.filter(confidence__lt=least_confidence).count(),
    )


def bulk_accept(
    *, source: Source, least_confidence: float, seen: Mapping[int, int], editor: User, take_over: bool = False
) -> DecisionResult:
    """Accept the quotes that were seen in the preview, by their ids with the version seen; one undo takes all back.

    Those that were changed, decided or removed since are named among the refused, as are those that somebody else looks
    at, and the others are accepted. Raises RefusedError for quotes that the preview cannot have shown.
    """
    if len(seen) > MAX_BULK_ACCEPT:
        raise RefusedError(f"More than {MAX_BULK_ACCEPT} quotes at once: accept fewer.")
    with audit.operation(verb="accept all", summary="", editor=editor) as operation:
        rows = Quote.objects.select_for_update().filter(pk__in=seen, snapshot__source=source).order_by("pk")
        quotes = list(rows)
        if foreign := sorted(set(seen) - {quote.pk for quote in quotes}):
            raise RefusedError(f"Quote {foreign[0]} is none of “{source}”.")
        now = get_versions(Quote, [quote.pk for quote in quotes])
        changed = [quote for quote in quotes if now[quote.pk] != seen[quote.pk]]
        unsure = [quote for quote in quotes if quote.confidence < least_confidence]
        left_out = {quote.pk: "it was changed since the preview: look at it again" for quote in changed}
        left_out |= {quote.pk: "it is less sure than was asked for" for quote in unsure}
        done = decide_quotes(
            quotes=[quote.pk for quote in quotes if quote.pk not in left_out],
            decision=QuoteDecision.ACCEPTED,
            editor=editor,
            reason=f"accepted with all of its source from {least_confidence:.0%} on",
            take_over=take_over,
        )
        operation.summary = f"Accepted: {done.changed} quotes of “{source}” from {least_confidence:.0%} on"
    refused = tuple((quote, left_out[quote.pk]) for quote in quotes if quote.pk in left_out)
    return DecisionResult(done.changed, done.unchanged, (*refused, *done.refused))


def _pending_quotes(source: Source) -> QuerySet[Quote]:
    return Quote.objects.pending().filter(snapshot__source=source).order_by("snapshot_id", "start", "id")
