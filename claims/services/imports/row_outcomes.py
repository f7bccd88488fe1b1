"""The result of importing one row."""

from dataclasses import dataclass
from enum import StrEnum

from claims.truncation import truncate

NO_VALUE = "nothing"  # stands for an empty former or new value
MAX_SHOWN_CELL = 160


class RowStatus(StrEnum):
    """What the import does with a row; the values are shown to the editor."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What the import does with the row that starts on this line of the file.

    `label` tells the editor which row it is, `changes` are (field, former value, new value), `error` says why it was
    rejected, and `pk` is the id of the claim or quote if there is one.
    """

    line: int
    status: RowStatus
    label: str
    changes: tuple[tuple[str, str, str], ...] = ()
    error: str = ""
    pk: int | None = None


def truncate_cell(text: str) -> str:
    return truncate(text, MAX_SHOWN_CELL)


def describe_change(label: str, before: object, after: object) -> tuple[str, str, str]:
    """The field, its former and its new value, as `changes` of an outcome have them."""
    return label, truncate_cell(str(before or NO_VALUE)), truncate_cell(str(after or NO_VALUE))
