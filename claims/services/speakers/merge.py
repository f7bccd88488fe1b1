"""Two speakers that are one: what would move, made one by an editor, made two again exactly."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models import (
    Claim,
    ClaimAmendment,
    MergeSuggestion,
    MergeSuggestionState,
    Position,
    Quote,
    Speaker,
    SpeakerMerge,
    SpeakerName,
    Verification,
    VerificationState,
)
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.locks import lock_speakers
from claims.services.speakers import directory
from claims.services.verification import workflow

# What moves, by what it is called: of which rows, which column.
_REASSIGNED_RELATIONS: dict[str, tuple[models.Manager[Any], str]] = {
    "quote": (Quote.objects, "speaker"),
    "claim": (Claim.objects, "speaker"),
    "position": (Position.objects, "speaker"),
    "name": (SpeakerName.objects, "speaker"),
    "draft correction": (ClaimAmendment.objects, "speaker"),
    "corrected draft": (ClaimAmendment.objects, "was_speaker"),  # which the claim had when the draft was written
}
_LIVE_STATES = [VerificationState.SUBMITTED, VerificationState.PUBLISHED]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What a merge would move, what would stay, the verdicts it would send back to review; `refusal` says why not."""

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
    """What an undone merge put back, by kind, and in sentences what it could not."""

    put_back: Counter[str]
    left: list[str]


def preview_merge(*, kept: Speaker, merged: Speaker) -> MergePreview:
    """What merging `merged` into `kept` would do. Nothing is changed."""
    names = list(merged.names.order_by("pk"))
    known = set(kept.names.values_list("key", flat=True))
    live = Verification.objects.filter(claim__speaker=merged, state__in=_LIVE_STATES)
    return MergePreview(
        kept=kept,
        merged=merged,
        quotes=merged.quotes.count(),
        claims=merged.claims.count(),
        positions=list(merged.positions.all()),
        names=[row for row in names if row.key not in known],
        shared=[row for row in names if row.key in known],
        wikidata_id=merged.wikidata_id,
        drafts=ClaimAmendment.objects.filter(Q(speaker=merged) | Q(was_speaker=merged)).count(),
        reopened=list(live.select_related("claim", "rating").order_by("pk")),
        refusal=_merge_obstacle(kept, merged),
    )


def merge_speakers(*, kept: Speaker, merged: Speaker, editor: User) -> SpeakerMerge:
    """Let `kept` speak for both: quotes, claims, positions, names and a Wikidata id move, `merged` becomes a redirect.

    Raises RefusedError for a speaker and itself, one merged already, and two with a Wikidata id each.
    """
    summary = f"Merged “{merged}” (#{merged.pk}) into “{kept}” (#{kept.pk})"
    with audit.operation(verb="merge", summary=summary, editor=editor):
        lock_speakers()
        at = timezone.now()
        rows = Speaker.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
        both = {row.pk: row for row in rows}
        kept, merged = both[kept.pk], both[merged.pk]
        if refusal := _merge_obstacle(kept, merged):
            raise RefusedError(refusal)
        moved: dict[str, Any] = {}
        known = kept.names.values("key")  # a name that both bear stays where it is
        for what, (manager, column) in _REASSIGNED_RELATIONS.items():
            own = manager.filter(**{column: merged})
            moved[what] = _reassign(
                own.exclude(key__in=known) if what == "name" else own, column, to=kept, editor=editor
            )
        moved["wikidata_id"] = merged.wikidata_id
        merged.merged_into = kept
        _transfer_wikidata_id(
            merged.wikidata_id, giver=merged, taker=kept, editor=editor, reason=f"{merged} merged into {kept}"
        )
        suggestion = _suggestions_for_pair(kept, merged)
        moved["suggestion"] = [list(row) for row in suggestion.values_list("state", "decided_by")]
        _set_suggestion_state(suggestion, MergeSuggestionState.MERGED, editor.pk, editor=editor, reason="merged")
        workflow.reopen_outdated(claims=list(Claim.objects.filter(pk__in=moved["claim"])), editor=editor)
        row = SpeakerMerge(kept=kept, merged=merged, moved=moved, merged_by=editor, merged_at=at)
        done: SpeakerMerge = audit.create([row], user=editor, reason="merged")[0]
    return done


def undo_merge(*, merge: SpeakerMerge, editor: User) -> MergeUndoResult:
    """Make two of them again: what moved and is still there moves back. What could not is told.

    Raises RefusedError if it was undone before, or if the kept one has been merged on: that merge is undone first.
    """
    summary = f"Parted “{merge.merged}” (#{merge.merged_id}) from “{merge.kept}” (#{merge.kept_id})"
    with audit.operation(verb="part", summary=summary, editor=editor):
        lock_speakers()
        locked = SpeakerMerge.objects.select_for_update(of=("self",)).select_related("kept", "merged")
        merge = locked.get(pk=merge.pk)
        if merge.undone_at:
            raise RefusedError("This merge was undone already.")
        if merge.kept.merged_into_id:
            raise RefusedError(
                f"“{merge.kept}” was merged into “{merge.kept.merged_into}” since: undo that merge first."
            )
        put_back: Counter[str] = Counter()
        for what, (manager, column) in _REASSIGNED_RELATIONS.items():
            back = manager.filter(**{"pk__in": _moved_ids(merge, what), column: merge.kept})
            if what == "name":  # of two spellings that are looked up alike, the one that was there stays
                back = back.exclude(key__in=merge.merged.names.values("key"))
            put_back[what] = len(_reassign(back, column, to=merge.merged, editor=editor))
        left = list(_describe_leftovers(merge, put_back))
        wikidata_id = merge.moved["wikidata_id"] if merge.moved["wikidata_id"] == merge.kept.wikidata_id else ""
        merge.merged.merged_into = None
        reason = f"merge of {merge.merged} into {merge.kept} undone"
        _transfer_wikidata_id(wikidata_id, giver=merge.kept, taker=merge.merged, editor=editor, reason=reason)
        directory.ensure_main_name(speaker=merge.merged, editor=editor)
        for state, decided_by in merge.moved["suggestion"]:
            _set_suggestion_state(
                _suggestions_for_pair(merge.kept, merge.merged), state, decided_by, editor=editor, reason="merge undone"
            )
        workflow.reopen_outdated(claims=list(Claim.objects.filter(pk__in=merge.moved["claim"])), editor=editor)
        merge.undone_by, merge.undone_at = editor, timezone.now()
        audit.update([merge], ["undone_by", "undone_at"], user=editor, reason="undone")
    return MergeUndoResult(put_back, left)


def _merge_obstacle(kept: Speaker, merged: Speaker) -> str:
    if kept.pk == merged.pk:
        return f"“{kept}” cannot be merged into itself."
    for speaker in (kept, merged):
        if speaker.merged_into_id:
            return f"“{speaker}” was merged into “{speaker.merged_into}” already."
    if kept.wikidata_id and merged.wikidata_id:
        return f"“{kept}” and “{merged}” have a Wikidata id each: they are two."
    return ""


def _describe_leftovers(merge: SpeakerMerge, put_back: Counter[str]) -> Iterable[str]:
    """What is not as it was before the merge, in sentences."""
    for what in _REASSIGNED_RELATIONS:
        gone = len(_moved_ids(merge, what)) - put_back[what]
        if gone == 1:
            yield f"1 {what} was given to somebody else or removed since, and stays so."
        elif gone:
            yield f"{gone} {what}s were given to somebody else or removed since, and stay so."
    if merge.moved["wikidata_id"] and merge.moved["wikidata_id"] != merge.kept.wikidata_id:
        now = merge.kept.wikidata_id or "none"
        yield f"The Wikidata id {merge.moved['wikidata_id']} was changed since (to {now}), and stays so."
    crossed = Quote.objects.filter(pk__in=merge.moved["quote"], speaker=merge.merged, claim__speaker=merge.kept)
    if n := crossed.count():
        yield f"{n} of the quotes make a claim of “{merge.kept}” since: look at them."
    reopened = Verification.history.filter(
        claim__in=merge.moved["claim"],
        history_change_reason=workflow.REOPENED_REASON,
        history_date__gte=merge.merged_at,
    )
    if n := reopened.values("id").distinct().count():
        verdicts = "1 verdict" if n == 1 else f"{n} verdicts"
        yield f"{verdicts} went back to review since the merge: approve anew, or send back."


def _moved_ids(merge: SpeakerMerge, what: str) -> list[int]:
    """The ids of what moved; merges of before drafts moved know of none."""
    ids: list[int] = merge.moved.get(what, [])
    return ids


def _reassign(rows: models.QuerySet[Any], column: str, *, to: Speaker, editor: User) -> list[int]:
    found = list(rows.select_for_update().order_by("pk"))
    for row in found:
        setattr(row, column, to)
    audit.update(found, [column], user=editor, reason=f"speaker is now {to}")
    return [row.pk for row in found]


def _transfer_wikidata_id(wikidata_id: str, *, giver: Speaker, taker: Speaker, editor: User, reason: str) -> None:
    """Store both speakers; a Wikidata id goes from one to the other, of whom only one can have it at a time."""
    if wikidata_id:
        giver.wikidata_id, taker.wikidata_id = "", wikidata_id
    for speaker in (giver, taker):
        audit.update([speaker], ["merged_into", "wikidata_id"], user=editor, reason=reason)


def _suggestions_for_pair(first: Speaker, second: Speaker) -> models.QuerySet[MergeSuggestion]:
    low, high = sorted([first.pk, second.pk])
    return MergeSuggestion.objects.filter(first=low, second=high)


def _set_suggestion_state(
    rows: models.QuerySet[MergeSuggestion], state: str, decided_by: int | None, *, editor: User, reason: str
) -> None:
    found = list(rows.select_for_update())
    for row in found:
        row.state, row.decided_by_id = state, decided_by
    audit.update(found, ["state", "decided_by"], user=editor, reason=reason)
