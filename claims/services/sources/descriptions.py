"""What editors say of a source or a speaker: each time one operation, which can be undone."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import Position, Source, Speaker, SpeakerKind, SpeakerName, name_keys
from claims.services.history import audit
from claims.services.speakers import directory, merge_suggestions

MAX_FIELDS_IN_SUMMARY = 5  # fields in a summary
_POSITION_FIELDS = ["title", "organization", "held_from", "held_to"]


def create_described_speaker(*, speaker: Speaker, editor: User) -> Speaker:
    """Store a speaker that is not stored yet, as it is described, under its main name."""
    with audit.operation(verb="introduce", summary=f"Added the speaker “{speaker}”", editor=editor):
        made = directory.add_speaker(name=speaker.name, kind=SpeakerKind(speaker.kind), editor=editor)
        made.description, made.wikidata_id = speaker.description, speaker.wikidata_id
        if made.description or made.wikidata_id:
            audit.update([made], ["description", "wikidata_id"], user=editor, reason="described")
    return made


def update_description(*, row: Source | Speaker, fields: Sequence[str], editor: User) -> None:
    """Store these fields of the row as they are set on it."""
    if not fields:
        return
    columns = {field.name: str(field.verbose_name) for field in type(row)._meta.concrete_fields}  # public by its docs
    named = ", ".join(columns[name] for name in fields[:MAX_FIELDS_IN_SUMMARY])
    summary = f"Changed of “{str(row)[:150]}”: {named}"
    with audit.operation(verb="describe", summary=summary, editor=editor):
        audit.update([row], list(fields), user=editor, reason="described")


def update_names_and_positions(
    *,
    speaker: Speaker,
    kept: Sequence[SpeakerName | Position],
    gone: Sequence[SpeakerName | Position],
    editor: User,
) -> None:
    """Store names and positions of a speaker, new ones and changed ones, and take away those that are `gone`.

    Whatever was done to the names, the main one is among them; what is known now may suggest a merge.
    """
    with audit.operation(verb="describe", summary=f"Changed names or positions of “{speaker}”", editor=editor):
        main = name_keys.name_key(speaker.name)
        for row in gone:
            if not (isinstance(row, SpeakerName) and row.key == main):
                audit.delete(row, user=editor, reason="removed")
        for model, fields in ((SpeakerName, ["name", "key", "family_key"]), (Position, _POSITION_FIELDS)):
            rows = [row for row in kept if isinstance(row, model)]
            for row in rows:
                if isinstance(row, SpeakerName):  # computed where a row is saved by itself
                    row.key, row.family_key = name_keys.name_key(row.name), name_keys.family_key(row.name)
            new, known = [row for row in rows if row.pk is None], [row for row in rows if row.pk is not None]
            audit.create(new, user=editor, reason="added")
            audit.update(known, fields, user=editor, reason="changed")
        directory.ensure_main_name(speaker=speaker, editor=editor)
        if kept or gone:
            merge_suggestions.suggest_merges([speaker])
