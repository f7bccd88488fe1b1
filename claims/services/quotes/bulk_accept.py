"""Accepts the pending quotes of a source together: those that an editor saw in a preview, and no others."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.models import OperationVerb, Quote, QuoteDecision, Source
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import get_versions
from claims.services.quotes.decisions import DecisionResult, decide_quotes

MAX_BULK_ACCEPT = 250  # quotes in one preview: more than an editor reads before deciding


@dataclass(frozen=True, slots=True)
class BulkAcceptPreview:
    """The quotes that would be accepted, their versions by id, and how many are left out for which reason."""

    quotes: tuple[Quote, ...]
    versions: dict[int, int]
    without_speaker: int
    below_confidence: int


def preview_bulk_accept(*, source: Source, min_confidence: float) -> BulkAcceptPreview:
    """The source's pending quotes with a speaker and at least this confidence (0 to 1)."""
    pending = _pending_quotes(source)
    confident = pending.filter(confidence__gte=min_confidence)
    quotes = tuple(confident.filter(speaker__isnull=False).select_related("speaker", "claim")[:MAX_BULK_ACCEPT])
    return BulkAcceptPreview(
        quotes=quotes,
        versions=get_versions(Quote, [quote.pk for quote in quotes]),
        without_speaker=confident.filter(speaker=None).count(),
        below_confidence=pending.filter(confidence__lt=min_confidence).count(),
    )


def bulk_accept(
    *, source: Source, min_confidence: float, seen: Mapping[int, int], editor: User, take_over: bool = False
) -> DecisionResult:
    """Accept the quotes seen in a preview (`seen` maps their ids to their versions) in one operation.

    Quotes that changed since, or that another editor is reviewing, are refused; the others are accepted. Raises
    RefusedError for quotes that the preview cannot have shown.
    """
    if len(seen) > MAX_BULK_ACCEPT:
        raise RefusedError(f"No more than {MAX_BULK_ACCEPT} quotes can be accepted at once.")
    with audit.operation(verb=OperationVerb.ACCEPT_ALL, editor=editor) as journal:
        quotes = list(Quote.objects.select_for_update().filter(pk__in=seen, snapshot__source=source).order_by("pk"))
        if foreign_ids := sorted(set(seen) - {quote.pk for quote in quotes}):
            raise RefusedError(f"Quote {foreign_ids[0]} is not from “{source}”.")
        versions = get_versions(Quote, [quote.pk for quote in quotes])
        reasons = {
            quote.pk: "changed since the preview, check it again"
            for quote in quotes
            if versions[quote.pk] != seen[quote.pk]
        }
        reasons |= {quote.pk: "below the minimum confidence" for quote in quotes if quote.confidence < min_confidence}
        result = decide_quotes(
            quotes=[quote.pk for quote in quotes if quote.pk not in reasons],
            decision=QuoteDecision.ACCEPTED,
            editor=editor,
            reason=f"accepted with all of its source from {min_confidence:.0%} on",
            take_over=take_over,
        )
        journal.summary = f"Accepted {result.changed} quotes of “{source}” at {min_confidence:.0%} or more"
    refused = tuple((quote, reasons[quote.pk]) for quote in quotes if quote.pk in reasons)
    return DecisionResult(result.changed, result.unchanged, (*refused, *result.refused))


def _pending_quotes(source: Source) -> QuerySet[Quote]:
    return Quote.objects.pending().filter(snapshot__source=source).order_by("snapshot_id", "start", "id")
