"""A table that an editor uploads: read strictly, within bounds, and never guessed at."""

import csv
import io
from collections.abc import Callable, Collection
from dataclasses import dataclass

from claims.services.errors import RefusedError

MAX_UPLOAD_BYTES = 1_000_000
MAX_IMPORT_ROWS = 500  # each through its services, while the browser waits and, on SQLite, other editors do
MAX_IMPORT_COLUMNS = 200
MAX_IMPORTED_CELL_LENGTH = 50_000  # of a cell
_BYTE_ORDER_MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe"}
_UTF16_BIG_ENDIAN_MARK = b"\xfe\xff"
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line of the file it begins on, and its cells by the names of their columns."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """What was read: the columns that mean something here, those that do not, and the rows."""

    columns: frozenset[str]
    unread: tuple[str, ...]
    lines: tuple[SheetRow, ...]


def decode_upload(data: bytes) -> str:
    """The text of an uploaded file. Raises RefusedError for what is neither UTF-8 nor UTF-16 with its mark."""
    if len(data) > MAX_UPLOAD_BYTES:
        raise RefusedError(f"The file has more than {MAX_UPLOAD_BYTES:,} bytes: import it in parts.")
    wide = data.startswith((_BYTE_ORDER_MARKS["utf-16"], _UTF16_BIG_ENDIAN_MARK))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(
            f"The file is not UTF-8 (byte {error.start:,}): save it as “CSV UTF-8”, so that no letter is guessed at."
        ) from error
    if "\0" in text:
        raise RefusedError("The file holds a character with the code 0: it is no table.")
    return text


def parse_spreadsheet(text: str, *, known: Collection[str], needed: str, cell: Callable[[str], str]) -> Spreadsheet:
    """The rows of a CSV with a line of names, separated by commas, semicolons or tabs.

    `known` are the names of the columns that are read, `needed` the one that must be there; `cell` gives what a cell
    stood for before it was guarded. Empty rows are left out. Raises RefusedError, with the line, for what is no table.
    """
    rows = _parse_csv(text, _detect_delimiter(text, known))
    if not rows:
        raise RefusedError("The file is empty.")
    names = [name.strip().casefold() for name in rows[0][1]]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_IMPORT_COLUMNS:
        raise RefusedError(f"The file has {len(names):,} columns, the limit is {MAX_IMPORT_COLUMNS}.")
    twice = sorted({name for name in names if name in known and names.count(name) > 1})
    if twice:
        raise RefusedError(f"The column “{twice[0]}” is there twice: which one is meant?")
    if needed not in names:
        raise RefusedError(f"The file has no column “{needed}”; the first line names the columns.")
    if len(rows) - 1 > MAX_IMPORT_ROWS:
        raise RefusedError(
            f"The file has {len(rows) - 1:,} rows, the limit is {MAX_IMPORT_ROWS:,}: import it in parts."
        )
    places = {name: at for at, name in enumerate(names) if name in known}
    lines = tuple(_build_sheet_row(number, cells, names, places, cell) for number, cells in rows[1:])
    return Spreadsheet(frozenset(places), tuple(name[:60] for name in names if name and name not in known), lines)


def _detect_delimiter(text: str, known: Collection[str]) -> str:
    """The sign between the names of the first line: the one that makes most known names of it."""
    first = text.split("\n", 1)[0][:100_000]

    def names(sign: str) -> int:
        return sum(name.strip().strip('"').strip().casefold() in known for name in first.split(sign))

    return max(_DELIMITERS, key=names)


def _parse_csv(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            if any(each.strip() for each in cells):
                found.append((before + 1, cells))
            before = reader.line_num
    except csv.Error as error:
        raise RefusedError(f"Line {before + 1} cannot be read as CSV: {error}.") from error
    return found


def _build_sheet_row(
    number: int, cells: list[str], names: list[str], places: dict[str, int], cell: Callable[[str], str]
) -> SheetRow:
    # A row that is too short might leave its last cells to be emptied, one that is too long has slipped.
    if len(cells) < len(names) or any(each.strip() for each in cells[len(names) :]):
        raise RefusedError(f"Line {number} has {len(cells):,} cells, the first line names {len(names)} columns.")
    given = {name: cell(cells[at]) if at < len(cells) else "" for name, at in places.items()}
    for name, text in given.items():
        if len(text) > MAX_IMPORTED_CELL_LENGTH:
            raise RefusedError(
                f"“{name}” in line {number} has {len(text):,} characters, the limit is {MAX_IMPORTED_CELL_LENGTH:,}."
            )
    return SheetRow(number, given)
