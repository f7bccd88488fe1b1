"""When something was said: the date of the claim, or else that of the source; and the filters by it."""

import csv
import datetime as dt
import io

import pytest
from django.core.exceptions import EmptyResultSet
from django.http import QueryDict

from claims.models import Claim, Quote
from claims.resources import RESOURCES
from tests import factories as f

MAY, JUNE, JULY = (dt.date(2025, month, 16) for month in (5, 6, 7))


@pytest.fixture
def rows(db: None) -> dict[str, Quote]:
    """Quotes by where their date is from: the claim's own, the earlier of two sources, or nowhere."""
    own = f.QuoteFactory(accepted=True, snapshot__source__published_on=JUNE)
    Claim.objects.filter(pk=own.claim_id).update(said_on=MAY)
    later = f.QuoteFactory(accepted=True, snapshot__source__published_on=JULY)
    earlier = f.QuoteFactory(
        accepted=True, snapshot__source__published_on=JUNE, claim=later.claim, speaker=later.speaker
    )
    f.QuoteFactory(snapshot__source__published_on=MAY, claim=later.claim, speaker=later.speaker)  # not accepted
    undated = f.QuoteFactory(accepted=True)
    return {"own": own, "later": later, "earlier": earlier, "undated": undated}


def test_a_date_says_where_it_is_from(client, rows):
    def get_dates(resource: str, pk: int) -> tuple[str | None, str | None]:
        row = client.get(f"/api/v1/{resource}/{pk}/").json()
        return row["said_on"], row["said_on_from"]

    assert get_dates("claims", rows["own"].claim_id) == ("2025-05-16", "claim")
    assert get_dates("quotes", rows["own"].pk) == ("2025-05-16", "claim")
    assert get_dates("claims", rows["later"].claim_id) == ("2025-06-16", "source")
    assert get_dates("quotes", rows["later"].pk) == ("2025-07-16", "source")
    assert get_dates("claims", rows["undated"].claim_id) == (None, None)
    assert get_dates("quotes", rows["undated"].pk) == (None, None)
    nested = client.get(f"/api/v1/quotes/{rows['later'].pk}/?expand=claim").json()["claim"]
    assert (nested["said_on"], nested["said_on_from"]) == ("2025-06-16", "source")


@pytest.fixture(params=[0, 1, 1000])
def listed_rows(request, monkeypatch):
    """How many matches are looked up first, before the list is read until it meets them."""
    monkeypatch.setattr("claims.resources.filters.MAX_LISTED_ROWS", request.param)


@pytest.mark.usefixtures("listed_rows")
@pytest.mark.parametrize(
    ("query_string", "quotes", "claims"),
    [
        ("said_after=2025-05-16", {"own", "later", "earlier"}, {"own", "later"}),
        ("said_after=2025-05-17", {"later", "earlier"}, {"later"}),
        ("said_after=2025-06-17", {"later"}, set()),
        ("said_before=2025-05-16", {"own"}, {"own"}),
        ("said_before=2025-06-16", {"own", "earlier"}, {"own", "later"}),
        ("said_before=2025-05-15", set(), set()),
        ("said_after=2025-05-17&said_before=2025-06-30", {"earlier"}, {"later"}),
        ("said_after=2025-05-17&q=rivers", {"later", "earlier"}, {"later"}),
        ("published_after=2025-06-17", {"later"}, {"later"}),
        ("published_after=2025-05-17&published_before=2025-06-30", {"own", "earlier"}, {"own", "later"}),
        ("published_before=2025-06-15", set(), set()),
        ("published_after=2025-06-17&said_before=2025-06-30", set(), {"later"}),
        ("published_after=2025-06-17&language=ru", set(), set()),
        ("published_after=2025-06-16&language=en", {"own", "later", "earlier"}, {"own", "later"}),
    ],
)
def test_filters_use_the_date_that_is_shown(client, rows, query_string, quotes, claims):
    f.QuoteFactory(accepted=True, snapshot__source__language="ru")

    def get_ids(resource: str) -> set[int]:
        return {row["id"] for row in client.get(f"/api/v1/{resource}/?{query_string}").json()["results"]}

    assert get_ids("quotes") == {rows[name].pk for name in quotes}
    assert get_ids("claims") == {rows[name].claim_id for name in claims}


def test_a_date_of_an_unreleased_claim_does_not_show(client, rows):
    """Through its quotes: not as a date, and in no filter."""
    quote = rows["own"]
    Claim.objects.filter(pk=quote.claim_id).update(released_at=None)
    row = client.get(f"/api/v1/quotes/{quote.pk}/").json()
    assert (row["said_on"], row["said_on_from"]) == ("2025-06-16", "source")
    assert client.get("/api/v1/quotes/?said_before=2025-05-16").json()["results"] == []


def test_json_ld_dates_a_claim_by_its_own_date_alone(client, rows):
    assert client.get(f"/api/v1/claims/{rows['own'].claim_id}.jsonld").json()["dateCreated"] == "2025-05-16"
    assert "dateCreated" not in client.get(f"/api/v1/claims/{rows['later'].claim_id}.jsonld").json()


@pytest.mark.sqlite_suffices
@pytest.mark.parametrize(
    ("resource", "index"), [("quotes", "quote_last_decided_first"), ("claims", "claim_last_released_first")]
)
@pytest.mark.parametrize("query_string", ["said_after=2025-05-17", "published_after=2025-05-17", "language=en"])
def test_the_list_is_read_in_its_order_if_many_match(rows, resource, index, query_string, monkeypatch):
    """Until a page is full: not all of it, to be sorted."""
    monkeypatch.setattr("claims.resources.filters.MAX_LISTED_ROWS", 0)
    filterset, default_ordering = RESOURCES[resource].filterset_class, RESOURCES[resource].default_ordering
    values, _ = filterset.parse(QueryDict(query_string))
    plan = filterset.apply(RESOURCES[resource].rows(), values).order_by(*default_ordering)[:51].explain()
    assert index in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("resource", ["quotes", "claims"])
@pytest.mark.parametrize("query_string", ["said_after=2090-01-01", "published_after=2090-01-01"])
def test_where_nothing_matches_the_list_is_not_read(rows, resource, query_string):
    filterset = RESOURCES[resource].filterset_class
    values, _ = filterset.parse(QueryDict(query_string))
    with pytest.raises(EmptyResultSet):
        str(filterset.apply(RESOURCES[resource].rows(), values).query)


def test_quotes_csv_has_the_date_and_the_verdict(client, rows):
    f.VerificationFactory(claim=rows["own"].claim, published=True, published_at="2025-08-01T23:30:00Z")
    unreleased = f.QuoteFactory(accepted=True)
    f.VerificationFactory(claim=unreleased.claim, published=True)
    Claim.objects.filter(pk=unreleased.claim_id).update(said_on=MAY, released_at=None)
    content = b"".join(client.get("/api/v1/quotes.csv?ordering=oldest").streaming_content).decode()
    cells = list(csv.DictReader(io.StringIO(content, newline="")))
    names = ["said_on", "said_on_from", "rating", "rating_value", "verified_on"]
    assert set(names) <= cells[0].keys()
    assert {int(row["quote_id"]): [row[name] for name in names] for row in cells} == {
        rows["own"].pk: ["2025-05-16", "claim", "True", "5", "2025-08-01"],
        rows["later"].pk: ["2025-07-16", "source", "", "", ""],
        rows["earlier"].pk: ["2025-06-16", "source", "", "", ""],
        rows["undated"].pk: ["", "", "", "", ""],
        unreleased.pk: ["", "", "", "", ""],
    }
    claim = client.get(f"/api/v1/quotes/{rows['own'].pk}/").json()["claim"]
    assert (claim["rating"]["slug"], claim["verification"]["published_at"]) == ("true", "2025-08-01T23:30:00Z")
