"""Adds speakers by hand, and edits a speaker's names and positions."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import OperationVerb, Position, Speaker, SpeakerKind, SpeakerName
from claims.models.name_keys import family_key, name_key
from claims.services.history import audit
from claims.services.speakers import directory, merge_suggestions

_POSITION_FIELDS = ["title", "organization", "held_from", "held_to"]


def create_described_speaker(*, speaker: Speaker, editor: User) -> Speaker:
    """Insert this unsaved speaker with its main name, description and Wikidata id."""
    with audit.operation(verb=OperationVerb.INTRODUCE, summary=f"Added the speaker “{speaker}”", editor=editor):
        created = directory.add_speaker(name=speaker.name, kind=SpeakerKind(speaker.kind), editor=editor)
        created.description, created.wikidata_id = speaker.description, speaker.wikidata_id
        if created.description or created.wikidata_id:
            audit.update([created], ["description", "wikidata_id"], user=editor, reason="described")
    return created


def update_names_and_positions(
    *,
    speaker: Speaker,
    saved: Sequence[SpeakerName | Position],
    deleted: Sequence[SpeakerName | Position],
    editor: User,
) -> None:
    """Store new and changed names and positions of a speaker, and delete others.

    The main name always stays. The new data may suggest merges with other speakers.
    """
    with audit.operation(
        verb=OperationVerb.DESCRIBE, summary=f"Changed names or positions of “{speaker}”", editor=editor
    ):
        main_key = name_key(speaker.name)
        for row in deleted:
            if not (isinstance(row, SpeakerName) and row.key == main_key):
                audit.delete(row, user=editor, reason="removed")
        names = [row for row in saved if isinstance(row, SpeakerName)]
        for name in names:  # bulk writes bypass SpeakerName.save()
            name.key, name.family_key = name_key(name.name), family_key(name.name)
        positions = [row for row in saved if isinstance(row, Position)]
        _store_rows(names, ["name", "key", "family_key"], editor)
        _store_rows(positions, _POSITION_FIELDS, editor)
        directory.ensure_main_name(speaker=speaker, editor=editor)
        if saved or deleted:
            merge_suggestions.suggest_merges([speaker])


def _store_rows(rows: Sequence[SpeakerName] | Sequence[Position], fields: list[str], editor: User) -> None:
    new, existing = [row for row in rows if row.pk is None], [row for row in rows if row.pk is not None]
    audit.create(new, user=editor, reason="added")
    audit.update(existing, fields, user=editor, reason="changed")
