"""Who is quoted, as an editor says on the review screen: somebody known, or somebody new."""

from django.contrib.auth.models import User

from claims.models import Position, Quote, Speaker, SpeakerKind, SpeakerName
from claims.models.names import MAX_LENGTH, key
from claims.services import hold, record, resolve
from claims.services.correct import Note
from claims.services.refusal import RefusedError
from claims.services.turn import wait_for_turn
from claims.services.version import refuse_if_changed

NAMED = (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)


def choose_speaker(  # noqa: PLR0913  # what, who, as seen in which version, and what readers are told of it
    *,
    quote: Quote,
    speaker: Speaker,
    editor: User,
    seen: int | None = None,
    note: Note | None = None,
    take_over: bool = False,
) -> None:
    """Say who is quoted, as `set_speaker` does, of a quote that is as it was in its version `seen`."""
    with record.operation(verb="set speaker", summary=f"Speaker set to {speaker}", editor=editor):
        row = Quote.objects.select_for_update().get(pk=quote.pk)
        refuse_if_changed(row=row, seen=seen)
        hold.refuse_if_held([row.pk], editor=editor, take_over=take_over)
        if row.speaker_id == speaker.pk:
            raise RefusedError(f"{speaker} is its speaker already.")
        resolve.set_speaker(quote=row, speaker=speaker, editor=editor, note=note)


def name_speaker(  # noqa: PLR0913  # as above, and who is new
    *,
    quote: Quote,
    name: str,
    kind: SpeakerKind,
    position: str = "",
    editor: User,
    namesake: bool = False,
    seen: int | None = None,
    note: Note | None = None,
    take_over: bool = False,
) -> Speaker:
    """Say that somebody new is quoted, who then is a speaker with this name and position.

    "Officials" and "a source" are nobody else's: they may be new in every article. Raises RefusedError without a name,
    and for the name of a person or organization that is known, unless this is a `namesake`.
    """
    name = " ".join(name.split())
    if not key(name) or len(name) > MAX_LENGTH:
        raise RefusedError(f"A new speaker has a name of 1 to {MAX_LENGTH} characters.")
    with record.operation(verb="new speaker", summary=f"New speaker: {name}", editor=editor):
        wait_for_turn()
        known = SpeakerName.objects.filter(key=key(name), speaker__merged_into=None).select_related("speaker").first()
        if known and kind in NAMED and not namesake:
            raise RefusedError(f"{known.speaker} is known already: choose them, or say that this is a namesake.")
        speaker = resolve.add_speaker(name=name, kind=kind, editor=editor)
        if position:
            record.create([Position(speaker=speaker, title=position[:300])], user=editor, reason="as the text says")
        choose_speaker(quote=quote, speaker=speaker, editor=editor, seen=seen, note=note, take_over=take_over)
    return speaker
