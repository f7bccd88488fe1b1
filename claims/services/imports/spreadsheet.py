"""Strict parsing of an uploaded CSV file, within fixed limits."""

import codecs
import csv
import io
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Self

from claims.services.errors import RefusedError

MAX_UPLOAD_BYTES = 1_000_000
MAX_IMPORT_ROWS = 500  # each goes through the services while the browser (and, on SQLite, other editors) wait
MAX_IMPORT_COLUMNS = 200
MAX_IMPORTED_CELL_LENGTH = 50_000
MAX_SHOWN_COLUMN_NAME = 60
_UTF16_BYTE_ORDER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = ",;\t"
_MAX_HEADER_LENGTH = 100_000  # characters of the first line that are searched for the delimiter


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line of the file that it starts on, its recognized cells by column name, and all as in the file."""

    line: int
    cells: dict[str, str]
    all_cells: tuple[str, ...]

    def get(self, column: str) -> str:
        """The stripped text of a cell; empty if the file lacks the column."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The names of all columns as in the file, the recognized ones, the names of ignored ones, and the rows."""

    header: tuple[str, ...]
    columns: frozenset[str]
    ignored_columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    def without_rows(self, lines: Collection[int]) -> Self:
        """The same table without the rows that start on these lines."""
        return replace(self, rows=tuple(row for row in self.rows if row.line not in lines))


def decode_upload(data: bytes, *, limit: int = MAX_UPLOAD_BYTES) -> str:
    """Decode an uploaded file. Raises RefusedError unless it is UTF-8, or UTF-16 with a byte order mark."""
    if len(data) > limit:
        raise RefusedError(f"The file has more than {limit:,} bytes. Split it and import the parts.")
    encoding = "utf-16" if data.startswith(_UTF16_BYTE_ORDER_MARKS) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError(f"The file is not UTF-8 (byte {error.start:,}). Save it as “CSV UTF-8”.") from error
    if "\0" in text:
        raise RefusedError("The file contains a null character, so it is not a CSV file.")
    return text


def parse_spreadsheet(
    text: str,
    *,
    columns: Collection[str],
    required: str,
    clean_cell: Callable[[str], str],
    max_rows: int = MAX_IMPORT_ROWS,
) -> Spreadsheet:
    """Parse a CSV with a header line, separated by commas, semicolons or tabs; blank rows are skipped.

    `columns` are the names that are read, `required` the one that must be present; `clean_cell` undoes what an export
    did to a cell. Raises RefusedError, with the line, for a malformed file or one beyond the limits.
    """
    lines = _parse_csv(text, _detect_delimiter(text, columns))
    if not lines:
        raise RefusedError("The file is empty.")
    header = [name.strip().casefold() for name in lines[0][1]]
    while header and not header[-1]:
        header.pop()
    if len(header) > MAX_IMPORT_COLUMNS:
        raise RefusedError(f"The file has {len(header):,} columns; the limit is {MAX_IMPORT_COLUMNS}.")
    repeated = sorted({name for name in header if name in columns and header.count(name) > 1})
    if repeated:
        raise RefusedError(f"The column “{repeated[0]}” appears twice.")
    if required not in header:
        raise RefusedError(f"The column “{required}” is missing. The first line must contain the column names.")
    row_count = len(lines) - 1
    if row_count > max_rows:
        raise RefusedError(
            f"The file has {row_count:,} rows; the limit is {max_rows:,}. Split it and import the parts."
        )
    indexes = {name: index for index, name in enumerate(header) if name in columns}
    return Spreadsheet(
        header=tuple(name.strip() for name in lines[0][1][: len(header)]),
        columns=frozenset(indexes),
        ignored_columns=tuple(name[:MAX_SHOWN_COLUMN_NAME] for name in header if name and name not in columns),
        rows=tuple(_build_sheet_row(line, cells, header, indexes, clean_cell) for line, cells in lines[1:]),
    )


def _detect_delimiter(text: str, columns: Collection[str]) -> str:
    """The delimiter that splits the header line into the most recognized names."""
    header = text.split("\n", 1)[0][:_MAX_HEADER_LENGTH]

    def count_columns(delimiter: str) -> int:
        return sum(name.strip().strip('"').strip().casefold() in columns for name in header.split(delimiter))

    return max(_DELIMITERS, key=count_columns)


def _parse_csv(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The number of the first line of each row that is not blank, and its cells."""
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    last_line = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((last_line + 1, cells))
            last_line = reader.line_num
    except csv.Error as error:
        raise RefusedError(f"Line {last_line + 1} cannot be read as CSV: {error}.") from error
    return rows


def _build_sheet_row(
    line: int, cells: list[str], header: list[str], indexes: dict[str, int], clean_cell: Callable[[str], str]
) -> SheetRow:
    # A missing cell would be read as "clear this value"; a surplus one means that the cells have shifted.
    if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
        raise RefusedError(f"Line {line} has {len(cells):,} cells, but the first line names {len(header)} columns.")
    recognized = {name: clean_cell(cells[index]) for name, index in indexes.items()}
    row = SheetRow(line, recognized, tuple(cells[: len(header)]))
    for name, value in row.cells.items():
        if len(value) > MAX_IMPORTED_CELL_LENGTH:
            raise RefusedError(
                f"“{name}” in line {line} has {len(value):,} characters; the limit is {MAX_IMPORTED_CELL_LENGTH:,}."
            )
    return row
