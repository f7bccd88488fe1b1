"""Merges two speakers that are the same, and undoes a merge exactly."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models import (
    Claim,
    ClaimAmendment,
    HistoryCause,
    MergeSuggestion,
    MergeSuggestionState,
    OperationVerb,
    Position,
    Quote,
    Speaker,
    SpeakerMerge,
    SpeakerName,
    Verification,
)
from claims.services.claims.correction_entries import Subject
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.locks import lock_speakers
from claims.services.speakers import directory
from claims.services.transitions import change_state
from claims.services.verification import workflow

# The rows that a merge moves to the other speaker, and their column. The keys are stored in `SpeakerMerge.moved`.
_REASSIGNED_RELATIONS: dict[str, tuple[models.Manager[models.Model], str]] = {
    "quote": (Quote.objects, "speaker"),
    "claim": (Claim.objects, "speaker"),
    "position": (Position.objects, "speaker"),
    "name": (SpeakerName.objects, "speaker"),
    "draft correction": (ClaimAmendment.objects, "speaker"),
    "corrected draft": (ClaimAmendment.objects, "was_speaker"),  # the claim's speaker when the draft was written
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What a merge would do: `names` move, `shared` names stay; `refusal` says why it is impossible, if it is."""

    kept: Speaker
    merged: Speaker
    quotes: int
    claims: int
    positions: list[Position]
    names: list[SpeakerName]
    shared: list[SpeakerName]
    wikidata_id: str
    drafts: int
    reopened: list[Verification]
    refusal: str


@dataclass(frozen=True, slots=True)
class MergeUndoResult:
    """How many rows of each kind an undone merge restored, and in sentences what it could not restore."""

    restored: Counter[str]
    warnings: list[str]


def preview_merge(*, kept: Speaker, merged: Speaker) -> MergePreview:
    """What merging `merged` into `kept` would do. Nothing is changed."""
    names = list(merged.names.order_by("pk"))
    kept_keys = set(kept.names.values_list("key", flat=True))
    live = Verification.objects.filter(claim__speaker=merged, state__in=workflow.LIVE_STATES)
    return MergePreview(
        kept=kept,
        merged=merged,
        quotes=merged.quotes.count(),
        claims=merged.claims.count(),
        positions=list(merged.positions.all()),
        names=[name for name in names if name.key not in kept_keys],
        shared=[name for name in names if name.key in kept_keys],
        wikidata_id=merged.wikidata_id,
        drafts=ClaimAmendment.objects.filter(Q(speaker=merged) | Q(was_speaker=merged)).count(),
        reopened=list(live.select_related("claim", "rating").order_by("pk")),
        refusal=_merge_obstacle(kept, merged),
    )


def merge_speakers(*, kept: Speaker, merged: Speaker, editor: User) -> SpeakerMerge:
    """Move quotes, claims, positions, names and the Wikidata ID to `kept`; `merged` becomes a redirect to it.

    Raises RefusedError for a speaker and itself, for one that is already merged, and if both have a Wikidata ID.
    """
    summary = f"Merged “{merged}” (#{merged.pk}) into “{kept}” (#{kept.pk})"
    with audit.operation(verb=OperationVerb.MERGE, summary=summary, editor=editor):
        lock_speakers()
        merged_at = timezone.now()
        rows = Speaker.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
        by_id = {row.pk: row for row in rows}
        kept, merged = by_id[kept.pk], by_id[merged.pk]
        if obstacle := _merge_obstacle(kept, merged):
            raise RefusedError(obstacle)
        moved: dict[str, Any] = {}
        kept_keys = kept.names.values("key")  # names that both have stay
        for kind, (manager, column) in _REASSIGNED_RELATIONS.items():
            own = manager.filter(**{column: merged})
            if kind == "name":
                own = own.exclude(key__in=kept_keys)
            moved[kind] = _reassign(own, column, to=kept, editor=editor)
        moved["wikidata_id"] = merged.wikidata_id
        merged.merged_into = kept
        reason = f"{merged} merged into {kept}"
        _transfer_wikidata_id(merged.wikidata_id, giver=merged, taker=kept, editor=editor, reason=reason)
        suggestions = _lock_suggestions(kept, merged)
        moved["suggestion"] = [[suggestion.state, suggestion.decided_by_id] for suggestion in suggestions]
        for suggestion in suggestions:
            change_state(suggestion, MergeSuggestionState.MERGED)
            suggestion.decided_by = editor
        audit.update(suggestions, ["state", "decided_by"], user=editor, reason="merged")
        claims = list(Claim.objects.filter(pk__in=moved["claim"]))
        former_subjects = {claim.pk: Subject(claim.text, merged.name) for claim in claims}
        workflow.reopen_outdated(claims=claims, editor=editor, former_subjects=former_subjects)
        merge = SpeakerMerge(kept=kept, merged=merged, moved=moved, merged_by=editor, merged_at=merged_at)
        [merge] = audit.create([merge], user=editor, reason="merged")
    return merge


def undo_merge(*, merge: SpeakerMerge, editor: User) -> MergeUndoResult:
    """Separate the two speakers: what the merge moved and nobody changed since moves back.

    Raises RefusedError if it has been undone, or if the kept speaker was itself merged since.
    """
    summary = f"Undid the merge of “{merge.merged}” (#{merge.merged_id}) into “{merge.kept}” (#{merge.kept_id})"
    with audit.operation(verb=OperationVerb.PART, summary=summary, editor=editor):
        lock_speakers()
        list(Speaker.objects.select_for_update().filter(pk__in=[merge.kept_id, merge.merged_id]).order_by("pk"))
        locked = SpeakerMerge.objects.select_for_update(of=("self",)).select_related("kept", "merged")
        merge = locked.get(pk=merge.pk)
        if merge.undone_at:
            raise RefusedError("This merge has already been undone.")
        if merge.kept.merged_into_id:
            raise RefusedError(
                f"“{merge.kept}” has since been merged into “{merge.kept.merged_into}”. Undo that merge first."
            )
        restored: Counter[str] = Counter()
        for kind, (manager, column) in _REASSIGNED_RELATIONS.items():
            rows = manager.filter(**{"pk__in": _moved_ids(merge, kind), column: merge.kept})
            if kind == "name":  # of two spellings with one key, the one that was never moved stays
                rows = rows.exclude(key__in=merge.merged.names.values("key"))
            restored[kind] = len(_reassign(rows, column, to=merge.merged, editor=editor))
        warnings = list(_undo_warnings(merge, restored))
        wikidata_id = merge.moved["wikidata_id"] if merge.moved["wikidata_id"] == merge.kept.wikidata_id else ""
        merge.merged.merged_into = None
        reason = f"merge of {merge.merged} into {merge.kept} undone"
        _transfer_wikidata_id(wikidata_id, giver=merge.kept, taker=merge.merged, editor=editor, reason=reason)
        directory.ensure_main_name(speaker=merge.merged, editor=editor)
        former_states = merge.moved["suggestion"]
        suggestions = _lock_suggestions(merge.kept, merge.merged)[: len(former_states)]
        for suggestion, former in zip(suggestions, former_states, strict=False):
            suggestion.state, suggestion.decided_by_id = former
        audit.update(suggestions, ["state", "decided_by"], user=editor, reason="merge undone")
        claims = list(Claim.objects.filter(pk__in=merge.moved["claim"]))
        former_subjects = {claim.pk: Subject(claim.text, merge.kept.name) for claim in claims}
        workflow.reopen_outdated(claims=claims, editor=editor, former_subjects=former_subjects)
        merge.undone_by, merge.undone_at = editor, timezone.now()
        audit.update([merge], ["undone_by", "undone_at"], user=editor, reason="undone")
    return MergeUndoResult(restored, warnings)


def _merge_obstacle(kept: Speaker, merged: Speaker) -> str:
    """Why the two cannot be merged; empty if they can."""
    if kept.pk == merged.pk:
        return f"“{kept}” cannot be merged into itself."
    for speaker in (kept, merged):
        if speaker.merged_into_id:
            return f"“{speaker}” is already merged into “{speaker.merged_into}”."
    if kept.wikidata_id and merged.wikidata_id:
        return f"“{kept}” and “{merged}” have different Wikidata IDs, so they are different speakers."
    return ""


def _undo_warnings(merge: SpeakerMerge, restored: Counter[str]) -> Iterator[str]:
    """What is not as it was before the merge, in sentences."""
    for kind in _REASSIGNED_RELATIONS:
        lost = len(_moved_ids(merge, kind)) - restored[kind]
        if lost == 1:
            yield f"1 {kind} was reassigned or deleted after the merge and stays as it is."
        elif lost:
            yield f"{lost} {kind}s were reassigned or deleted after the merge and stay as they are."
    moved_id, current_id = merge.moved["wikidata_id"], merge.kept.wikidata_id
    if moved_id and moved_id != current_id:
        yield f"The Wikidata ID {moved_id} was changed after the merge (to {current_id or 'none'}) and stays as it is."
    relinked = Quote.objects.filter(pk__in=merge.moved["quote"], speaker=merge.merged, claim__speaker=merge.kept)
    if count := relinked.count():
        yield f"{count} of the quotes now belong to a claim by “{merge.kept}”: please check."
    reopened = Verification.history.filter(
        claim__in=merge.moved["claim"],
        history_cause=HistoryCause.REOPENED,
        history_date__gte=merge.merged_at,
    )
    if count := reopened.values("id").distinct().count():
        verdicts = "1 verdict" if count == 1 else f"{count} verdicts"
        yield f"{verdicts} went back to review after the merge: approve again or send back."


def _moved_ids(merge: SpeakerMerge, kind: str) -> list[int]:
    ids: list[int] = merge.moved.get(kind, [])  # old merges did not move drafts
    return ids


def _reassign(queryset: models.QuerySet[models.Model], column: str, *, to: Speaker, editor: User) -> list[int]:
    rows = list(queryset.select_for_update().order_by("pk"))
    for row in rows:
        setattr(row, column, to)
    audit.update(rows, [column], user=editor, reason=f"speaker is now {to}")
    return [row.pk for row in rows]


def _transfer_wikidata_id(wikidata_id: str, *, giver: Speaker, taker: Speaker, editor: User, reason: str) -> None:
    """Store both speakers, the giver first: only one of them can have the Wikidata ID at a time."""
    if wikidata_id:
        giver.wikidata_id, taker.wikidata_id = "", wikidata_id
    for speaker in (giver, taker):
        audit.update([speaker], ["merged_into", "wikidata_id"], user=editor, reason=reason)


def _lock_suggestions(first: Speaker, second: Speaker) -> list[MergeSuggestion]:
    """The suggestion to merge the two, if there is one."""
    low, high = sorted([first.pk, second.pk])
    return list(MergeSuggestion.objects.select_for_update().filter(first=low, second=high))
