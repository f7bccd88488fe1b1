"""Uploaded CSV files are parsed strictly and within limits."""

import pytest

from claims.export.tabular.csv_injection import remove_guard
from claims.services.errors import RefusedError
from claims.services.imports.spreadsheet import (
    MAX_IMPORT_COLUMNS,
    MAX_IMPORT_ROWS,
    MAX_IMPORTED_CELL_LENGTH,
    MAX_UPLOAD_BYTES,
    Spreadsheet,
    decode_upload,
    parse_spreadsheet,
)

COLUMNS = ("claim", "topics")


def parse_text(text: str) -> Spreadsheet:
    return parse_spreadsheet(text, columns=COLUMNS, required="claim", clean_cell=remove_guard)


def parse_cells(text: str) -> list[dict[str, str]]:
    return [row.cells for row in parse_text(text).rows]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("claim\nжук".encode(), "claim\nжук"),
        ("\ufeffclaim\nжук".encode(), "claim\nжук"),
        ("claim\tжук".encode("utf-16"), "claim\tжук"),
        ("\ufeffclaim".encode("utf-16-be"), "claim"),
        (b"", ""),
    ],
    ids=["UTF-8", "UTF-8 with BOM", "UTF-16 LE", "UTF-16 BE", "empty"],
)
def test_encodings(data: bytes, text: str) -> None:
    assert decode_upload(data) == text


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ("claim\nжук".encode("cp1251"), "not UTF-8"),
        ("café".encode("latin-1"), "not UTF-8"),
        (b"\xff\xfea", "not UTF-8"),
        (b"claim\nx\0y", "null character"),
        (b"PK\x03\x04\x14\x00\x06\x00", "null character"),
        (b"x" * (MAX_UPLOAD_BYTES + 1), f"more than {MAX_UPLOAD_BYTES:,} bytes"),
    ],
    ids=["cp1251", "latin-1", "half a UTF-16", "NUL", "a workbook", "too long"],
)
def test_undecodable_uploads_are_refused(data: bytes, error: str) -> None:
    with pytest.raises(RefusedError, match=error):
        decode_upload(data)


@pytest.mark.parametrize(
    "text",
    [
        "claim,topics\nA b,X\n",
        "claim;topics\r\nA b;X\r\n",
        "claim\ttopics\nA b\tX",
        '"Claim" , "TOPICS"\nA b,X'.replace(" , ", ","),
        "other,claim,topics,,\n1,A b,X,,\n",
        "claim,topics\n\nA b,X\n,\n",
        'claim,topics\n"A b",X',
    ],
    ids=["commas", "semicolons", "tabs", "capitals", "other columns", "empty rows", "quoted"],
)
def test_accepted_forms_of_a_csv(text: str) -> None:
    assert parse_cells(text) == [{"claim": "A b", "topics": "X"}]


def test_cells_are_kept_as_written() -> None:
    assert parse_cells('claim\n"a ""b"";\r\nc, \u202eש"\n') == [{"claim": 'a "b";\r\nc, \u202eש'}]
    assert parse_cells("claim\n'=1+1") == [{"claim": "=1+1"}]
    assert parse_cells("claim\n'quoted'") == [{"claim": "'quoted'"}]


def test_rows_know_their_line_in_the_file() -> None:
    assert [row.line for row in parse_text('claim\n"a\nb"\n\nc\n').rows] == [2, 5]


def test_unknown_columns_are_ignored_and_listed() -> None:
    assert parse_text("claim,quote,Status\na,b,c").ignored_columns == ("quote", "status")
    assert parse_text("claim\na").columns == {"claim"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("topics\nX", "column “claim” is missing"),
        ("claim,Claim\na,b", "“claim” appears twice"),
        ("claim,topics\na,b,c", "Line 2 has 3 cells"),
        ("claim,topics\na", "Line 2 has 1 cells"),
        ('claim\n"a', "Line 2 cannot be read"),
        ('claim\n"a"b', "Line 2 cannot be read"),
        ("claim\n" + "x" * 200_000, "Line 2 cannot be read"),
        ("claim\n" + "x" * (MAX_IMPORTED_CELL_LENGTH + 1), f"{MAX_IMPORTED_CELL_LENGTH + 1:,} characters"),
        ("claim" + "," * 500_000 + "x\na", "500,001 columns"),
        ("claim," + "claim," * 150_000, f"columns; the limit is {MAX_IMPORT_COLUMNS}"),
        ("claim\n" + "a\n" * (MAX_IMPORT_ROWS + 1), f"{MAX_IMPORT_ROWS + 1:,} rows"),
    ],
    ids=[
        *("empty", "blank", "no claim", "twice", "long row", "short row", "open quote", "bad quote", "huge cell"),
        *("long cell", "many columns", "many repeated", "many rows"),
    ],
)
def test_malformed_tables_are_refused(text: str, error: str) -> None:
    with pytest.raises(RefusedError, match=error):
        parse_text(text)
