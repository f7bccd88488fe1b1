"""Excel workbooks, written row by row, so that memory use does not grow with the rows."""

import datetime as dt
import os
import tempfile
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from claims.export.tabular.csv_format import format_cell
from claims.export.tabular.model_table import ModelTable, iter_table_blocks

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_SHEET_ROWS = 1_048_575  # of a sheet, without the header
MAX_CELL_LENGTH = 32_767  # of a cell, in UTF-16 units
_MIN_DATE = dt.date(1900, 3, 1)  # Excel's calendar has a 29 February 1900; earlier dates are written as text
_LONG_TEXTS = {"quote", "claim", "explanation"}
_COLUMN, _WIDE_COLUMN = 18, 60  # widths in characters


class WorkbookLimitError(Exception):
    """A workbook cannot hold the rows. The message says why, and what to do."""


def export_workbook(table: ModelTable, ids: Sequence[int]) -> IO[bytes]:
    """Returns the workbook as a temporary file, positioned at its start.

    Raises WorkbookLimitError if there are more rows than fit on a sheet, or a text is longer than a cell.
    """
    if len(ids) > MAX_SHEET_ROWS:
        raise WorkbookLimitError(
            f"This list has {len(ids):,} rows, and an Excel sheet holds at most {MAX_SHEET_ROWS:,}."
            " Export as CSV, or filter the list."
        )
    return write_workbook(table.name, table.header, iter_table_blocks(table, ids))


def write_workbook(name: str, header: Sequence[str], rows: Iterable[Iterable[Sequence[object]]]) -> IO[bytes]:
    """Returns a workbook of one sheet with these blocks of rows, as a temporary file, positioned at its start.

    All text cells have the text format, so that none is run as a formula, even after it is edited.
    Raises WorkbookLimitError if there are more rows than fit on a sheet, or a text is longer than a cell, and OSError.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the caller closes it
    with tempfile.TemporaryDirectory() as directory:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": directory})
        try:
            _write_sheet(book, name, header, rows)
            book.close()
        except BaseException as error:
            _discard(book, file, error)
            if isinstance(error, FileCreateError):  # in its place, what it was made from
                raise OSError(*error.args[0].args) from error
            raise
    file.seek(0)
    return file


def _discard(book: xlsxwriter.Workbook, file: IO[bytes], error: BaseException) -> None:
    """Closes the book and its files, which write to nowhere now: on a full disk, each would fail once more."""
    book.fileclosed = True
    unfinished = [file, *(sheet.row_data_fh for sheet in book.worksheets() if sheet.row_data_fh)]
    with Path(os.devnull).open("wb") as nowhere:
        for part in unfinished:
            if not part.closed:
                os.dup2(nowhere.fileno(), part.fileno())
    for cause in (error, error.__context__):
        if cause:
            traceback.clear_frames(cause.__traceback__)  # and with them the archive, which closes itself
    for part in unfinished:
        part.close()


def _write_sheet(
    book: xlsxwriter.Workbook, name: str, header: Sequence[str], rows: Iterable[Iterable[Sequence[object]]]
) -> None:
    formats = {
        "header": book.add_format({"bold": True}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(header):
        sheet.set_column(index, index, _WIDE_COLUMN if column in _LONG_TEXTS else _COLUMN)
        sheet.write_string(0, index, column, formats["header"])
    for row_index, row in enumerate((row for block in rows for row in block), start=1):
        if row_index > MAX_SHEET_ROWS:
            raise WorkbookLimitError(f"An Excel sheet holds at most {MAX_SHEET_ROWS:,} rows. Export as CSV.")
        for column_index, value in enumerate(row):
            _write_cell(sheet, (row_index, column_index), value, formats)


def _write_cell(sheet: Worksheet, cell: tuple[int, int], value: object, formats: dict[str, Any]) -> None:
    """Raises WorkbookLimitError if a text is longer than a cell."""
    if value is None or value == "":
        return
    if isinstance(value, dt.datetime):
        sheet.write_datetime(*cell, value.astimezone(dt.UTC).replace(tzinfo=None), formats["datetime"])
    elif isinstance(value, dt.date) and value >= _MIN_DATE:
        sheet.write_datetime(*cell, dt.datetime.combine(value, dt.time()), formats["date"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(*cell, value)
    else:
        text = str(format_cell(value))
        if (length := _utf16_length(text)) > MAX_CELL_LENGTH:
            raise WorkbookLimitError(
                f"An Excel cell holds at most {MAX_CELL_LENGTH:,} characters, and a text in row {cell[0] + 1} has"
                f" {length:,}. Export as CSV."
            )
        sheet.write_string(*cell, text, formats["text"])


def _utf16_length(text: str) -> int:
    return len(text) if 2 * len(text) <= MAX_CELL_LENGTH else len(text.encode("utf-16-le", "surrogatepass")) // 2
