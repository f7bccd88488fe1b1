"""Who is quoted, as an editor says on the review screen: somebody known, or somebody new."""

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


def assign_speaker(  # noqa: PLR0913  # what, who, as seen in which version, and what readers are told of it
    *,
    quote: Quote,
    speaker: Speaker,
    editor: User,
    seen: int | None = None,
    note: PublicNote | None = None,
    take_over: bool = False,
) -> None:
    """Say who is quoted, as `set_speaker` does, of a quote that is as it was in its version `seen`."""
    with audit.operation(verb="set speaker", summary=f"Speaker set to {speaker}", editor=editor):
        row = Quote.objects.select_for_update().get(pk=quote.pk)
        refuse_if_changed(row=row, seen=seen)
        review_lock.refuse_if_locked([row.pk], editor=editor, take_over=take_over)
        if row.speaker_id == speaker.pk:
            raise RefusedError(f"{speaker} is its speaker already.")
        directory.set_speaker(quote=row, speaker=speaker, editor=editor, note=note)


def assign_new_speaker(  # noqa: PLR0913  # as above, and who is new
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
    """Say that somebody new is quoted, who then is a speaker with this name and position.

    "Officials" and "a source" are nobody else's: they may be new in every article. Raises RefusedError without a name,
    and for the name of a person or organization that is known, unless this is a `namesake`.
    """
    name = " ".join(name.split())
    if not name_key(name) or len(name) > MAX_NAME_KEY_LENGTH:
        raise RefusedError(f"A new speaker has a name of 1 to {MAX_NAME_KEY_LENGTH} characters.")
    with audit.operation(verb="new speaker", summary=f"New speaker: {name}", editor=editor):
        lock_speakers()
        known = (
            SpeakerName.objects.filter(key=name_key(name), speaker__merged_into=None).select_related("speaker").first()
        )
        if known and kind in UNIQUELY_NAMED_KINDS and not namesake:
            raise RefusedError(f"{known.speaker} is known already: choose them, or say that this is a namesake.")
        speaker = directory.add_speaker(name=name, kind=kind, editor=editor)
        if position:
            audit.create([Position(speaker=speaker, title=position[:300])], user=editor, reason="as the text says")
        assign_speaker(quote=quote, speaker=speaker, editor=editor, seen=seen, note=note, take_over=take_over)
    return speaker
