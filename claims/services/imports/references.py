"""References in imported rows: ids, and speakers by id or name."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from claims.models import Speaker, SpeakerName
from claims.models.name_keys import name_key
from claims.services.errors import RefusedError
from claims.services.imports.row_outcomes import truncate_cell
from claims.services.imports.spreadsheet import SheetRow

_MAX_ID_DIGITS = 18  # of which every number fits the column of an id


def is_row_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MAX_ID_DIGITS


def parse_row_id(text: str, column: str) -> int | None:
    """The id in a stripped cell; None for an empty one. Raises RefusedError for anything else."""
    if not text:
        return None
    if not is_row_id(text):
        raise RefusedError(f"“{truncate_cell(text)}” is not a valid {column}.")
    return int(text)


def collect_row_ids(rows: Iterable[SheetRow], column: str) -> set[int]:
    """All valid ids in a column."""
    return {int(text) for row in rows if is_row_id(text := row.get(column))}


def find_repeated_ids(rows: Iterable[SheetRow], column: str) -> set[str]:
    """The ids that appear in several rows, without leading zeros."""
    counts = Counter(row.get(column).lstrip("0") for row in rows)
    return {pk for pk, count in counts.items() if pk and count > 1}


class SpeakerLookup:
    """Loads all speakers that the cells `speaker_id` and `speaker` of these rows refer to, and resolves them."""

    def __init__(self, rows: Iterable[SheetRow]) -> None:
        cells = [row.get(column) for row in rows for column in ("speaker_id", "speaker")]
        self._by_id = Speaker.objects.select_related("merged_into").in_bulk(
            {int(text) for text in cells if is_row_id(text)}
        )
        names = SpeakerName.objects.filter(
            key__in={name_key(text) for text in cells if text}, speaker__merged_into=None
        )
        self._by_name: defaultdict[str, dict[int, Speaker]] = defaultdict(dict)
        for name in names.select_related("speaker"):
            self._by_name[name.key][name.speaker_id] = name.speaker

    @property
    def speaker_ids(self) -> set[int]:
        return set(self._by_id) | {pk for speakers in self._by_name.values() for pk in speakers}

    def resolve(self, row: SheetRow) -> Speaker | None:
        """The speaker that the row names by id, by name or by both; None if both cells are empty.

        Raises RefusedError for an unknown, ambiguous or merged speaker, and if id and name do not agree.
        """
        name = row.get("speaker")
        pk = parse_row_id(row.get("speaker_id"), "speaker_id")
        if pk is None and name.isascii() and name.isdigit():
            pk, name = parse_row_id(name, "speaker"), ""
        if pk is None:
            return self._resolve_name(name) if name else None
        speaker = self._by_id.get(pk)
        if speaker is None:
            raise RefusedError(f"Speaker {pk} does not exist.")
        if speaker.merged_into_id:
            raise RefusedError(f"Speaker {pk} was merged into “{speaker.merged_into}” ({speaker.merged_into_id}).")
        if name and name != speaker.name and pk not in self._by_name[name_key(name)]:
            raise RefusedError(f"Speaker {pk} is “{speaker}”, not “{truncate_cell(name)}”. Clear one of the two cells.")
        return speaker

    def _resolve_name(self, name: str) -> Speaker:
        speakers = self._by_name[name_key(name)]
        if not speakers:
            raise RefusedError(f"No speaker named “{truncate_cell(name)}”. Add the speaker first.")
        if len(speakers) > 1:
            ids = ", ".join(str(pk) for pk in sorted(speakers))
            raise RefusedError(f"Several speakers are named “{truncate_cell(name)}”. Use the ID of one of them: {ids}.")
        return next(iter(speakers.values()))
