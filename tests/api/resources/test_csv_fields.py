"""CSV with the fields that a request selects: their columns, nested ones too, with the values that JSON has."""

import csv
import io

import pytest

from claims.resources import RESOURCES
from claims.resources.sql.sql_serializer import all_field_names
from tests.api.formats import response_content


def read_csv(client, path: str) -> list[dict[str, str]]:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response_content(response)
    return list(csv.DictReader(io.StringIO(response_content(response).decode(), newline="")))


def test_columns_are_the_fields_in_the_order_of_the_request(client, full_quote):
    rows = read_csv(client, "quotes.csv?fields=speaker.name,id,text&fields=claim.rating.value")
    assert list(rows[0]) == ["speaker.name", "id", "text", "claim.rating.value"]
    shown = client.get("/api/v1/quotes/").json()["results"]
    assert [(row["speaker.name"], int(row["id"]), row["text"]) for row in rows] == [
        (row["speaker"]["name"], row["id"], row["text"]) for row in shown
    ]


def test_an_object_has_a_column_for_each_field_and_a_list_one_cell(client, full_quote):
    (row,) = [row for row in read_csv(client, "claims.csv?fields=id,speaker,topics.slug,quotes") if row["topics.slug"]]
    assert row["topics.slug"] == "water"
    assert row["speaker.wikidata_id"] == "Q42"
    assert row["quotes.start"] == str(full_quote.start)


def test_expand_adds_the_columns_of_the_object(client, full_quote):
    usual, expanded = (read_csv(client, f"quotes.csv{query}") for query in ("", "?expand=speaker"))
    assert [row | dict(more) for row, more in zip(usual, expanded, strict=True)] == expanded
    assert list(expanded[0])[: len(usual[0])] == list(usual[0])
    assert {row["speaker.quotes"] for row in expanded} == {"1"}
    assert list(read_csv(client, "quotes.csv?fields=speaker.names&expand=speaker")[0]) == ["speaker.names"]


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_field_can_be_a_column(client, full_quote, resource):
    names = all_field_names(RESOURCES[resource].serializer_class)
    for start in range(0, len(names), 100):
        read_csv(client, f"{resource}.csv?fields={','.join(names[start : start + 100])}")


def test_formulas_are_guarded_in_any_column(client, full_quote):
    type(full_quote.speaker).objects.filter(pk=full_quote.speaker_id).update(name="=1+1")
    assert "'=1+1" in [row["speaker.name"] for row in read_csv(client, "quotes.csv?fields=speaker.name")]


@pytest.mark.parametrize("query", ["fields=nothing", "fields=speaker.nothing", "expand=nothing", "fields=id,"])
def test_unknown_fields_are_errors(client, db, query):
    response = client.get(f"/api/v1/quotes.csv?{query}")
    assert response.status_code == 400
    assert response.json()["errors"]
