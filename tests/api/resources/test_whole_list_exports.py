"""Whole lists as files: every row, guarded cells, complete or rejected, or broken off."""

import csv
import datetime as dt
import io
import json
import zipfile
from functools import partial
from xml.etree import ElementTree as ET

import pytest
from django.db import connection

from claims.api.http import file_slots
from claims.api.resources import viewsets, whole_lists
from claims.export.tabular import pg_copy, resource_csv
from claims.models import Claim
from claims.resources import RESOURCES
from tests import factories as f
from tests.api.formats import LIST_FORMATS, response_content


def read_sheet(workbook: bytes) -> list[list[str]]:
    """Returns the cells of a workbook's only sheet."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(workbook)).read("xl/worksheets/sheet1.xml"))
    return [["".join(cell.itertext()) for cell in row.iter(f"{main}c")] for row in root.iter(f"{main}row")]


@pytest.mark.parametrize("resource", RESOURCES)
def test_whole_lists_have_every_row_of_the_pages(client, full_quote, resource, monkeypatch):
    monkeypatch.setattr(whole_lists, "EXPORT_BLOCK_SIZE", 1)
    rows = client.get(f"/api/v1/{resource}/?page_size=200").json()["results"]
    ids = [row["id"] for row in rows]
    assert ids
    lines = [json.loads(line) for line in response_content(client.get(f"/api/v1/{resource}.jsonl")).splitlines()]
    assert lines == rows
    table_rows = list(
        csv.reader(io.StringIO(response_content(client.get(f"/api/v1/{resource}.csv")).decode(), newline=""))
    )
    metadata = client.get(f"/api/v1/{resource}.csv-metadata.json").json()["tableSchema"]
    assert table_rows[0] == [column["name"] for column in metadata["columns"]]
    assert metadata["primaryKey"] == table_rows[0][0]
    assert [int(row[0]) for row in table_rows[1:]] == ids
    table = read_sheet(response_content(client.get(f"/api/v1/{resource}.xlsx")))
    assert table[0] == table_rows[0]
    assert [int(row[0]) for row in table[1:]] == ids
    link = client.get(f"/api/v1/{resource}/?format=csv")["Link"].partition("<")[2].partition(">")[0]
    assert link.endswith(f"/api/v1/{resource}.csv-metadata.json")
    assert "Link" not in client.get(f"/api/v1/{resource}.xlsx")  # the metadata is of the CSV alone


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_table_matches_its_metadata(client, full_quote, resource):
    rows = list(
        csv.DictReader(io.StringIO(response_content(client.get(f"/api/v1/{resource}.csv")).decode(), newline=""))
    )
    parsers = {"integer": int, "double": float, "date": dt.date.fromisoformat, "dateTime": dt.datetime.fromisoformat}
    for column in client.get(f"/api/v1/{resource}.csv-metadata.json").json()["tableSchema"]["columns"]:
        for row in rows:
            cell = row[column["name"]]
            assert cell or not column.get("required"), column
            if cell and column["datatype"] in parsers:
                parsers[column["datatype"]](cell)


def test_formulas_are_guarded_in_every_table(client, full_quote):
    f.SpeakerFactory(name="x")
    type(full_quote.speaker).objects.filter(pk=full_quote.speaker_id).update(name="=cmd|' /C calc'!A0")
    text = response_content(client.get("/api/v1/quotes.csv")).decode()
    assert ",'=cmd|" in text
    assert ",=cmd|" in response_content(client.get("/api/v1/quotes.csv?raw=1")).decode()
    assert response_content(client.get("/api/v1/quotes.csv?bom=1")).startswith(b"\xef\xbb\xbfquote_id")
    book = zipfile.ZipFile(io.BytesIO(response_content(client.get("/api/v1/quotes.xlsx"))))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_whole_list_is_in_the_requested_order(client, full_quote):
    for resource in ("quotes", "claims"):
        newest = [row["id"] for row in client.get(f"/api/v1/{resource}/").json()["results"]]
        for format_name in ("csv", "jsonl"):
            text = response_content(client.get(f"/api/v1/{resource}.{format_name}?ordering=oldest")).decode()
            first = text.splitlines()[1 if format_name == "csv" else 0]
            assert (int(first.split(",")[0]) if format_name == "csv" else json.loads(first)["id"]) == newest[-1]
        assert client.get(f"/api/v1/{resource}.csv?ordering=relevance&q=a").status_code == 400


EMPTY_LISTS = [
    (resource, format_name, f"{parameter}={value}")
    for resource, format_name in LIST_FORMATS
    for parameter, value in [("speaker_name", "Nobody"), ("wikidata", "Q9"), ("q", "nowhere")]
    if parameter in RESOURCES[resource].filterset_class.base_filters
]


@pytest.mark.parametrize(("resource", "format_name", "query_string"), EMPTY_LISTS)
def test_an_empty_list_in_every_format(client, full_quote, resource, format_name, query_string):
    response = client.get(f"/api/v1/{resource}.{format_name}?{query_string}")
    assert response.status_code == 200
    content = response.getvalue()
    if format_name == "csv":
        assert content.count(b"\r\n") == 1
    elif format_name in {"jsonl", "ndjson"}:
        assert content == b""
    else:
        assert str(full_quote.exact).encode() not in content


def test_json_lines_have_the_selected_fields(client, full_quote):
    line = response_content(client.get("/api/v1/quotes.jsonl?fields=id,exact")).splitlines()[0]
    assert set(json.loads(line)) == {"id", "exact"}


@pytest.mark.parametrize("format_name", ["xlsx", "jsonld", "annotation", "atom"])
def test_formats_with_their_own_columns_reject_field_selection(client, full_quote, format_name):
    response = client.get(f"/api/v1/quotes.{format_name}?fields=id")
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "fields"


@pytest.mark.parametrize("resource", ["claims", "quotes"])
def test_a_workbook_is_complete_or_rejected(client, full_quote, resource, monkeypatch):
    monkeypatch.setattr(whole_lists, "MAX_WORKBOOK_ROWS", 2)
    assert client.get(f"/api/v1/{resource}.xlsx").status_code == 200
    f.QuoteFactory(accepted=True)
    for request in (client.get, client.head):
        response = request(f"/api/v1/{resource}.xlsx")
        assert response.status_code == 400
    problem = client.get(f"/api/v1/{resource}.xlsx").json()["errors"][0]
    assert problem["parameter"] == "format"
    assert "at most 2 rows" in problem["detail"]
    assert "csv or jsonl" in problem["detail"]


def test_a_text_longer_than_a_cell_rejects_the_workbook(client, full_quote):
    Claim.objects.filter(pk=full_quote.claim_id).update(text="a" * 40_000)
    response = client.get("/api/v1/claims.xlsx")
    assert response.status_code == 400
    assert "An Excel cell holds at most 32,767" in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize("format_name", ["csv", "jsonl"])
@pytest.mark.parametrize("resource", ["claims", "quotes"])
def test_a_late_error_breaks_off_the_response(client, full_quote, resource, format_name, monkeypatch):
    """The server resets the connection then: no client takes the part for the whole."""
    monkeypatch.setattr(whole_lists, "EXPORT_BLOCK_SIZE", 1)
    monkeypatch.setattr(resource_csv, "stream_csv", partial(resource_csv.stream_csv, size=1, first=1))
    response = client.get(f"/api/v1/{resource}.{format_name}")
    blocks = iter(response.streaming_content)
    assert next(blocks)

    def fail(execute, *args):
        raise RuntimeError

    monkeypatch.setattr(pg_copy, "_join_lines", fail)  # the COPY is executed already
    with connection.execute_wrapper(fail), pytest.raises(RuntimeError):
        next(blocks)


@pytest.mark.sqlite_suffices
def test_few_files_are_made_at_once(client, full_quote, monkeypatch):
    """Each is downloaded until its response is closed; the rest of the site is answered meanwhile."""
    monkeypatch.setattr(file_slots, "MAX_FILES", 4)
    monkeypatch.setattr(file_slots, "MAX_FILES_PER_CLIENT", 2)
    monkeypatch.setattr(viewsets, "FILE_SLOTS", file_slots.FileSlots())
    addresses = [f"192.0.2.{number}" for number in range(1, 4)]
    open_files = [client.get("/api/v1/claims.csv", REMOTE_ADDR=addresses[0]) for _ in range(2)]
    rejected = client.get("/api/v1/claims.jsonl", REMOTE_ADDR=addresses[0])
    assert (rejected.status_code, rejected["Retry-After"]) == (503, "10")
    assert rejected.json()["detail"] == "Too many files are being downloaded at the moment. Try again in 10 s."
    open_files += [client.get("/api/v1/claims.csv", REMOTE_ADDR=addresses[1]) for _ in range(2)]
    assert client.get("/api/v1/claims.xlsx", REMOTE_ADDR=addresses[2]).status_code == 503
    assert client.get("/api/v1/claims/", REMOTE_ADDR=addresses[0]).status_code == 200
    response_content(open_files.pop())
    open_files.append(client.get("/api/v1/claims.csv", REMOTE_ADDR=addresses[2]))
    assert open_files[-1].status_code == 200
    for response in open_files:
        response_content(response)
    for _ in range(3):  # an error takes no slot for longer than it lasts
        assert client.get("/api/v1/claims.csv?nonsense=1", REMOTE_ADDR=addresses[2]).status_code == 400


@pytest.mark.django_db
def test_an_early_error_is_a_problem_document(client, full_quote, monkeypatch):
    def fail(*args, **_):
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr(pg_copy, "_copy_lines", fail)  # `execute_wrapper` does not wrap COPY
    with connection.execute_wrapper(fail):
        for resource in ("claims", "quotes"):
            response = client.get(f"/api/v1/{resource}.csv")
            assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")


def test_a_disconnected_client_ends_the_stream(client, full_quote, one_connection, monkeypatch):
    closed = []

    def endless(*_, **__):
        try:
            while True:
                yield b"x"
        finally:
            closed.append(True)

    monkeypatch.setattr(resource_csv, "stream_csv", endless)
    response = client.get("/api/v1/claims.csv")
    assert next(iter(response.streaming_content)) == b"xx"
    response.close()
    assert closed
