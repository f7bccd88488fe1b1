"""A table that an editor uploads is read strictly, within bounds, and never guessed at."""

import pytest

from claims.export.tabular.csv_injection import remove_guard
from claims.services.errors import RefusedError
from claims.services.imports.spreadsheet import (
    MAX_IMPORT_ROWS,
    MAX_IMPORTED_CELL_LENGTH,
    MAX_UPLOAD_BYTES,
    Spreadsheet,
    decode_upload,
    parse_spreadsheet,
)

KNOWN = ("claim", "topics")


def parse_text(text: str) -> Spreadsheet:
    return parse_spreadsheet(text, known=KNOWN, needed="claim", cell=remove_guard)


def parse_cells(text: str) -> list[dict[str, str]]:
    return [line.cells for line in parse_text(text).lines]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("claim\nжук".encode(), "claim\nжук"),
        ("\ufeffclaim\nжук".encode(), "claim\nжук"),
        ("claim\tжук".encode("utf-16"), "claim\tжук"),
        ("\ufeffclaim".encode("utf-16-be"), "claim"),
        (b"", ""),
    ],
    ids=["UTF-8", "with a mark", "UTF-16", "backwards", "empty"],
)
def test_encodings(data: bytes, text: str) -> None:
    assert decode_upload(data) == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("claim\nжук".encode("cp1251"), "not UTF-8"),
        ("café".encode("latin-1"), "not UTF-8"),
        (b"\xff\xfea", "not UTF-8"),
        (b"claim\nx\0y", "code 0"),
        (b"PK\x03\x04\x14\x00\x06\x00", "code 0"),
        (b"x" * (MAX_UPLOAD_BYTES + 1), "more than 1,000,000 bytes"),
    ],
    ids=["cp1251", "latin-1", "half a UTF-16", "NUL", "a workbook", "too long"],
)
def test_what_is_no_text_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
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
def test_forms(text: str) -> None:
    assert parse_cells(text) == [{"claim": "A b", "topics": "X"}]


def test_cells_are_read_as_they_are() -> None:
    assert parse_cells('claim\n"a ""b"";\r\nc, \u202eש"\n') == [{"claim": 'a "b";\r\nc, \u202eש'}]
    assert parse_cells("claim\n'=1+1") == [{"claim": "=1+1"}]
    assert parse_cells("claim\n'quoted'") == [{"claim": "'quoted'"}]


def test_lines_are_those_of_the_file() -> None:
    assert [line.number for line in parse_text('claim\n"a\nb"\n\nc\n').lines] == [2, 5]


def test_columns_that_are_not_read_are_told() -> None:
    assert parse_text("claim,quote,Status\na,b,c").unread == ("quote", "status")
    assert parse_text("claim\na").columns == {"claim"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("topics\nX", "no column “claim”"),
        ("claim,Claim\na,b", "“claim” is there twice"),
        ("claim,topics\na,b,c", "Line 2 has 3 cells"),
        ("claim,topics\na", "Line 2 has 1 cells"),
        ('claim\n"a', "Line 2 cannot be read"),
        ('claim\n"a"b', "Line 2 cannot be read"),
        ("claim\n" + "x" * 200_000, "Line 2 cannot be read"),
        ("claim\n" + "x" * (MAX_IMPORTED_CELL_LENGTH + 1), "50,001 characters"),
        ("claim" + "," * 500_000 + "x\na", "500,001 columns"),
        ("claim," + "claim," * 150_000, "columns, the limit"),
        ("claim\n" + "a\n" * (MAX_IMPORT_ROWS + 1), "501 rows"),
    ],
    ids=[
        *("empty", "blank", "no claim", "twice", "long row", "short row", "open quote", "bad quote", "huge cell"),
        *("long cell", "many columns", "many twice", "many rows"),
    ],
)
def test_what_is_no_table_is_refused(text: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        parse_text(text)
