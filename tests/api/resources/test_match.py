"""`match/`: public claims alike to a text or to the quotes of an article, with their differences, and no others."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims.api.http import throttling
from claims.http.rate_limit import RateLimiter
from claims.matching import EncoderError
from claims.models import Claim, ClaimRelation
from claims.resources.matches.public_matches import MAX_MATCHES_OF_QUOTE, MAX_QUOTES
from claims.search.matches import claim_index
from claims.services.claims.claim_vectors import update_vectors
from tests import factories as make

pytestmark = pytest.mark.django_db

URL = "/api/v1/match/"
MARCH = "The police counted 40,000 people at the march in Bellport."
MORE = MARCH.replace("40,000", "400,000")


@pytest.fixture(autouse=True)
def _own_rate_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "RATE_LIMITER", RateLimiter())


def make_public_claim(text: str, **fields: Any) -> Claim:
    quote = make.QuoteFactory(accepted=True, claim__text=text, **fields)
    return quote.claim


def ask(client: Client, **parameters: str) -> dict[str, Any]:
    response = client.get(URL, parameters)
    assert response.status_code == 200, response.content
    return response.json()


def matches_of(client: Client, text: str = MARCH) -> list[dict[str, Any]]:
    [checked] = ask(client, text=text)["results"]
    return checked["matches"]


def index() -> None:
    assert sum(update_vectors())


def test_a_claim_that_says_the_same_with_its_verdict(client: Client) -> None:
    claim = make_public_claim(MARCH, speaker__name="Ana Quispe")
    make.VerificationFactory(claim=claim, published=True)
    index()
    document = ask(client, text="40k people marched in Bellport, according to the count of the police.")
    assert (document["has_more"], document["quotes_url"]) == (False, None)
    [checked] = document["results"]
    [found] = checked["matches"]
    assert (checked["quote"], found["same"], found["differences"]) == (None, True, [])
    assert 0.5 < found["probability"] <= 1
    shown = found["claim"]
    assert (shown["id"], shown["text"], shown["speaker"]["name"]) == (claim.pk, MARCH, "Ana Quispe")
    assert (shown["status"], shown["rating"]["slug"], shown["verification"]["explanation"]) == (
        "true",
        "true",
        "Two gauges show it.",
    )
    assert client.get(shown["url"]).json()["id"] == claim.pk


@pytest.mark.parametrize(
    ("text", "kind", "words", "of_claim"),
    [
        (MORE, "number", "400,000", "40,000"),
        ("The police did not count 40,000 people at the march in Bellport.", "negation", "did not", ""),
    ],
    ids=["number", "denial"],
)
def test_what_differs_has_its_words_and_places_in_both(
    client: Client, text: str, kind: str, words: str, of_claim: str
) -> None:
    make_public_claim(MARCH)
    index()
    [found] = matches_of(client, text)
    [difference] = [each for each in found["differences"] if each["kind"] == kind]
    assert not found["same"]
    assert difference["claim"] == of_claim
    assert difference["text"] in words
    for name, whole in (("text", text), ("claim", MARCH)):
        start, end = difference[f"{name}_span"]
        assert whole[start:end] == difference[name]


HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize("state", ["draft", "proposal", "embargoed", "retracted", "merged", "without-quote"])
def test_only_public_claims_are_found(client: Client, state: str) -> None:
    claim = make_public_claim(MARCH)
    now = timezone.now()
    changes: dict[str, dict[str, Any]] = {
        "draft": {"released_at": None},
        "proposal": {"released_at": None, "wording_confirmed_at": None},
        "embargoed": {"released_at": now + HOUR},
        "retracted": {"retracted_at": now},
        "merged": {"merged_into": make_public_claim("Exports of coffee fell.")},
        "without-quote": {},
    }
    index()
    assert matches_of(client)
    if state in {"without-quote", "merged"}:
        claim.quotes.all().delete()
    Claim.objects.filter(pk=claim.pk).update(**changes[state])
    assert matches_of(client) == [], "even before its vector is removed"
    list(update_vectors())
    assert matches_of(client) == []


def test_an_embargo_ends_by_itself(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at = timezone.now() + HOUR
    claim = make_public_claim(MARCH)
    Claim.objects.update(released_at=at)
    index()
    assert matches_of(client) == []
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + HOUR)
    assert [each["claim"]["id"] for each in matches_of(client)] == [claim.pk]


def test_a_hundred_unreleased_copies_do_not_hide_the_released_one(client: Client) -> None:
    claim = make_public_claim("Police say 40,000 people marched in Bellport.")
    make.ClaimFactory.create_batch(60, text=MARCH)
    make.ClaimFactory.create_batch(60, text=MARCH, released_at=timezone.now() + HOUR)
    make.ClaimFactory.create_batch(5, text=MARCH, released=True)  # no quote of theirs was accepted
    index()
    assert [each["claim"]["id"] for each in matches_of(client)] == [claim.pk]


def test_what_is_not_public_of_a_public_claim_is_not_shown(client: Client) -> None:
    claim, draft = make_public_claim(MARCH), make.ClaimFactory(text="A secret draft of a claim.")
    make.VerificationFactory(claim=claim, explanation="A secret draft of a verdict.")
    ClaimRelation.objects.create(first=claim, second=draft, kind="same")
    index()
    content = client.get(URL, {"text": MARCH}).content.decode()
    assert "secret" not in content
    assert matches_of(client)[0]["claim"]["status"] == "unreviewed"


def test_the_quotes_of_an_article(client: Client) -> None:
    text = 'Lena Ford said: "Rivers are full." She said: "Lakes are low."'
    snapshot = make.SnapshotFactory(text=text, source__url="https://example.org/rivers")
    own = make.QuoteFactory(accepted=True, snapshot=snapshot, claim__text="Rivers are full.")
    start = text.index("Lakes")
    second = make.QuoteFactory(
        accepted=True, snapshot=snapshot, start=start, end=start + 14, claim__text="Lakes are low."
    )
    make.QuoteFactory(snapshot=snapshot, start=start, end=start + 13, claim__text="Lakes are low")
    other = make_public_claim("The rivers are full!")
    low = make_public_claim("Rivers are not full.")
    index()
    document = ask(client, source_url="http://www.example.org/rivers?utm_source=x")
    assert document["has_more"] is False
    first, last = document["results"]
    assert (first["text"], first["quote"]["id"], first["quote"]["claim"]["id"]) == (
        "Rivers are full.",
        own.pk,
        own.claim_id,
    )
    assert [(each["claim"]["id"], each["same"]) for each in first["matches"]] == [(other.pk, True), (low.pk, False)]
    assert (last["quote"]["id"], last["quote"]["claim"]["text"]) == (second.pk, "Lakes are low.")
    quotes = client.get(document["quotes_url"]).json()["results"]
    assert {quote["id"] for quote in quotes} == {own.pk, second.pk}


def test_a_quote_whose_claim_is_not_public(client: Client) -> None:
    quote = make.QuoteFactory(before_claim=True, snapshot__source__url="https://example.org/a")
    index_is_empty = not list(update_vectors())
    [checked] = ask(client, source_url="https://example.org/a")["results"]
    assert (checked["quote"]["id"], checked["quote"]["claim"], checked["matches"]) == (quote.pk, None, [])
    assert index_is_empty


def test_an_unknown_article_has_no_quotes(client: Client) -> None:
    make.QuoteFactory(snapshot__source__url="https://example.org/pending")
    for address in ("https://example.org/pending", "https://example.org/nowhere"):
        assert ask(client, source_url=address)["results"] == []


def test_long_articles_are_cut_and_cost_no_more_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    snapshot = make.SnapshotFactory(source__url="https://example.org/long")
    for start in range(MAX_QUOTES + 2):
        make.QuoteFactory(accepted=True, snapshot=snapshot, start=start, end=33)
    index()
    ask(client, source_url="https://example.org/long")
    with django_assert_max_num_queries(6 + MAX_QUOTES * 4):
        document = ask(client, source_url="https://example.org/long")
    assert (document["has_more"], len(document["results"])) == (True, MAX_QUOTES)
    assert all(len(checked["matches"]) <= MAX_MATCHES_OF_QUOTE for checked in document["results"])


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ({}, "text", "is required, or else source_url"),
        ({"text": "a", "source_url": "https://example.org/"}, "source_url", "not allowed with text"),
        ({"text": "x" * 501}, "text", "must be text of 1 to 500 characters without NUL"),
        ({"text": "  "}, "text", "must be text of 1 to 500 characters without NUL"),
        ({"text": "a\0b"}, "text", "must be text of 1 to 500 characters without NUL"),
        ({"text": ""}, "text", "must not be empty"),
        ({"text": ["a", "b"]}, "text", "may be given only once"),
        ({"source_url": "no address"}, "source_url", "must be the address of a web page"),
        ({"txt": "a"}, "txt", "unknown parameter"),
    ],
    ids=["neither", "both", "long", "blank", "nul", "empty", "twice", "no-address", "unknown"],
)
def test_what_cannot_be_asked(client: Client, query: dict[str, Any], parameter: str, detail: str) -> None:
    response = client.get(URL, query)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    [error] = response.json()["errors"]
    assert (error["parameter"], error["detail"].startswith(detail)) == (parameter, True), error


def test_a_request_counts_as_several(client: Client, settings: Settings) -> None:
    settings.FACTBASE_READS_PER_MINUTE = 25
    remaining = [client.get(URL, {"text": MARCH})["RateLimit"] for _ in range(2)]
    assert [each.partition(";r=")[2].partition(";")[0] for each in remaining] == ["15", "5"]
    refused = client.get(URL, {"text": MARCH})
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert int(refused["Retry-After"]) > 0
    assert client.get("/api/v1/claims/").status_code == 200, "what is left is enough for other requests"


def test_an_article_is_never_dearer_than_the_quota(client: Client, settings: Settings) -> None:
    settings.FACTBASE_READS_PER_MINUTE = 5
    assert client.get(URL, {"source_url": "https://example.org/"}).status_code == 200
    assert client.get(URL, {"source_url": "https://example.org/"}).status_code == 429


def test_a_damaged_encoder_is_a_problem_of_the_site(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise EncoderError("/srv/encoder.onnx: damaged")

    make_public_claim(MARCH)
    index()
    monkeypatch.setattr(claim_index, "load_encoder", fail)
    response = client.get(URL, {"text": MARCH})
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert "language model" in response.json()["detail"]
    assert "/srv" not in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_etag_holds_until_another_claim_can_be_found(client: Client) -> None:
    first = client.get(URL, {"text": MARCH})
    headers = {"If-None-Match": first["ETag"]}
    assert client.get(URL, {"text": MARCH}, headers=headers).status_code == 304
    make_public_claim(MARCH)
    index()
    again = client.get(URL, {"text": MARCH}, headers=headers)
    assert (again.status_code, len(again.json()["results"][0]["matches"])) == (200, 1)
    headers = {"If-None-Match": again["ETag"]}
    assert client.get(URL, {"text": MARCH}, headers=headers).status_code == 304
    assert again["Cache-Control"] == "public, no-cache"
