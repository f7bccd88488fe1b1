"""Many rows changed in one stroke: only what was asked for is touched, with history, and one undo takes it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Quote, Speaker
from claims.services.claims.corrections import PublicNote, public_change
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.claim_links import refuse_unavailable_claim
from claims.services.speakers import directory


class PublicationChange(StrEnum):
    """What is done to the claims' publication."""

    RELEASE = "release"
    RETRACT = "retract"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkChanges:
    """What to change of each claim: `fields` maps those of "speaker" and "said_on" that are touched to their values."""

    fields: dict[str, Any] = field(default_factory=dict)
    add_topics: frozenset[int] = frozenset()
    remove_topics: frozenset[int] = frozenset()
    publication: PublicationChange | None = None


@dataclass(frozen=True, slots=True)
class BulkResult:
    """How many rows were changed, how many stood so already, and which could not be, with the reason of each."""

    changed: int
    unchanged: int
    refused: tuple[tuple[Claim | Quote, str], ...]


def bulk_change_claims(
    *, claims: Collection[int], changes: BulkChanges, editor: User, note: PublicNote | None = None
) -> BulkResult:
    """Make the `changes` to each of the claims with these ids; those that cannot be are named, the others changed.

    Raises NoteNeededError for all of those at once that readers would see changed, if there is no `note`.
    """
    with (
        audit.operation(verb="bulk change", summary="", editor=editor) as operation,
        public_change(editor=editor, note=note, claims=claims),
    ):
        rows = list(Claim.objects.filter(pk__in=claims).order_by("pk").prefetch_related("topics"))
        released = set(Claim.objects.released().filter(pk__in=claims).values_list("pk", flat=True))
        accepted = set(Quote.objects.accepted().filter(claim__in=claims).values_list("claim", flat=True))
        refused: list[tuple[Claim | Quote, str]] = []
        changed: list[Claim] = []
        topics: dict[int, Collection[int]] = {}
        for row in rows:
            try:
                fields = _apply_changes(row, changes, is_released=row.pk in released, has_quote=row.pk in accepted)
            except RefusedError as refusal:
                refused.append((row, str(refusal)))
                continue
            own = {topic.pk for topic in row.topics.all()}
            wanted = (own | changes.add_topics) - changes.remove_topics
            if wanted != own:
                topics[row.pk] = wanted
            if fields:
                changed.append(row)
        audit.update(changed, ["speaker", "said_on", "released_at", "retracted_at"], user=editor, reason="bulk change")
        regrouped = [row for row in rows if row.pk in topics]
        audit.set_topics(regrouped, topics, user=editor, reason="bulk change of topics")
        count = len({row.pk for row in [*changed, *regrouped]})
        operation.summary = f"{count} claim{'' if count == 1 else 's'} changed: {_describe_changes(changes)}"
    return BulkResult(count, len(rows) - count - len(refused), tuple(refused))


def bulk_set_speaker(
    *, quotes: Collection[int], speaker: Speaker, editor: User, note: PublicNote | None = None
) -> BulkResult:
    """Say of each of the quotes with these ids that `speaker` is quoted: `resolve.set_speaker`, for all."""
    with (
        audit.operation(verb="bulk change", summary="", editor=editor) as operation,
        public_change(editor=editor, note=note),
    ):
        rows = list(Quote.objects.filter(pk__in=quotes).order_by("pk"))
        refused: list[tuple[Claim | Quote, str]] = []
        changed = 0
        for row in rows:
            if row.speaker_id == speaker.pk:
                continue
            try:
                directory.set_speaker(quote=row, speaker=speaker, editor=editor)
            except RefusedError as refusal:
                refused.append((row, str(refusal)))
                continue
            changed += 1
        operation.summary = f"Speaker of {changed} quote{'' if changed == 1 else 's'} set to {speaker}"
    return BulkResult(changed, len(rows) - changed - len(refused), tuple(refused))


def _apply_changes(row: Claim, changes: BulkChanges, *, is_released: bool, has_quote: bool) -> Sequence[str]:
    """Set what is to be changed of the row, and return what was. Raises RefusedError for what cannot be."""
    refuse_unavailable_claim(row)
    wanted = dict(changes.fields)
    match changes.publication:
        case PublicationChange.RELEASE:
            if not has_quote:
                raise RefusedError("it has no accepted quote: readers would see nothing")
            if not is_released:
                wanted["released_at"] = timezone.now()
        case PublicationChange.RETRACT:
            if not is_released:
                raise RefusedError("readers do not see it: there is nothing to retract")
            wanted["retracted_at"] = timezone.now()
    touched = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in touched:
        setattr(row, name, wanted[name])
    return touched


def _describe_changes(changes: BulkChanges) -> str:
    words = [name.replace("_", " ") for name in changes.fields]
    words += ["topics"] if changes.add_topics or changes.remove_topics else []
    return ", ".join([*words, *([changes.publication] if changes.publication else [])])
