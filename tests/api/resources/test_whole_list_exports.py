"""Lists as files: every row of the pages, safe cells, whole or refused, and never a part that looks whole."""

import csv
import datetime as dt
import io
import json
import zipfile
from functools import partial
from xml.etree import ElementTree as ET

import pytest
from django.db import connection

from claims.api.resources import exportable
from claims.api.resources.viewsets import RESOURCES
from claims.export.tabular import claims_csv, pg_copy
from claims.models import Claim
from tests import factories as f
from tests.api.formats import LIST_FORMATS, response_content


def read_sheet(workbook: bytes) -> list[list[str]]:
    """The texts and numbers of a workbook's only sheet."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(workbook)).read("xl/worksheets/sheet1.xml"))
    return [["".join(cell.itertext()) for cell in row.iter(f"{main}c")] for row in root.iter(f"{main}row")]


@pytest.mark.parametrize("resource", RESOURCES)
def test_whole_lists_have_every_row_of_the_pages(client, full_quote, resource, monkeypatch):
    monkeypatch.setattr(exportable, "EXPORT_BLOCK_SIZE", 1)
    rows = client.get(f"/api/v1/{resource}/?page_size=200").json()["results"]
    ids = [row["id"] for row in rows]
    assert ids
    lines = [json.loads(line) for line in response_content(client.get(f"/api/v1/{resource}.jsonl")).splitlines()]
    assert lines == rows
    cells = list(csv.reader(io.StringIO(response_content(client.get(f"/api/v1/{resource}.csv")).decode(), newline="")))
    described = client.get(f"/api/v1/{resource}.csv-metadata.json").json()["tableSchema"]
    assert cells[0] == [column["name"] for column in described["columns"]]
    assert described["primaryKey"] == cells[0][0]
    assert [int(row[0]) for row in cells[1:]] == ids
    table = read_sheet(response_content(client.get(f"/api/v1/{resource}.xlsx")))
    assert table[0] == cells[0]
    assert [int(row[0]) for row in table[1:]] == ids
    for address in (f"{resource}/?format=csv", f"{resource}.xlsx"):
        link = client.get(f"/api/v1/{address}")["Link"].partition("<")[2].partition(">")[0]
        assert link.endswith(f"/api/v1/{resource}.csv-metadata.json")


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_table_is_what_its_description_says(client, full_quote, resource):
    rows = list(
        csv.DictReader(io.StringIO(response_content(client.get(f"/api/v1/{resource}.csv")).decode(), newline=""))
    )
    reads = {"integer": int, "double": float, "date": dt.date.fromisoformat, "dateTime": dt.datetime.fromisoformat}
    for column in client.get(f"/api/v1/{resource}.csv-metadata.json").json()["tableSchema"]["columns"]:
        for row in rows:
            cell = row[column["name"]]
            assert cell or not column.get("required"), column
            if cell and column["datatype"] in reads:
                reads[column["datatype"]](cell)


def test_the_cells_of_every_table_are_safe(client, full_quote):
    f.SpeakerFactory(name="x")
    type(full_quote.speaker).objects.filter(pk=full_quote.speaker_id).update(name="=cmd|' /C calc'!A0")
    text = response_content(client.get("/api/v1/quotes.csv")).decode()
    assert ",'=cmd|" in text
    assert ",=cmd|" in response_content(client.get("/api/v1/quotes.csv?raw=1")).decode()
    assert response_content(client.get("/api/v1/quotes.csv?bom=1")).startswith(b"\xef\xbb\xbfquote_id")
    book = zipfile.ZipFile(io.BytesIO(response_content(client.get("/api/v1/quotes.xlsx"))))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_whole_list_is_in_the_order_asked_for(client, full_quote):
    for kind in ("quotes", "claims"):
        newest = [row["id"] for row in client.get(f"/api/v1/{kind}/").json()["results"]]
        for form in ("csv", "jsonl"):
            text = response_content(client.get(f"/api/v1/{kind}.{form}?ordering=oldest")).decode()
            first = text.splitlines()[1 if form == "csv" else 0]
            assert (int(first.split(",")[0]) if form == "csv" else json.loads(first)["id"]) == newest[-1]
        assert client.get(f"/api/v1/{kind}.csv?ordering=relevance&q=a").status_code == 400


@pytest.mark.parametrize("asked", ["speaker_name=Nobody", "wikidata=Q9", "q=nowhere", "topic=none"])
@pytest.mark.parametrize(("resource", "format_name"), LIST_FORMATS)
def test_a_list_of_nothing_is_had_in_every_form(client, full_quote, resource, format_name, asked):
    if asked.partition("=")[0] not in RESOURCES[resource].filterset_class.base_filters:
        return
    answer = client.get(f"/api/v1/{resource}.{format_name}?{asked}")
    assert answer.status_code == 200
    told = answer.getvalue()
    if format_name == "csv":
        assert told.count(b"\r\n") == 1
    elif format_name in {"jsonl", "ndjson"}:
        assert told == b""
    else:
        assert str(full_quote.exact).encode() not in told


def test_json_lines_have_the_fields_asked_for(client, full_quote):
    line = response_content(client.get("/api/v1/quotes.jsonl?fields=id,exact")).splitlines()[0]
    assert set(json.loads(line)) == {"id", "exact"}


@pytest.mark.parametrize("format_name", ["csv", "xlsx", "jsonld", "annotation", "atom"])
def test_a_form_with_columns_of_its_own_takes_no_choice_of_fields(client, full_quote, format_name):
    answer = client.get(f"/api/v1/quotes.{format_name}?fields=id")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "fields"


@pytest.mark.parametrize("resource", ["claims", "quotes"])
def test_a_workbook_is_whole_or_refused(client, full_quote, resource, monkeypatch):
    monkeypatch.setattr(exportable, "MAX_WORKBOOK_ROWS", 2)
    assert client.get(f"/api/v1/{resource}.xlsx").status_code == 200
    f.QuoteFactory(accepted=True)
    for ask in (client.get, client.head):
        answer = ask(f"/api/v1/{resource}.xlsx")
        assert answer.status_code == 400
    problem = client.get(f"/api/v1/{resource}.xlsx").json()["errors"][0]
    assert problem["parameter"] == "format"
    assert "at most 2 rows" in problem["detail"]
    assert "csv or jsonl" in problem["detail"]


def test_a_text_that_no_cell_holds_refuses_the_workbook(client, full_quote):
    Claim.objects.filter(pk=full_quote.claim_id).update(text="a" * 40_000)
    answer = client.get("/api/v1/claims.xlsx")
    assert answer.status_code == 400
    assert "An Excel cell holds at most 32,767" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("format_name", ["csv", "jsonl"])
@pytest.mark.parametrize("resource", ["claims", "quotes"])
def test_what_fails_half_way_is_no_file_that_looks_whole(client, full_quote, resource, format_name, monkeypatch):
    """Our server ends such an answer as any other, so the file ends in what no program reads as a row."""
    monkeypatch.setattr(exportable, "EXPORT_BLOCK_SIZE", 1)
    monkeypatch.setattr(claims_csv, "stream_claims_csv", partial(claims_csv.stream_claims_csv, size=1, first=1))
    answer = client.get(f"/api/v1/{resource}.{format_name}")
    blocks = iter(answer.streaming_content)
    assert next(blocks)

    def gone(execute, *args):
        raise RuntimeError

    monkeypatch.setattr(pg_copy, "_copy_lines", gone)  # PostgreSQL's way goes by no wrapper
    with connection.execute_wrapper(gone):
        last = next(blocks).decode()
        with pytest.raises(RuntimeError):
            next(blocks)
    assert "INCOMPLETE: an error occurred" in last
    with pytest.raises((csv.Error, json.JSONDecodeError)):
        list(csv.reader([last], strict=True)) if format_name == "csv" else json.loads(last)


@pytest.mark.django_db
def test_what_fails_at_once_is_a_problem(client, full_quote, monkeypatch):
    def gone(execute, *args):
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr(pg_copy, "_copy_lines", gone)  # as above
    with connection.execute_wrapper(gone):
        for kind in ("claims", "quotes"):
            answer = client.get(f"/api/v1/{kind}.csv")
            assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")


def test_a_reader_that_goes_away_ends_the_work(client, full_quote, monkeypatch):
    closed = []

    def endless(*_, **__):
        try:
            while True:
                yield b"x"
        finally:
            closed.append(True)

    monkeypatch.setattr(claims_csv, "stream_claims_csv", endless)
    answer = client.get("/api/v1/claims.csv")
    assert next(iter(answer.streaming_content)) == b"xx"
    answer.close()
    assert closed
