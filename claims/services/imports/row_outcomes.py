"""What becomes of a row of an imported table, and whom the cells for a speaker mean."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from claims.models import Speaker, SpeakerName
from claims.models.name_keys import name_key
from claims.services.errors import RefusedError
from claims.services.imports.spreadsheet import SheetRow

NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"
EMPTY_CELL = "nothing"
MAX_SHOWN_CELL = 160


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What becomes of the row on this line: `changes` are field, former and later value; `why` it is refused."""

    line: int
    outcome: str
    about: str
    changes: tuple[tuple[str, str, str], ...] = ()
    why: str = ""
    row: int | None = None


def truncate_cell(text: str) -> str:
    """The text as a table shows it."""
    return text if len(text) <= MAX_SHOWN_CELL else f"{text[: MAX_SHOWN_CELL - 1]}…"


def parse_row_id(text: str, column: str) -> int | None:
    """The id in a cell; None for an empty one. Raises RefusedError for anything else."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise RefusedError(f"“{truncate_cell(text)}” is no {column}.")
    return int(text)


def find_repeated_ids(lines: Iterable[SheetRow], column: str) -> set[str]:
    """The ids that several rows have."""
    given = Counter(line.cells.get(column, "").strip().lstrip("0") for line in lines)
    return {pk for pk, times in given.items() if pk and times > 1}


class SpeakerLookup:
    """The speakers that the cells `speaker_id` and `speaker` of some rows name, looked up at once."""

    def __init__(self, lines: Iterable[SheetRow]) -> None:
        cells = [line.cells for line in lines]
        given = [each.get(name, "").strip() for each in cells for name in ("speaker_id", "speaker")]
        ids = {int(text) for text in given if text.isascii() and text.isdigit() and len(text) < 19}
        self._by_id = Speaker.objects.select_related("merged_into").in_bulk(ids)
        names = SpeakerName.objects.filter(
            key__in={name_key(text) for text in given if text}, speaker__merged_into=None
        )
        self._by_name: defaultdict[str, dict[int, Speaker]] = defaultdict(dict)
        for row in names.select_related("speaker"):
            self._by_name[row.key][row.speaker_id] = row.speaker

    @property
    def named(self) -> set[int]:
        """The ids of all who may be meant."""
        return set(self._by_id) | {pk for found in self._by_name.values() for pk in found}

    def meant(self, line: SheetRow) -> Speaker | None:
        """Who is named in the row, by id, by name or by both; None if both cells are empty.

        Raises RefusedError for nobody, several, two that are not one, and a merged speaker.
        """
        name = line.cells.get("speaker", "").strip()
        pk = parse_row_id(line.cells.get("speaker_id", ""), "speaker_id")
        if pk is None and name.isascii() and name.isdigit():
            pk, name = parse_row_id(name, "speaker"), ""
        if pk is None:
            return self._called(name) if name else None
        speaker = self._by_id.get(pk)
        if speaker is None:
            raise RefusedError(f"There is no speaker {pk}.")
        if speaker.merged_into_id:
            raise RefusedError(f"Speaker {pk} was merged into “{speaker.merged_into}” ({speaker.merged_into_id}).")
        if name and name != speaker.name and pk not in self._by_name[name_key(name)]:
            raise RefusedError(f"Speaker {pk} is “{speaker}”, not “{truncate_cell(name)}”: empty one of the two cells.")
        return speaker

    def _called(self, name: str) -> Speaker:
        found = list(self._by_name[name_key(name)].values())
        if not found:
            raise RefusedError(f"Nobody is called “{truncate_cell(name)}”: add the speaker first.")
        if len(found) > 1:
            ids = ", ".join(str(each.pk) for each in sorted(found, key=lambda each: each.pk))
            raise RefusedError(f"Several are called “{truncate_cell(name)}”: give the id of one ({ids}).")
        return found[0]
