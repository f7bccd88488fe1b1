"""The columns of tables, derived from the serializers' fields."""

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
