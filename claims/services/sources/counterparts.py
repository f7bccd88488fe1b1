"""Ties a quote to its counterpart in the original or the translation of its source: the same words in two languages."""

from django.contrib.auth.models import User

from claims.models import OperationVerb, Quote, QuoteDecision, SourceRelation
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import refuse_if_changed
from claims.services.sources.translations import align_translation, translation_relations

MAX_SUGGESTED = 5


def tie_quotes(*, quote: Quote, counterpart: Quote, editor: User, seen: int | None = None) -> Quote:
    """Tie two quotes of a source and its translation; returns the quote of the translation.

    Neither decides on the other: readers see the counterpart of a quote only once it is accepted, too. Raises
    RefusedError if the sources are not related as translations, and for rejected quotes.
    """
    with audit.operation(verb=OperationVerb.TIE_QUOTES, editor=editor) as journal:
        rows = Quote.objects.select_for_update(of=("self",)).select_related("snapshot").defer("snapshot__text")
        locked = {row.pk: row for row in rows.filter(pk__in=(quote.pk, counterpart.pk)).order_by("pk")}
        first, second = locked[quote.pk], locked[counterpart.pk]
        refuse_if_changed(row=first, seen=seen)
        relation = _relation_between(first, second)
        original, translation = (first, second) if first.snapshot.source_id == relation.first_id else (second, first)
        for row in (original, translation):
            if row.decision == QuoteDecision.REJECTED:
                raise RefusedError(f"{row.in_marks(80)} was rejected. Choose another quote.")
        if translation.translation_of_id != original.pk:
            translation.translation_of = original
            audit.update([translation], ["translation_of"], user=editor, reason="tied to its original")
        journal.summary = f"Tied to {second.in_marks(200)}"
    return translation


def untie_quotes(*, quote: Quote, counterpart: Quote, editor: User, seen: int | None = None) -> None:
    """Take the tie between two quotes back."""
    with audit.operation(
        verb=OperationVerb.TIE_QUOTES, summary=f"No longer tied to {counterpart.in_marks(200)}", editor=editor
    ):
        rows = Quote.objects.select_for_update().filter(pk__in=(quote.pk, counterpart.pk)).order_by("pk")
        locked = {row.pk: row for row in rows}
        refuse_if_changed(row=locked[quote.pk], seen=seen)
        for row, other in ((locked[quote.pk], counterpart), (locked[counterpart.pk], quote)):
            if row.translation_of_id == other.pk:
                row.translation_of = None
                audit.update([row], ["translation_of"], user=editor, reason="no longer tied to its original")


def list_counterparts(quote: Quote) -> list[Quote]:
    """Return the quotes that a quote is tied to: its original first, then its translations."""
    rows = Quote.objects.select_related("speaker", "snapshot__source").defer("snapshot__text")
    originals = rows.filter(pk=quote.translation_of_id) if quote.translation_of_id else []
    return [*originals, *rows.filter(translation_of=quote.pk).order_by("pk")]


def suggest_counterparts(quote: Quote) -> list[Quote]:
    """Return the quotes in the same place of the original or translation, without tied ones, the likeliest first."""
    tied = {row.pk for row in list_counterparts(quote)}
    suggested: list[tuple[tuple[bool, bool, float, int], Quote]] = []
    for relation in translation_relations(quote.snapshot.source_id):
        parallel = align_translation(relation)
        if parallel is None or quote.snapshot_id not in {parallel.original.pk, parallel.translation.pk}:
            continue
        is_original = quote.snapshot_id == parallel.original.pk
        this, other = (
            (parallel.original, parallel.translation) if is_original else (parallel.translation, parallel.original)
        )
        here, there = next(
            (group for group in parallel.groups_by_side(this) if _contains(group[0], quote.start)), ((), ())
        )
        if not there:
            continue
        rows = Quote.objects.filter(snapshot=other.pk, start__gte=there[0][0], start__lt=there[-1][1])
        rows = rows.exclude(decision=QuoteDecision.REJECTED).exclude(pk__in=tied)
        place = _share_before(quote.start, here)
        for row in rows.select_related("speaker", "snapshot__source").defer("snapshot__text"):
            distance = abs(_share_before(row.start, there) - place)
            suggested.append(((row.speaker_id != quote.speaker_id, row.kind != quote.kind, distance, row.pk), row))
    return [row for _, row in sorted(suggested, key=lambda pair: pair[0])][:MAX_SUGGESTED]


def _relation_between(quote: Quote, counterpart: Quote) -> SourceRelation:
    pair = {quote.snapshot.source_id, counterpart.snapshot.source_id}
    for relation in translation_relations(quote.snapshot.source_id):
        if {relation.first_id, relation.second_id} == pair:
            return relation
    raise RefusedError(
        "These sources are not related as original and translation. Relate them on a source's page first."
    )


def _contains(paragraphs: tuple[tuple[int, int], ...], offset: int) -> bool:
    return bool(paragraphs) and paragraphs[0][0] <= offset < paragraphs[-1][1]


def _share_before(offset: int, paragraphs: tuple[tuple[int, int], ...]) -> float:
    start, end = paragraphs[0][0], paragraphs[-1][1]
    return (offset - start) / max(end - start, 1)
