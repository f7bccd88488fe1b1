"""Suggests relations between sources whose texts have much in common. An editor decides; nothing is merged."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q

from claims.articles.near_duplicates import Overlap, Runs, compare_runs, compute_bands, split_into_runs
from claims.models import (
    OperationVerb,
    RelationState,
    Snapshot,
    Source,
    SourceRelation,
    SourceRelationKind,
    TextBand,
    TextFingerprint,
)
from claims.services.history import audit
from claims.services.transitions import change_state

MAX_CANDIDATES = 30  # stored texts compared with a new one, those with the most bands in common
MAX_GROUP = 500  # sources that are followed from relation to relation
MIN_SHARED = 0.4  # of the shorter text; two articles of one site may share 30 % that belong to neither
COPY_SHARED = 0.6  # of a text that is a copy
BATCH_SIZE = 100


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text and what it has in common with stored ones: by the ids of their snapshots."""

    runs: Runs
    bands: tuple[int, ...]
    overlaps: dict[int, Overlap] = field(default_factory=dict)


def compare_with_stored(text: str) -> ComparedText:
    """Compare a text with those stored. Slow, so call it before the transaction that `relate_text` runs in."""
    runs = split_into_runs(text)
    compared = ComparedText(runs, compute_bands(runs))
    _compare(compared, _find_candidates(compared.bands))
    return compared


@transaction.atomic
def relate_text(*, snapshot: Snapshot, compared: ComparedText, editor: User | None) -> list[SourceRelation]:
    """Store how the newest text of a source is found, and suggest relations to the sources that it is near to.

    Of sources that are related to each other, only the nearest is suggested, and none if one was decided on before.
    """
    source = snapshot.source
    fingerprint, _ = TextFingerprint.objects.update_or_create(source=source, defaults={"snapshot": snapshot})
    fingerprint.bands.all().delete()
    TextBand.objects.bulk_create(TextBand(fingerprint=fingerprint, value=value) for value in compared.bands)
    candidates = [row for row in _find_candidates(compared.bands) if row.source_id != source.pk]
    _compare(compared, candidates)  # with texts that were stored in the meantime
    related = _related_to(_follow_relations(source.pk))
    nearest: dict[int, tuple[float, TextFingerprint]] = {}
    for candidate in candidates:
        shared = compared.overlaps[candidate.snapshot_id].of_shorter
        group = candidate.group_id or candidate.source_id
        if shared >= MIN_SHARED and (group not in nearest or shared > nearest[group][0]):
            nearest[group] = shared, candidate
    known_groups = {group for row in candidates if row.source_id in related for group in [row.group_id] if group}
    relations = [
        _build_relation(source, candidate.source, compared.overlaps[candidate.snapshot_id])
        for group, (_, candidate) in nearest.items()
        if candidate.source_id not in related and group not in known_groups
    ]
    if relations:
        audit.create(relations, user=editor, reason="found by common text")
        regroup([source.pk])
    return relations


def compare_stored_sources(*, again: bool = False) -> Iterator[tuple[int, int]]:
    """Compare the texts of sources that were not compared yet, or of all; yields the counts of both after each batch:
    sources compared, and relations suggested.
    """
    sources = Source.objects.current().filter(snapshots__isnull=False).distinct()
    last = compared_count = relation_count = 0
    while batch := list(
        (sources if again else sources.filter(fingerprint=None)).filter(pk__gt=last).order_by("pk")[:BATCH_SIZE]
    ):
        for source in batch:
            snapshot = source.snapshots.order_by("-pk")[0]
            compared = compare_with_stored(snapshot.text)
            relation_count += len(relate_text(snapshot=snapshot, compared=compared, editor=None))
            compared_count += 1
        last = batch[-1].pk
        yield compared_count, relation_count


def decide_source_relation(
    *, relation: SourceRelation, state: RelationState, kind: SourceRelationKind, editor: User
) -> SourceRelation:
    """Confirm a relation, as of this kind, or dismiss it."""
    label = "Related" if state == RelationState.CONFIRMED else "Not related"
    with audit.operation(verb=OperationVerb.RELATE_SOURCES, summary=f"{label}: {str(relation)[:250]}", editor=editor):
        relation = SourceRelation.objects.select_for_update().get(pk=relation.pk)
        if relation.state != state:
            change_state(relation, state)
        elif relation.kind == kind:
            return relation
        relation.kind, relation.decided_by = kind, editor
        audit.update([relation], ["state", "kind", "decided_by"], user=editor, reason="decided")
        regroup([relation.first_id, relation.second_id])
        return relation


def regroup(sources: Iterable[int]) -> None:
    """Store the groups of these sources and of those related to them anew, after a relation came or was decided."""
    done: set[int] = set()
    for source in sources:
        if source not in done:
            group = _follow_relations(source)
            done |= group
            TextFingerprint.objects.filter(source__in=group).update(group=min(group) if len(group) > 1 else None)


def _follow_relations(source: int) -> set[int]:
    group = newest = {source}
    while newest and len(group) < MAX_GROUP:
        relations = SourceRelation.objects.exclude(state=RelationState.DISMISSED)
        pairs = relations.filter(Q(first__in=newest) | Q(second__in=newest)).values_list("first", "second")
        newest = {pk for pair in pairs for pk in pair} - group
        group = group | newest
    return group


def _related_to(group: set[int]) -> set[int]:
    """The group, and the sources that a relation in any state leads to from it."""
    pairs = SourceRelation.objects.filter(Q(first__in=group) | Q(second__in=group)).values_list("first", "second")
    return group | {pk for pair in pairs for pk in pair}


def _find_candidates(bands: Collection[int]) -> list[TextFingerprint]:
    if not bands:
        return []
    rows = TextBand.objects.filter(value__in=bands).order_by().values("fingerprint").annotate(n=Count("pk"))
    ids = [row["fingerprint"] for row in rows.order_by("-n", "fingerprint")[:MAX_CANDIDATES]]
    fingerprints = TextFingerprint.objects.select_related("source").in_bulk(ids)
    return [fingerprints[pk] for pk in ids if pk in fingerprints]


def _compare(compared: ComparedText, candidates: Iterable[TextFingerprint]) -> None:
    for candidate in candidates:
        if candidate.snapshot_id not in compared.overlaps:
            text = Snapshot.objects.values_list("text", flat=True).get(pk=candidate.snapshot_id)
            compared.overlaps[candidate.snapshot_id] = compare_runs(compared.runs, split_into_runs(text))


def _build_relation(source: Source, other: Source, overlap: Overlap) -> SourceRelation:
    first, second, of_first, of_second = other, source, overlap.of_second, overlap.of_first
    if _published(source) < _published(other):
        first, second, of_first, of_second = second, first, of_second, of_first
    return SourceRelation(
        first=first, second=second, kind=_suggest_kind(first, second, of_first, of_second), shared=overlap.of_shorter
    )


def _published(source: Source) -> tuple[str, int]:
    """For sorting. A source without a date counts as of the day that it was stored."""
    return str(source.published_at or source.published_on or source.created_at)[:10], source.pk


def _suggest_kind(first: Source, second: Source, of_first: float, of_second: float) -> SourceRelationKind:
    if first.publisher and first.publisher == second.publisher and max(of_first, of_second) >= COPY_SHARED:
        return SourceRelationKind.UPDATED
    if of_second >= COPY_SHARED:
        return SourceRelationKind.COPY if of_first >= COPY_SHARED else SourceRelationKind.SHORTENED
    return SourceRelationKind.COPY if of_first >= COPY_SHARED else SourceRelationKind.RELEASE
