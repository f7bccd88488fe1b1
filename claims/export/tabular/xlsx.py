"""A table as an Excel workbook, written row by row so that its memory does not grow."""

import datetime as dt
import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from claims.export.tabular.csv_injection import format_cell
from claims.export.tabular.model_table import ModelTable, iter_table_blocks

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_SHEET_ROWS = 1_048_575  # of a sheet, without the line of names
MAX_CELL_LENGTH = 32_767  # of a cell, in UTF-16 units
_MIN_DATE = dt.date(1900, 3, 1)  # Excel's calendar has a 29 February 1900; before that, days are text
_COLUMN_WIDTHS = {"long": 60, "other": 18}


class WorkbookLimitError(Exception):
    """What was asked for is more than a workbook holds; the message says what, and what to do. Nothing was written."""


def export_workbook(table: ModelTable, ids: Sequence[int]) -> IO[bytes]:
    """The workbook, as a temporary file to be read from its beginning.

    Raises DoesNotFitError for more rows than a sheet has, or a text longer than a cell.
    """
    if len(ids) > MAX_SHEET_ROWS:
        raise WorkbookLimitError(
            f"These are {len(ids):,} rows and an Excel sheet holds {MAX_SHEET_ROWS:,}: export as CSV, or filter the list."
        )
    return write_workbook(table.name, table.header, iter_table_blocks(table, ids))


def write_workbook(name: str, header: Sequence[str], rows: Iterable[Iterable[Sequence[Any]]]) -> IO[bytes]:
    """A workbook of one sheet with these rows (in blocks), as a temporary file to be read from its beginning.

    Every text is written as text, so that nothing in it is run as a formula, also after it was edited.
    Raises DoesNotFitError for more rows than a sheet has, or a text longer than a cell.
    """
    made = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the caller, who reads and closes it
    try:
        _write_sheet(made, name, header, rows)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


def _write_sheet(made: IO[bytes], name: str, header: Sequence[str], rows: Iterable[Iterable[Sequence[Any]]]) -> None:
    book = xlsxwriter.Workbook(made, {"constant_memory": True})
    formats = {
        "name": book.add_format({"bold": True}),
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    try:
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(header):
            sheet.set_column(at, at, _COLUMN_WIDTHS["long" if column in {"quote", "claim", "explanation"} else "other"])
            sheet.write_string(0, at, column, formats["name"])
        for line, row in enumerate((row for block in rows for row in block), start=1):
            if line > MAX_SHEET_ROWS:
                raise WorkbookLimitError(
                    f"These are more rows than an Excel sheet holds ({MAX_SHEET_ROWS:,}): export as CSV."
                )
            for at, value in enumerate(row):
                _write_cell(sheet, (line, at), value, formats)
    finally:
        book.close()  # takes its own temporary files away, also when the rows did not fit


def _write_cell(sheet: Worksheet, place: tuple[int, int], value: Any, formats: dict[str, Any]) -> None:
    """Raises DoesNotFitError for a text that is longer than a cell."""
    if value is None or value == "":
        return
    if isinstance(value, dt.datetime):
        sheet.write_datetime(*place, value.astimezone(dt.UTC).replace(tzinfo=None), formats["moment"])
    elif isinstance(value, dt.date) and value >= _MIN_DATE:
        sheet.write_datetime(*place, dt.datetime.combine(value, dt.time()), formats["day"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(*place, value)
    else:
        text = str(format_cell(value))
        if (length := _utf16_length(text)) > MAX_CELL_LENGTH:
            raise WorkbookLimitError(
                f"A text in row {place[0] + 1} has {length:,} characters and an Excel cell holds {MAX_CELL_LENGTH:,}: "
                "export as CSV."
            )
        sheet.write_string(*place, text, formats["text"])


def _utf16_length(text: str) -> int:
    return len(text) if 2 * len(text) <= MAX_CELL_LENGTH else len(text.encode("utf-16-le", "surrogatepass")) // 2
