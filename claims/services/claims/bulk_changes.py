"""Changes many claims or quotes as one operation, which one undo reverts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, OperationVerb, Quote, Speaker
from claims.services.claims.corrections import Note, public_change
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes import speaker_assignment
from claims.services.quotes.claim_links import refuse_unavailable_claim


class PublicationChange(StrEnum):
    RELEASE = "release"
    RETRACT = "retract"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkChanges:
    """The changes to each claim; `fields` maps "speaker" and "said_on", where they change, to their new values."""

    fields: dict[str, object] = field(default_factory=dict)
    add_topics: frozenset[int] = frozenset()
    remove_topics: frozenset[int] = frozenset()
    publication: PublicationChange | None = None

    def __str__(self) -> str:
        names = [name.replace("_", " ") for name in self.fields]
        if self.add_topics or self.remove_topics:
            names.append("topics")
        if self.publication:
            names.append(self.publication)
        return ", ".join(names)


@dataclass(frozen=True, slots=True)
class BulkResult:
    """How many rows changed, how many had the wanted values already, and the refused ones with the reason."""

    changed: int
    unchanged: int
    refused: tuple[tuple[Claim | Quote, str], ...]


def bulk_change_claims(*, claims: Collection[int], changes: BulkChanges, editor: User, note: Note = None) -> BulkResult:
    """Apply the `changes` to the claims with these ids, except to those that a rule refuses.

    Raises PublicNoteRequiredError, with all claims concerned, if the change is public and there is no `note`.
    """
    with (
        audit.operation(verb=OperationVerb.BULK_CHANGE, editor=editor) as journal,
        public_change(editor=editor, note=note, claims=claims),
    ):
        rows = list(Claim.objects.filter(pk__in=claims).order_by("pk").prefetch_related("topics"))
        public_ids = set(Claim.objects.released().filter(pk__in=claims).values_list("pk", flat=True))
        quoted_ids = set(Quote.objects.accepted().filter(claim__in=claims).values_list("claim", flat=True))
        refused: list[tuple[Claim | Quote, str]] = []
        changed: list[Claim] = []
        new_topics: dict[int, Collection[int]] = {}
        for claim in rows:
            try:
                changed_fields = _apply_changes(
                    claim, changes, is_public=claim.pk in public_ids, has_quote=claim.pk in quoted_ids
                )
            except RefusedError as refusal:
                refused.append((claim, str(refusal)))
                continue
            topics = {topic.pk for topic in claim.topics.all()}
            wanted_topics = (topics | changes.add_topics) - changes.remove_topics
            if wanted_topics != topics:
                new_topics[claim.pk] = wanted_topics
            if changed_fields:
                changed.append(claim)
        audit.update(changed, ["speaker", "said_on", "released_at", "retracted_at"], user=editor, reason="bulk change")
        retagged = [claim for claim in rows if claim.pk in new_topics]
        audit.set_topics(retagged, new_topics, user=editor, reason="bulk change of topics")
        count = len({claim.pk for claim in [*changed, *retagged]})
        journal.summary = f"{count} claim{'' if count == 1 else 's'} changed: {changes}"
    return BulkResult(count, len(rows) - count - len(refused), tuple(refused))


def bulk_set_speaker(*, quotes: Collection[int], speaker: Speaker, editor: User, note: Note = None) -> BulkResult:
    """Set the speaker of the quotes with these ids (see `set_speaker`), except where a rule refuses it."""
    with (
        audit.operation(verb=OperationVerb.BULK_CHANGE, editor=editor) as journal,
        public_change(editor=editor, note=note) as change,
    ):
        rows = list(Quote.objects.filter(pk__in=quotes).order_by("pk"))
        refused: list[tuple[Claim | Quote, str]] = []
        changed = 0
        for quote in rows:
            if quote.speaker_id == speaker.pk:
                continue
            try:
                speaker_assignment.set_speaker_within(change, quote=quote, speaker=speaker, editor=editor)
            except RefusedError as refusal:
                refused.append((quote, str(refusal)))
                continue
            changed += 1
        journal.summary = f"Speaker of {changed} quote{'' if changed == 1 else 's'} set to {speaker}"
    return BulkResult(changed, len(rows) - changed - len(refused), tuple(refused))


def _apply_changes(claim: Claim, changes: BulkChanges, *, is_public: bool, has_quote: bool) -> Sequence[str]:
    """Set the fields on the claim and return the names of those that changed. Raises RefusedError."""
    refuse_unavailable_claim(claim)
    values = dict(changes.fields)
    match changes.publication:
        case PublicationChange.RELEASE:
            if not has_quote:
                raise RefusedError("no accepted quote, so nothing to publish")
            if claim.wording_confirmed_at is None:
                raise RefusedError("its wording is a proposal: release it in “Claims to release”")
            if not is_public:
                values["released_at"] = timezone.now()
        case PublicationChange.RETRACT:
            if not is_public:
                raise RefusedError("not public, so nothing to retract")
            values["retracted_at"] = timezone.now()
    changed_fields = [name for name, value in values.items() if getattr(claim, name) != value]
    for name in changed_fields:
        setattr(claim, name, values[name])
    return changed_fields
