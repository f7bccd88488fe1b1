"""Sets the speaker of a quote: an existing speaker, or a new one."""

from django.contrib.auth.models import User

from claims.models import (
    SET_BY_EDITOR,
    Claim,
    HistoryCause,
    OperationVerb,
    Position,
    Quote,
    QuoteDecision,
    Speaker,
    SpeakerKind,
    SpeakerName,
)
from claims.models.name_keys import MAX_NAME_KEY_LENGTH, name_key
from claims.services.claims.claim_proposals import propose_claims
from claims.services.claims.corrections import Note, PublicChange, public_change
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import refuse_if_changed
from claims.services.locks import lock_speakers
from claims.services.quotes import review_lock
from claims.services.speakers import directory

UNIQUELY_NAMED_KINDS = (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)


def set_speaker(
    *,
    quote: Quote,
    speaker: Speaker,
    editor: User,
    note: Note = None,
    reason: str = "",
    cause: HistoryCause = HistoryCause.SPEAKER_SET,
) -> None:
    """Set the speaker of a quote, and of its claim if no other quote makes that.

    If other quotes make the claim, it keeps its speaker; a quote that had the same speaker then moves to a claim of its
    own speaker. Raises RefusedError for a merged speaker, and for an accepted quote that would leave a claim under
    embargo or retracted, which would make it public; PublicNoteRequiredError if the change is public and there is no
    `note`.
    """
    with (
        audit.operation(verb=OperationVerb.SET_SPEAKER, summary=f"Speaker set to {speaker}", editor=editor),
        public_change(editor=editor, note=note) as change,
    ):
        set_speaker_within(change, quote=quote, speaker=speaker, editor=editor, reason=reason, cause=cause)


def set_speaker_within(
    change: PublicChange,
    *,
    quote: Quote,
    speaker: Speaker,
    editor: User,
    reason: str = "",
    cause: HistoryCause = HistoryCause.SPEAKER_SET,
) -> None:
    """Set the speaker as `set_speaker` does, as a part of this open change."""
    speaker = Speaker.objects.select_for_update().get(pk=speaker.pk)
    if speaker.merged_into_id:
        raise RefusedError(f"“{speaker}” was merged into “{speaker.merged_into}”. Choose that speaker.")
    quote = Quote.objects.select_for_update().get(pk=quote.pk)
    if quote.speaker_id == speaker.pk:
        return
    former_speaker, quote.speaker, quote.speaker_confidence = quote.speaker_id, speaker, SET_BY_EDITOR
    claim = Claim.objects.select_for_update().get(pk=quote.claim_id) if quote.claim_id else None
    is_shared = claim and claim.quotes.exclude(pk=quote.pk).exclude(decision=QuoteDecision.REJECTED).exists()
    change.track([quote.claim_id], quotes=[quote.pk])
    if claim and not is_shared:
        claim.speaker = speaker
    elif claim and former_speaker is not None and former_speaker == claim.speaker_id:
        _move_to_claim_of_speaker(quote, claim, editor, change)
    audit.update([quote], ["speaker", "speaker_confidence", "claim"], user=editor, reason=reason, cause=cause)
    if claim:
        audit.update([claim], ["speaker"], user=editor, reason="speaker of its quote set")


def _move_to_claim_of_speaker(quote: Quote, claim: Claim, editor: User, change: PublicChange) -> None:
    """Link the quote to a claim of its own speaker."""
    if quote.decision == QuoteDecision.ACCEPTED and claim.hides_quotes:
        raise RefusedError(
            f"“{claim}” is not public, and its quote would become public elsewhere. Reset the quote to pending first."
        )
    quote.claim = None
    [new_claim] = propose_claims([quote], editor=editor)
    change.track([new_claim.pk])


def assign_speaker(
    *,
    quote: Quote,
    speaker: Speaker,
    editor: User,
    seen: int | None = None,
    note: Note = None,
    take_over: bool = False,
) -> None:
    """Set the speaker from the review screen: in version `seen` of the quote, unless a colleague is reviewing it."""
    with audit.operation(verb=OperationVerb.SET_SPEAKER, summary=f"Speaker set to {speaker}", editor=editor):
        row = Quote.objects.select_for_update().get(pk=quote.pk)
        refuse_if_changed(row=row, seen=seen)
        review_lock.refuse_if_locked([row.pk], editor=editor, take_over=take_over)
        if row.speaker_id == speaker.pk:
            raise RefusedError(f"The speaker is already {speaker}.")
        set_speaker(quote=row, speaker=speaker, editor=editor, note=note)


def assign_new_speaker(
    *,
    quote: Quote,
    name: str,
    kind: SpeakerKind,
    position: str = "",
    editor: User,
    namesake: bool = False,
    seen: int | None = None,
    note: Note = None,
    take_over: bool = False,
) -> Speaker:
    """Add a speaker with this name and position, and set it as the quote's speaker.

    Groups and unnamed sources ("officials") may share a name with others. Raises RefusedError without a name, and if a
    person or organization has this name already, unless the new one is a `namesake`.
    """
    name = " ".join(name.split())
    if not name_key(name) or len(name) > MAX_NAME_KEY_LENGTH:
        raise RefusedError(f"The name must have 1 to {MAX_NAME_KEY_LENGTH} characters.")
    with audit.operation(verb=OperationVerb.NEW_SPEAKER, summary=f"New speaker: {name}", editor=editor):
        lock_speakers()
        existing = (
            SpeakerName.objects.filter(key=name_key(name), speaker__merged_into=None).select_related("speaker").first()
        )
        if existing and kind in UNIQUELY_NAMED_KINDS and not namesake:
            raise RefusedError(
                f"{existing.speaker} already exists: choose that speaker, or say that this is a different person."
            )
        speaker = directory.add_speaker(name=name, kind=kind, editor=editor)
        if position:
            audit.create([Position(speaker=speaker, title=position[:300])], user=editor, reason="as the text says")
        assign_speaker(quote=quote, speaker=speaker, editor=editor, seen=seen, note=note, take_over=take_over)
    return speaker
