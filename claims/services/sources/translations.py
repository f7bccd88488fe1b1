"""An original and its translation: related by an editor, and aligned by paragraph."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q

from claims.articles.parallel_paragraphs import AlignedGroup, align_paragraphs
from claims.extraction.readers import primary_subtag
from claims.models import (
    OperationVerb,
    QuoteDecision,
    RelationState,
    Snapshot,
    Source,
    SourceRelation,
    SourceRelationKind,
)
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.sources.near_duplicates import decide_source_relation, regroup

MAX_ALIGNED_CHARACTERS = 200_000  # of each text


@dataclass(frozen=True, slots=True)
class ParallelTexts:
    """The newest texts of an original and of its translation, with their paragraphs in groups."""

    original: Snapshot
    translation: Snapshot
    groups: list[AlignedGroup]

    def groups_by_side(
        self, snapshot: Snapshot
    ) -> list[tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]]:
        """Return each group as paragraphs of this text and of the other."""
        if snapshot.pk == self.original.pk:
            return [(group.original, group.translation) for group in self.groups]
        return [(group.translation, group.original) for group in self.groups]


def relate_translation(*, original: Source, translation: Source, editor: User) -> SourceRelation:
    """Say that a source is the translation of another, whatever relation was suggested between them.

    Raises RefusedError for a source itself, for sources that were merged, and for two in one language.
    """
    if original.pk == translation.pk:
        raise RefusedError("A source cannot be its own translation. Enter another source.")
    for source in (original, translation):
        if source.merged_into_id:
            raise RefusedError(f"“{source}” was merged into “{source.merged_into}”. Enter that source.")
    languages = {primary_subtag(source.language) for source in (original, translation)}
    if languages != {""} and len(languages) == 1:
        raise RefusedError(f"Both sources are in “{original.language}”. Correct the language of one of them first.")
    summary = f"Translation: {str(translation)[:120]}, of {str(original)[:120]}"
    with audit.operation(verb=OperationVerb.RELATE_SOURCES, summary=summary, editor=editor):
        pair = Q(first=original, second=translation) | Q(first=translation, second=original)
        relation = SourceRelation.objects.select_for_update().filter(pair).first()
        if relation is None:
            shared = share_aligned(original, translation)
            [relation] = audit.create(
                [
                    SourceRelation(
                        first=original,
                        second=translation,
                        kind=SourceRelationKind.TRANSLATION,
                        state=RelationState.CONFIRMED,
                        shared=shared,
                        decided_by=editor,
                    )
                ],
                user=editor,
                reason="decided",
            )
            regroup([original.pk, translation.pk])
        else:
            if relation.first_id != original.pk:
                relation.first, relation.second = original, translation
                audit.update([relation], ["first", "second"], user=editor, reason="decided")
            relation = decide_source_relation(
                relation=relation,
                state=RelationState.CONFIRMED,
                kind=SourceRelationKind.TRANSLATION,
                editor=editor,
            )
        if original.language and translation.translated_from != original.language:
            translation.translated_from = original.language
            audit.update([translation], ["translated_from"], user=editor, reason="translation of another source")
    return relation


def translation_relations(source: int) -> Iterable[SourceRelation]:
    """Return the confirmed relations of a source to its original and its translations."""
    relations = SourceRelation.objects.filter(Q(first=source) | Q(second=source))
    return relations.filter(kind=SourceRelationKind.TRANSLATION, state=RelationState.CONFIRMED).select_related(
        "first", "second"
    )


def align_translation(relation: SourceRelation) -> ParallelTexts | None:
    """Align the newest texts of both sources; None if one has no text, or one that is too long."""
    original, translation = (newest_snapshot(source) for source in (relation.first, relation.second))
    if original is None or translation is None:
        return None
    if max(len(original.text), len(translation.text)) > MAX_ALIGNED_CHARACTERS:
        return None
    tied = translation.quotes.filter(translation_of__snapshot=original).exclude(decision=QuoteDecision.REJECTED)
    ties = tied.values_list("translation_of__start", "start")
    return ParallelTexts(original, translation, align_paragraphs(original.text, translation.text, ties))


def newest_snapshot(source: Source) -> Snapshot | None:
    return source.snapshots.order_by("-retrieved_at", "-pk").first()


def share_aligned(original: Source, translation: Source) -> float:
    parallel = align_translation(SourceRelation(first=original, second=translation))
    if parallel is None:
        return 0.0
    return sum(bool(group.original and group.translation) for group in parallel.groups) / max(len(parallel.groups), 1)
