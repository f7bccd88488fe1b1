"""Two speakers that are one: suggested by likeness of their names, made one by an editor, made two again exactly."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from claims.models import (
    Claim,
    MergeSuggestion,
    Position,
    Quote,
    Speaker,
    SpeakerMerge,
    SpeakerName,
    SuggestionState,
)
from claims.search.likeness import likeness
from claims.services import record, verify
from claims.services.refusal import RefusedError
from claims.services.turn import wait_for_turn

MOST_CANDIDATES = 200  # of one family name: beyond it, suggestions would be noise and the comparison slow
MOST_COMPARISONS = 10_000  # of names in one call, which holds the write lock: about a second
_MOVED: dict[str, models.Manager[Any]] = {
    "quote": Quote.objects,
    "claim": Claim.objects,
    "position": Position.objects,
    "name": SpeakerName.objects,
}


def suggest(speakers: Sequence[Speaker]) -> None:
    """Suggest to merge each of `speakers` with those whose names look like spellings of theirs.

    Two Wikidata ids are two entities, whatever their names. At most MOST_COMPARISONS pairs of names are compared, the
    rarest last names first: what is left out is the noise of the commonest.
    """
    new = {speaker.pk for speaker in speakers}
    families = SpeakerName.objects.filter(speaker__in=new).values("family_key")
    by_family: defaultdict[str, list[SpeakerName]] = defaultdict(list)
    rows = SpeakerName.objects.filter(family_key__in=families, speaker__merged_into=None).select_related("speaker")
    for row in rows.order_by("id"):
        by_family[row.family_key].append(row)
    pairs = (
        (ours, theirs)
        for family in sorted(by_family.values(), key=len)
        for ours in (row for row in family if row.speaker_id in new)
        for theirs in family[:MOST_CANDIDATES]
        if ours.speaker_id != theirs.speaker_id
        and not (theirs.speaker_id in new and theirs.pk > ours.pk)  # two new ones are compared once
        and not _are_two(ours.speaker, theirs.speaker)
    )
    best: dict[tuple[int, int], tuple[float, str]] = {}
    for ours, theirs in islice(pairs, MOST_COMPARISONS):
        pair = (min(ours.speaker_id, theirs.speaker_id), max(ours.speaker_id, theirs.speaker_id))
        best[pair] = max(best.get(pair, (0.0, "")), likeness(ours.name, theirs.name))
    MergeSuggestion.objects.bulk_create(
        [
            MergeSuggestion(first_id=first, second_id=second, score=score, reason=reason)
            for (first, second), (score, reason) in best.items()
            if score > 0
        ],
        ignore_conflicts=True,  # suggested before, and perhaps decided
    )


def _are_two(first: Speaker, second: Speaker) -> bool:
    return bool(first.kind != second.kind or (first.wikidata_id and second.wikidata_id))


@transaction.atomic
def merge_speakers(*, kept: Speaker, merged: Speaker, editor: User) -> SpeakerMerge:
    """Let `kept` speak for both: quotes, claims, positions, names and a Wikidata id move, `merged` becomes a redirect.

    Raises RefusedError for a speaker and itself, one merged already, and two with a Wikidata id each.
    """
    wait_for_turn()
    both = {
        row.pk: row for row in Speaker.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    }
    kept, merged = both[kept.pk], both[merged.pk]
    if kept.pk == merged.pk:
        raise RefusedError(f"“{kept}” cannot be merged into itself.")
    for speaker in (kept, merged):
        if speaker.merged_into_id:
            raise RefusedError(f"“{speaker}” was merged into “{speaker.merged_into}” already.")
    if kept.wikidata_id and merged.wikidata_id:
        raise RefusedError(f"“{kept}” and “{merged}” have a Wikidata id each: they are two.")
    moved: dict[str, Any] = {}
    known = kept.names.values("key")  # a name that both bear stays where it is
    for what, rows in _MOVED.items():
        own = rows.filter(speaker=merged)
        moved[what] = _move(own.exclude(key__in=known) if what == "name" else own, to=kept, editor=editor)
    moved["wikidata_id"] = merged.wikidata_id
    merged.merged_into = kept
    _hand_over(merged.wikidata_id, giver=merged, taker=kept, editor=editor, reason=f"{merged} merged into {kept}")
    suggestion = _suggestions(kept, merged)
    moved["suggestion"] = list(suggestion.values_list("state", "decided_by"))
    suggestion.update(state=SuggestionState.MERGED, decided_by=editor)
    verify.reopen_changed(claims=list(Claim.objects.filter(pk__in=moved["claim"])), editor=editor)
    return SpeakerMerge.objects.create(kept=kept, merged=merged, moved=moved, merged_by=editor)


@transaction.atomic
def undo_merge(*, merge: SpeakerMerge, editor: User) -> None:
    """Make two of them again: what moved and is still there moves back.

    Raises RefusedError if it was undone before, or if the kept one has been merged on: that merge is undone first.
    """
    wait_for_turn()
    merge = SpeakerMerge.objects.select_for_update().select_related("kept", "merged").get(pk=merge.pk)
    if merge.undone_at:
        raise RefusedError("This merge was undone already.")
    if merge.kept.merged_into_id:
        raise RefusedError(f"“{merge.kept}” was merged into “{merge.kept.merged_into}” since: undo that merge first.")
    for what, rows in _MOVED.items():
        _move(rows.filter(pk__in=merge.moved[what], speaker=merge.kept), to=merge.merged, editor=editor)
    wikidata_id = merge.moved["wikidata_id"] if merge.moved["wikidata_id"] == merge.kept.wikidata_id else ""
    merge.merged.merged_into = None
    reason = f"merge of {merge.merged} into {merge.kept} undone"
    _hand_over(wikidata_id, giver=merge.kept, taker=merge.merged, editor=editor, reason=reason)
    for state, decided_by in merge.moved["suggestion"]:
        _suggestions(merge.kept, merge.merged).update(state=state, decided_by=decided_by)
    verify.reopen_changed(claims=list(Claim.objects.filter(pk__in=merge.moved["claim"])), editor=editor)
    merge.undone_by, merge.undone_at = editor, timezone.now()
    merge.save(update_fields=["undone_by", "undone_at"])


@transaction.atomic
def dismiss_suggestion(*, suggestion: MergeSuggestion, editor: User) -> None:
    """Note that the two are not the same; the pair is not suggested again.

    Raises RefusedError if they were merged: that merge is undone first.
    """
    suggestion = MergeSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    if suggestion.state == SuggestionState.MERGED:
        raise RefusedError(f"“{suggestion}” were merged: undo the merge first.")
    suggestion.state, suggestion.decided_by = SuggestionState.DISMISSED, editor
    suggestion.save(update_fields=["state", "decided_by"])


def _move(rows: models.QuerySet[Any], *, to: Speaker, editor: User) -> list[int]:
    found = list(rows.select_for_update().order_by("pk"))
    for row in found:
        row.speaker = to
    record.update(found, ["speaker"], user=editor, reason=f"speaker is now {to}")
    return [row.pk for row in found]


def _hand_over(wikidata_id: str, *, giver: Speaker, taker: Speaker, editor: User, reason: str) -> None:
    """Store both speakers; a Wikidata id goes from one to the other, of whom only one can have it at a time."""
    if wikidata_id:
        giver.wikidata_id, taker.wikidata_id = "", wikidata_id
    for speaker in (giver, taker):
        record.update([speaker], ["merged_into", "wikidata_id"], user=editor, reason=reason)


def _suggestions(first: Speaker, second: Speaker) -> models.QuerySet[MergeSuggestion]:
    low, high = sorted([first.pk, second.pk])
    return MergeSuggestion.objects.filter(first=low, second=high)
