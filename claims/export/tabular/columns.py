"""What a column of a table is, for whoever writes the table and whoever describes it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

UNIT_SEPARATOR = "\x1f"  # between several values in one text, where they are taken apart again


class Datatype(StrEnum):
    """What its cells hold, as CSV on the Web names it."""

    INTEGER = "integer"
    NUMBER = "double"
    TEXT = "string"
    DAY = "date"
    MOMENT = "dateTime"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `needed` where no cell is empty, `several` where a cell may hold several values."""

    name: str
    datatype: Datatype
    about: str
    needed: bool = False
    several: bool = False

    def typed(self, cell: Any) -> Any:
        """The value as JSON has it: a text that is empty is no null, several values are a list."""
        if self.several:
            return cell.split(UNIT_SEPARATOR) if cell else []
        return "" if cell is None and self.datatype is Datatype.TEXT else cell

    def dated(self, cell: Any) -> Any:
        """The value as a workbook has it: days and moments are such, several values are a tuple."""
        if self.several:
            return tuple(cell.split(UNIT_SEPARATOR)) if isinstance(cell, str) and cell else cell
        if cell and isinstance(cell, str):
            if self.datatype is Datatype.DAY:
                return dt.date.fromisoformat(cell)
            if self.datatype is Datatype.MOMENT:
                return dt.datetime.fromisoformat(cell)
        return cell
