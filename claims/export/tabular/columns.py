"""The columns of public tables: their types, and what they mean."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

UNIT_SEPARATOR = "\x1f"  # between the values of a cell that holds several, where they are split again


class Datatype(StrEnum):
    """The datatypes of CSV on the Web that are used here."""

    INTEGER = "integer"
    NUMBER = "double"
    TEXT = "string"
    DATE = "date"
    DATETIME = "dateTime"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. No cell is empty if it is `required`; a cell may hold several values if it `is_list`."""

    name: str
    datatype: Datatype
    description: str
    required: bool = False
    is_list: bool = False

    def json_value(self, cell: Any) -> Any:
        """Returns the value for JSON: lists as lists, and empty text as such instead of null."""
        if self.is_list:
            return cell.split(UNIT_SEPARATOR) if cell else []
        return "" if cell is None and self.datatype is Datatype.TEXT else cell

    def typed_value(self, cell: Any) -> Any:
        """Returns the value for a workbook: dates and datetimes as such, lists as tuples."""
        if self.is_list:
            return tuple(cell.split(UNIT_SEPARATOR)) if isinstance(cell, str) and cell else cell
        if cell and isinstance(cell, str):
            if self.datatype is Datatype.DATE:
                return dt.date.fromisoformat(cell)
            if self.datatype is Datatype.DATETIME:
                return dt.datetime.fromisoformat(cell)
        return cell
