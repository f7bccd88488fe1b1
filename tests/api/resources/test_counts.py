"""Counts of quotes and claims by a property: what they count, the list behind each number, formats and errors."""

import csv
import datetime as dt
import io

import pytest

from claims.models import Claim, Rating
from claims.resources import RESOURCES
from tests import factories as f

COUNTED = {name: resource for name, resource in RESOURCES.items() if resource.dimensions}
BY = [(name, by) for name, resource in COUNTED.items() for by in resource.dimensions]
FILTERS = (
    "",
    "q=rivers",
    "q=nowhere",
    "topic=water",
    "topic=water,roads",
    "publisher=The Daily Example&kind=direct",
    "publisher=The Daily Example,Other",
    "language=pt-BR",
    "language=pt",
    "status=mostly-true,unreviewed",
    "has_verdict=true",
    "said_after=2024-03-02&said_before=2024-12-31",
    "kind=indirect,mixed",
)


@pytest.fixture(scope="module")
def _counted_rows(module_db) -> None:
    water, roads = (f.TopicFactory(name=name, slug=name.lower()) for name in ("Water", "Roads"))
    ford, lo = f.SpeakerFactory(name="Ford"), f.SpeakerFactory(name="=Lo")
    rating = Rating.objects.get(slug="mostly-true")

    def quote(number: int, claim: Claim | None, publisher: str, language: str, **fields) -> None:
        source = f.SourceFactory(
            publisher=publisher, language=language, published_on=dt.date(2024, number, number) if number else None
        )
        indirect = {"kind": "indirect"} if number % 2 else {}
        f.QuoteFactory(accepted=True, claim=claim, snapshot__source=source, **indirect, **fields)

    both = f.ClaimFactory(released=True, speaker=ford)
    both.topics.add(water, roads)
    f.VerificationFactory(claim=both, published=True, rating=rating)
    wet = f.ClaimFactory(released=True, speaker=lo, said_on=dt.date(2023, 2, 28))
    wet.topics.add(water)
    f.VerificationFactory(claim=wet, submitted=True)
    nobodys = f.ClaimFactory(released=True, speaker=None)
    draft = f.ClaimFactory(speaker=ford, said_on=dt.date(2020, 1, 1))
    draft.topics.add(water, roads)
    quote(3, both, "The Daily Example", "en", speaker=ford)
    quote(4, both, "The Daily Example", "pt-BR", speaker=ford)
    quote(5, both, "Other", "pt", speaker=ford)
    quote(6, wet, "Other", "PT-br", speaker=lo)
    quote(7, nobodys, "", "", speaker=lo)
    quote(0, None, "The Daily Example", "en", speaker=lo)
    quote(0, draft, "Other", "ru", speaker=ford)


@pytest.fixture
def counted_rows(db, _counted_rows) -> None:
    """Quotes and claims of two speakers, some without a topic, verdict, date, publisher, language or claim."""


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize(("resource", "by"), BY)
def test_each_number_is_that_of_the_list_behind_it(client, counted_rows, resource, by, filters):
    counts = client.get(f"/api/v1/{resource}/counts/?by={by}&{filters}").json()
    assert counts["by"] == by
    assert counts["values"] == len(counts["results"])
    for row in counts["results"]:
        assert client.get(f"{row['url']}&count=exact").json()["count"] == row["count"] > 0, row
    assert [row["count"] for row in counts["results"]] == sorted(
        (row["count"] for row in counts["results"]), reverse=True
    )
    total = client.get(f"/api/v1/{resource}/?count=exact&{filters}").json()["count"]
    counted = sum(row["count"] for row in counts["results"]) + counts["without_value"]
    if resource == "quotes" and by != "topic":
        assert counted == total
    elif counts["results"]:
        assert max(row["count"] for row in counts["results"]) <= total


def labels(client, path: str) -> dict[str, int]:
    return {row["label"]: row["count"] for row in client.get(f"/api/v1/{path}").json()["results"]}


def test_numbers_have_labels(client, counted_rows):
    assert labels(client, "quotes/counts/?by=speaker") == {"Ford": 4, "=Lo": 3}
    assert labels(client, "quotes/counts/?by=topic") == {"Water": 4, "Roads": 3}
    assert labels(client, "claims/counts/?by=topic") == {"Water": 2, "Roads": 1}
    assert labels(client, "claims/counts/?by=verdict") == {"Mostly true": 1, "In review": 1, "Unreviewed": 1}
    assert labels(client, "quotes/counts/?by=verdict") == {"Mostly true": 3, "In review": 1, "Unreviewed": 1}
    assert labels(client, "quotes/counts/?by=kind") == {"Direct": 4, "Indirect": 3}
    assert labels(client, "claims/counts/?by=month") == {"February 2023": 1, "March 2024": 1, "July 2024": 1}
    assert labels(client, "quotes/counts/?by=language") == {"Portuguese": 3, "English": 2, "Russian": 1}


def test_rows_without_a_value_are_counted_apart(client, counted_rows):
    def without_value(path: str) -> int:
        return client.get(f"/api/v1/{path}").json()["without_value"]

    assert without_value("claims/counts/?by=speaker") == 1
    assert without_value("claims/counts/?by=topic") == 1
    # The claim of a quote that is not public, its topics and its date are no part of what is counted.
    assert without_value("quotes/counts/?by=topic") == 3
    assert without_value("quotes/counts/?by=verdict") == 2
    assert without_value("quotes/counts/?by=month") == 2
    assert without_value("quotes/counts/?by=publisher") == 1


def test_the_largest_come_first_up_to_the_limit(client, counted_rows):
    counts = client.get("/api/v1/quotes/counts/?by=speaker&limit=1").json()
    assert ([row["label"] for row in counts["results"]], counts["values"]) == (["Ford"], 2)


def test_csv_has_the_same_rows_with_formulas_guarded(client, counted_rows):
    for path, name in (("quotes/counts.csv?by=speaker", "'=Lo"), ("quotes/counts/?format=csv&by=speaker&raw=1", "=Lo")):
        response = client.get(f"/api/v1/{path}")
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        first, second = csv.DictReader(io.StringIO(response.content.decode(), newline=""))
        assert list(first) == ["value", "label", "count", "url"]
        assert (first["label"], first["count"], second["label"]) == ("Ford", "4", name)
    assert client.get("/api/v1/quotes/counts.csv?by=kind&bom=1").content.startswith("\ufeff".encode())


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ("", "by", "must be one of speaker, topic, publisher, verdict, kind, month, language"),
        ("by=id", "by", "must be one of speaker, topic, publisher, verdict, kind, month, language"),
        ("by=kind&by=month", "by", "may be given only once"),
        ("by=kind&limit=0", "limit", "must be a whole number from 1 to 1000"),
        ("by=kind&limit=1001", "limit", "must be a whole number from 1 to 1000"),
        ("by=kind&limit=x", "limit", "must be a whole number from 1 to 1000"),
        ("by=kind&cursor=x", "cursor", "unknown parameter"),
        ("by=kind&speaker=x", "speaker", "must be a positive whole number"),
        ("by=kind&raw=x", "raw", "must be true or false"),
    ],
)
def test_invalid_parameters_are_named(client, db, query, parameter, detail):
    response = client.get(f"/api/v1/quotes/counts/?{query}")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["parameter"] == parameter
    assert error["detail"].startswith(detail)


@pytest.mark.parametrize(("resource", "by"), BY)
def test_query_count_and_etag(client, counted_rows, django_assert_num_queries, resource, by):
    with django_assert_num_queries(2):  # whether there is such a topic, and the counts
        response = client.get(f"/api/v1/{resource}/counts/?by={by}&topic=water&kind=direct")
    again = client.get(
        f"/api/v1/{resource}/counts/?by={by}&topic=water&kind=direct", headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("resource", [name for name in RESOURCES if name not in COUNTED])
def test_other_lists_have_no_counts(client, db, resource):
    assert client.get(f"/api/v1/{resource}/counts/?by=speaker").status_code == 404
