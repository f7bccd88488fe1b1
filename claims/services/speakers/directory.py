"""The directory of speakers: finds them by name, and adds new ones."""

from collections import defaultdict
from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Speaker, SpeakerKind, SpeakerName
from claims.models.name_keys import name_key
from claims.services.history import audit
from claims.services.speakers import merge_suggestions


class SpeakerDirectory:
    """Resolves the names in a document to speakers; a name without a bearer becomes a new speaker.

    `names` maps each name to the kind of its speaker; with `add=False` no speaker is added. The names of a merged
    speaker lead to the one that it was merged into.
    """

    def __init__(self, names: dict[str, SpeakerKind], *, editor: User | None, add: bool = True) -> None:
        self._bearers: defaultdict[str, dict[int, Speaker]] = defaultdict(dict)
        self._added: list[Speaker] = []
        self._look_up({name_key(name) for name in names})
        # Two spellings with one key ("X  Y", "x y") are one name: the first makes the speaker.
        missing = {
            name_key(name): (name, kind) for name, kind in reversed(names.items()) if not self._bearers[name_key(name)]
        }
        if add:
            self._add(list(reversed(missing.values())), editor=editor)

    def find(self, name: str) -> Speaker | None:
        """The speaker with this name; None if there are several or none."""
        bearers = list(self._bearers[name_key(name)].values())
        return bearers[0] if len(bearers) == 1 else None

    def has_name(self, speaker_id: int | None, name: str) -> bool:
        """Whether this speaker is one of those with the name."""
        return speaker_id in self._bearers[name_key(name)]

    def _look_up(self, keys: Collection[str]) -> None:
        rows = SpeakerName.objects.filter(key__in=keys, speaker__merged_into=None).select_related("speaker")
        for row in rows:
            self._bearers[row.key][row.speaker_id] = row.speaker

    def _add(self, missing: list[tuple[str, SpeakerKind]], *, editor: User | None) -> None:
        speakers = [Speaker(name=name, kind=kind) for name, kind in missing]
        speakers = audit.create(speakers, user=editor, reason="named in an article")
        names = [SpeakerName.build(speaker, speaker.name) for speaker in speakers]
        audit.create(names, user=editor, reason="main name")
        for speaker in speakers:
            self._bearers[name_key(speaker.name)][speaker.pk] = speaker
        self._added += speakers

    def suggest_merges(self) -> None:
        """Suggest merges of the added speakers; called once their quotes are stored, which are compared as well."""
        merge_suggestions.suggest_merges(self._added)


@transaction.atomic
def add_speaker(
    *, name: str, kind: SpeakerKind = SpeakerKind.PERSON, aliases: Collection[str] = (), editor: User | None
) -> Speaker:
    """Add a speaker with its names, and suggest merges with likely duplicates."""
    [speaker] = audit.create([Speaker(name=name, kind=kind)], user=editor, reason="added")
    names = {name_key(spelling): spelling for spelling in [*aliases, name]}
    rows = [SpeakerName.build(speaker, spelling) for spelling in names.values()]
    audit.create(rows, user=editor, reason="added")
    merge_suggestions.suggest_merges([speaker])
    return speaker


@transaction.atomic
def ensure_main_name(*, speaker: Speaker, editor: User | None) -> None:
    """Add the speaker's main name to its names if it is missing, as after a change of it."""
    if not speaker.names.filter(key=name_key(speaker.name)).exists():
        audit.create([SpeakerName.build(speaker, speaker.name)], user=editor, reason="main name")
        merge_suggestions.suggest_merges([speaker])
