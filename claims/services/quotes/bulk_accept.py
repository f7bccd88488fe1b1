"""Accepts the pending quotes of a source together: those that an editor saw in a preview, and no others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import User

from claims.extraction import Span, sentences_around
from claims.models import OperationVerb, Quote, QuoteDecision, Snapshot, Source
from claims.models.quote import QuoteQuerySet
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import get_versions
from claims.services.quotes.copies import count_decided, decide_with_copies, find_copies_of_each
from claims.services.quotes.decisions import DecisionResult

MAX_BULK_ACCEPT = 250  # quotes in one preview: more than an editor reads before deciding
MAX_EXCERPT_MARGIN = 300  # code points shown on either side of the quote
MAX_EXCERPT_QUOTE = 1_000  # code points shown of the quote itself


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The sentences around a quote: the snapshot's text from the code point `start`, and whether they go on."""

    text: str
    start: int
    is_cut_before: bool
    is_cut_after: bool


@dataclass(frozen=True, slots=True)
class PreviewedQuote:
    """A quote as an editor judges it; it is selected unless its speaker was found by a pronoun or a role."""

    quote: Quote
    version: int
    excerpt: Excerpt
    copies: tuple[Quote, ...]  # in copies of the article, pending as well

    @property
    def is_selected(self) -> bool:
        return not self.quote.is_speaker_inferred


@dataclass(frozen=True, slots=True)
class BulkAcceptPreview:
    """The quotes that can be accepted, how many more there are, and how many are left out for which reason."""

    quotes: tuple[PreviewedQuote, ...]
    not_shown: int
    without_speaker: int
    below_confidence: int
    source_changed: int

    @property
    def selected(self) -> int:
        return sum(previewed.is_selected for previewed in self.quotes)


def preview_bulk_accept(*, source: Source, min_confidence: float) -> BulkAcceptPreview:
    """The source's pending quotes with a speaker and at least this confidence (0 to 1), still in its newest text."""
    pending = _pending_quotes(source)
    confident = pending.filter(confidence__gte=min_confidence)
    with_speaker = confident.filter(speaker__isnull=False)
    changed = with_speaker.missing_from_newest_snapshot()
    acceptable = with_speaker.exclude(pk__in=changed.order_by().values("pk"))
    with_source = acceptable.select_related("speaker", "snapshot__source__fingerprint").defer("snapshot__text")
    quotes = list(with_source[:MAX_BULK_ACCEPT])
    copies = find_copies_of_each(quotes)
    versions = get_versions(Quote, [quote.pk for quote in quotes])
    excerpts = _read_excerpts(quotes)
    return BulkAcceptPreview(
        quotes=tuple(
            PreviewedQuote(
                quote,
                versions[quote.pk],
                excerpts[quote.pk],
                tuple(copy for copy in copies[quote.pk] if copy.decision == QuoteDecision.PENDING),
            )
            for quote in quotes
        ),
        not_shown=acceptable.count() - len(quotes),
        without_speaker=confident.filter(speaker=None).count(),
        below_confidence=pending.filter(confidence__lt=min_confidence).count(),
        source_changed=changed.count(),
    )


def _read_excerpts(quotes: Sequence[Quote]) -> dict[int, Excerpt]:
    """The excerpt of each quote by its id. One text, of up to two million characters, is in memory at a time."""
    snapshots = Snapshot.objects.filter(pk__in={quote.snapshot_id for quote in quotes}).order_by("pk")
    return {
        quote.pk: _cut_excerpt(quote, text)
        for pk, text in snapshots.values_list("pk", "text").iterator(chunk_size=1)
        for quote in quotes
        if quote.snapshot_id == pk
    }


def _cut_excerpt(quote: Quote, text: str) -> Excerpt:
    """The sentences of the quote, and of its cue and its mention if these are close by."""
    end = min(quote.end, quote.start + MAX_EXCERPT_QUOTE)
    first, last = max(quote.start - MAX_EXCERPT_MARGIN, 0), end + MAX_EXCERPT_MARGIN
    spans = [(quote.start, end), *quote.cue_spans, *quote.mention_spans]
    nearby = [(start, end) for start, end in spans if start >= first and end <= last]
    whole = sentences_around(text, Span(min(start for start, _ in nearby), max(end for _, end in nearby)))
    start, end = max(whole.start, first), min(whole.end, last)
    return Excerpt(text[start:end], start, is_cut_before=start > whole.start, is_cut_after=end < whole.end)


def bulk_accept(
    *,
    source: Source,
    min_confidence: float,
    seen: Mapping[int, int],
    editor: User,
    take_over: bool = False,
    copies: Collection[int] = (),
) -> DecisionResult:
    """Accept the quotes seen in a preview (`seen` maps their ids to their versions) in one operation.

    Quotes that changed since, or that another editor is reviewing, are refused; the others are accepted, with those of
    their pending copies that are among `copies`. Raises RefusedError for quotes that the preview cannot have shown.
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
        result = decide_with_copies(
            quotes=[quote.pk for quote in quotes if quote.pk not in reasons],
            decision=QuoteDecision.ACCEPTED,
            editor=editor,
            reason=f"accepted with all of its source from {min_confidence:.0%} on",
            take_over=take_over,
            among=copies,
        )
        journal.summary = f"Accepted {count_decided(result)} of “{source}” at {min_confidence:.0%} or more"
    refused = tuple((quote, reasons[quote.pk]) for quote in quotes if quote.pk in reasons)
    return replace(result, refused=(*refused, *result.refused))


def _pending_quotes(source: Source) -> QuoteQuerySet:
    return Quote.objects.pending().filter(snapshot__source=source).order_by("snapshot_id", "start", "id")
