"""Assigns the speaker of a quote on the review screen: an existing speaker, or a new one."""

from django.contrib.auth.models import User

from claims.models import Position, Quote, Speaker, SpeakerKind, SpeakerName
from claims.models.name_keys import MAX_NAME_KEY_LENGTH, name_key
from claims.services.claims.corrections import PublicNote
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import refuse_if_changed
from claims.services.locks import lock_speakers
from claims.services.quotes import review_lock
from claims.services.speakers import directory

UNIQUELY_NAMED_KINDS = (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)


def assign_speaker(
    *,
    quote: Quote,
    speaker: Speaker,
    editor: User,
    seen: int | None = None,
    note: PublicNote | None = None,
    take_over: bool = False,
) -> None:
    """Set the speaker (see `set_speaker`) of the quote in its version `seen`."""
    with audit.operation(verb="set speaker", summary=f"Speaker set to {speaker}", editor=editor):
        row = Quote.objects.select_for_update().get(pk=quote.pk)
        refuse_if_changed(row=row, seen=seen)
        review_lock.refuse_if_locked([row.pk], editor=editor, take_over=take_over)
        if row.speaker_id == speaker.pk:
            raise RefusedError(f"The speaker is already {speaker}.")
        directory.set_speaker(quote=row, speaker=speaker, editor=editor, note=note)


def assign_new_speaker(
    *,
    quote: Quote,
    name: str,
    kind: SpeakerKind,
    position: str = "",
    editor: User,
    namesake: bool = False,
    seen: int | None = None,
    note: PublicNote | None = None,
    take_over: bool = False,
) -> Speaker:
    """Add a speaker with this name and position, and set it as the quote's speaker.

    Groups and unnamed sources ("officials") may share a name with others. Raises RefusedError without a name, and if a
    person or organization has this name already, unless the new one is a `namesake`.
    """
    name = " ".join(name.split())
    if not name_key(name) or len(name) > MAX_NAME_KEY_LENGTH:
        raise RefusedError(f"The name must have 1 to {MAX_NAME_KEY_LENGTH} characters.")
    with audit.operation(verb="new speaker", summary=f"New speaker: {name}", editor=editor):
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
