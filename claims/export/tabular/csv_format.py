"""CSV (RFC 4180) and its cells."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

from claims.export.timestamps import format_timestamp
from claims.resources.sql.sql_table import SEPARATOR

BOM = "\ufeff"


def format_cell(value: object) -> str | int | float:
    """Formats a value for a cell: timestamps as ISO 8601 in UTC, a tuple's values separated by semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, dt.datetime):
        return format_timestamp(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else str(value)


def format_csv(rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()
