"""The columns of tables, derived from the serializers' fields."""

import csv

import orjson
import pytest

from claims.export.tabular.resource_csv import iter_cell_blocks
from claims.models import Evidence, Position
from claims.resources import RESOURCES
from claims.resources.resource import Resource
from tests import factories as f


def only_row(resource: Resource) -> dict[str, object]:
    ((cells,),) = iter_cell_blocks(resource.table, resource.rows(), resource.default_ordering)
    return dict(zip(resource.table.header, cells, strict=True))


@pytest.mark.django_db
@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
def test_every_column_is_described(resource):
    assert [column.name for column in resource.table.columns if not column.description] == []


@pytest.mark.django_db
def test_columns_of_a_related_row_that_is_missing_are_empty():
    f.QuoteFactory(accepted=True, claim=None)
    row = only_row(RESOURCES["quotes"])
    assert {row[name] for name in ("claim_id", "claim", "status")} == {None}
    assert row["speaker"]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "cell"), [("en-GB", "true"), ("de", "false"), ("", None)])
def test_whether_a_language_is_read_is_a_boolean_in_every_format(client, language, cell):
    quote = f.QuoteFactory(accepted=True, snapshot__source__language=language)
    csv_lines = b"".join(client.get("/api/v1/sources.csv").streaming_content).decode().splitlines()
    (row,) = csv.DictReader(csv_lines)
    assert row["extraction_supported"] == (cell or "")
    expected = None if cell is None else cell == "true"
    address = f"/api/v1/sources/{quote.snapshot.source_id}/"
    assert client.get(address).json()["extraction_supported"] is expected
    (line,) = b"".join(client.get("/api/v1/sources.jsonl").streaming_content).splitlines()
    assert orjson.loads(line)["extraction_supported"] is expected
    for value, count in (("true", expected is True), ("false", expected is False)):
        rows = client.get("/api/v1/sources/", {"extraction_supported": value}).json()["results"]
        assert len(rows) == count


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"title": "Mayor", "organization": "Rome", "held_from": "2019-01-01"}, "Mayor, Rome (2019-01-01–)"),
        ({"title": "", "organization": "Rome", "held_to": "2020-02-03"}, "Rome (–2020-02-03)"),
        ({"title": "Mayor", "organization": ""}, "Mayor"),
    ],
)
def test_positions_are_texts(values, expected):
    speaker = f.QuoteFactory(accepted=True).speaker
    Position.objects.create(speaker=speaker, **values)
    assert only_row(RESOURCES["speakers"])["positions"] == expected


@pytest.mark.django_db
def test_evidence_without_a_url_is_its_source():
    claim = f.QuoteFactory(accepted=True).claim
    verification = f.VerificationFactory(claim=claim, published=True)
    Evidence.objects.filter(verification=verification).delete()
    source = f.SourceFactory()
    f.EvidenceFactory(verification=verification, url="https://example.org/a")
    f.EvidenceFactory(verification=verification, url="", source=source)
    row = only_row(RESOURCES["verifications"])
    assert str(row["evidence"]).split("; ")[0] == "https://example.org/a"
    assert str(row["evidence"]).endswith(f"/api/v1/sources/{source.pk}/")


@pytest.mark.django_db
def test_spans_are_pairs():
    quote = f.QuoteFactory(accepted=True)
    assert only_row(RESOURCES["quotes"])["spans"] == "; ".join(f"{start}-{end}" for start, end in quote.spans)
