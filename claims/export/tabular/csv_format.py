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


def format_csv_columns(columns: Sequence[Iterable[object]]) -> str:
    """Formats rows as `format_csv` does, of columns with text and numbers, in a third of the time."""
    formatted = list(map(_format_column, columns))
    if len(formatted) == 1:  # a line without anything would be no row
        formatted = [[text or '""' for text in formatted[0]]]
    return "\r\n".join([*map(",".join, zip(*formatted, strict=True)), ""])


def _format_column(cells: Iterable[object]) -> list[str]:
    texts = ["" if cell is None else str(cell) for cell in cells]
    # Few columns need a look at each of their cells.
    return [_quote(text) if _needs_quotes(text) else text for text in texts] if _needs_quotes("".join(texts)) else texts


def _needs_quotes(text: str) -> bool:
    return "," in text or '"' in text or "\n" in text or "\r" in text


def _quote(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""'))
