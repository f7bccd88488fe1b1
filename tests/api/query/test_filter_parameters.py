"""Filters: the rows that they select, and the values that they reject."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from claims.http.list_pages import MAX_PAGE_SIZE
from claims.models import Claim, Quote, Speaker
from claims.resources import filters
from claims.search.parameter_values import MAX_ID, MAX_LIST_VALUES
from claims.services.verification.workflow import withdraw_verification
from tests import factories as f


def get_ids(client, url: str) -> list[int]:
    response = client.get(f"/api/v1/{url}")
    assert response.status_code == 200, response.content
    return [row["id"] for row in response.json()["results"]]


@pytest.fixture(scope="module")
def quote_pair_ids(module_db) -> tuple[int, int]:
    first = f.QuoteFactory(
        accepted=True,
        speaker=f.SpeakerFactory(name="Лена Форд", wikidata_id="Q42"),
        snapshot__source__publisher="Известия",
        snapshot__source__title="Реки полны",
        snapshot__source__language="fi",
        snapshot__source__published_on=dt.date(2025, 5, 16),
    )
    second = f.QuoteFactory(
        accepted=True,
        kind="indirect",
        speaker=f.SpeakerFactory(name="Ann 100% O'Neil", wikidata_id="Q43", kind="organization"),
        snapshot__text='Lena Ford said: "Roads are dry___." (%)',
        snapshot__source__publisher="Gazette",
        snapshot__source__title="ΟΔΟΣ under_score",
        snapshot__source__language="en-GB",
        snapshot__source__published_on=dt.date(2025, 5, 18),
    )
    first.claim.topics.add(f.TopicFactory(slug="water", name="Water"))
    Claim.objects.filter(pk=first.claim_id).update(text="Rivers hold water.", said_on=dt.date(2025, 5, 15))
    Claim.objects.filter(pk=second.claim_id).update(text="ROADS ARE DRY.", said_on=dt.date(2025, 5, 17))
    f.SpeakerNameFactory(speaker=first.speaker, name="Lena Ford")
    f.VerificationFactory(claim=first.claim, published=True)
    f.VerificationFactory(claim=second.claim, submitted=True)
    return first.pk, second.pk


@pytest.fixture
def quote_pair(db, quote_pair_ids) -> tuple[Quote, Quote]:
    """Two accepted quotes that differ in everything that can be filtered by."""
    first, second = (Quote.objects.get(pk=pk) for pk in quote_pair_ids)
    return first, second


FIRST_ONLY = [
    "q=лена",
    "q=ФОРД",
    "q=lena ford",
    "q=nothing OR ford OR never РЕКИ",
    "q=lena AND ford",
    "q=lena&q_in=speaker",
    "q=lena полны&q_in=speaker,source",
    "q=rivers waters -lena&q_in=claim",
    "q=река&q_in=source",
    "q=полны реки",
    "q=water РЕКИ lena rivers",
    "speaker_name=lena  FORD",
    "speaker_name=ЛЕНА форд",
    "speaker_name=le",
    "speaker_name=фор",
    "speaker_name=lena for",
    "q=lena&q_in=speaker&ordering=relevance",
    "wikidata=Q42",
    "wikidata=Q42&wikidata=Q99",
    "publisher=Известия",
    "kind=direct",
    "topic=water",
    "status=true",
    "has_verdict=true",
    "language=fi",
    "said_before=2025-05-15",
    "published_before=2025-05-16",
    "published_before=2025-05-16&publisher=Известия&kind=direct",
]
SECOND_ONLY = [
    "q=100%25",
    "q=o'neil",
    "q=under_sc*",
    "q=under_score",
    "q=οδος",
    "q=-rivers dry",
    'q="roads are" dry',
    "speaker_name=O’Ne",
    "kind=indirect",
    "status=in-review",
    "has_verdict=false",
    "language=en",
    "language=EN-gb",
    "said_after=2025-05-16",
    "published_after=2025-05-17",
]
NEITHER = [
    "q=lena dry gazette nothing",
    "q=1000_",
    "q=__",
    "q=er_sc",
    "q=dry -gauges -o'neil",
    'q="are roads"',
    "q=.*",
    "q=lena&q_in=source",
    "q=lena&q_in=source&ordering=relevance",
    "speaker_name=ena",
    "speaker_name=l",
    "speaker_name=le ford",
    "speaker_name=ford lena",
    "speaker_name=lena форд",
    "speaker_name=forded",
    "q=lena полны&q_in=speaker",
    "q=\\",
    "q=') or 1=1 --",
    "kind=mixed",
    "status=unreviewed",
    "publisher=Gazette&kind=direct",
    "updated_since=9999-12-31T23:59:59Z",
    "updated_since=2999-01-01T00:00:00%2B14:00",
]


@pytest.mark.parametrize("resource", ["claims", "quotes"])
@pytest.mark.parametrize(
    ("query_string", "expected"),
    [(q, [0]) for q in FIRST_ONLY]
    + [(q, [1]) for q in SECOND_ONLY]
    + [(q, []) for q in NEITHER]
    + [
        ("language=fi&language=en", [1, 0]),
        ("updated_since=0001-01-01T00:00:00Z", [0, 1]),
        ("updated_since=0001-01-01T00:00:00%2B14:00", [0, 1]),
        ("updated_since=9999-12-31T23:59:59-14:00", []),
        ("language=fi,en", [1, 0]),
        ("kind=direct,mixed&kind=indirect", [1, 0]),
        ("kind=mixed,indirect", [1]),
        ("publisher=Известия, Gazette", [1, 0]),
        ("publisher=Известия,no such", [0]),
        ("wikidata=Q43%2CQ99", [1]),
        ("q=AR*", [1, 0]),
        ("q=are", [1, 0]),
    ],
)
def test_filters_select(client, quote_pair, resource, query_string, expected):
    ids = [quote.claim_id if resource == "claims" else quote.pk for quote in quote_pair]
    assert get_ids(client, f"{resource}/?{query_string}") == [ids[index] for index in expected]


@pytest.mark.django_db
def test_a_name_that_contains_a_comma_is_found_whole_and_in_lists(client):
    quotes = {
        publisher: f.QuoteFactory(accepted=True, snapshot__source__publisher=publisher).pk
        for publisher in ("Ford, Lo & Sons, Inc.", "Courier", "Echo")
    }
    whole, courier, _ = quotes.values()
    name = urlencode({"publisher": "Ford, Lo & Sons, Inc."})
    assert get_ids(client, f"quotes/?{name}") == [whole]
    assert get_ids(client, f"quotes/?{name}&publisher=Courier") == [courier, whole]
    many = ",".join(["Courier", *(f"publisher {n}" for n in range(40))])
    assert len(many) > 200
    assert get_ids(client, f"quotes/?publisher={many}") == [courier]


def test_a_name_of_many_speakers(client, quote_pair, monkeypatch):
    first, _ = quote_pair
    monkeypatch.setattr(filters, "MAX_LISTED_SPEAKERS", 0)
    assert get_ids(client, "quotes/?speaker_name=lena for") == [first.pk]
    assert get_ids(client, "claims/?speaker_name=ЛЕНА") == [first.claim_id]


def test_filters_of_other_lists(client, quote_pair):
    first, second = quote_pair
    source, other = first.snapshot.source_id, second.snapshot.source_id
    verdict = first.claim.verifications.get().pk
    expected_ids = {
        f"quotes/?claim={first.claim_id}": [first.pk],
        f"quotes/?speaker={first.speaker_id}&speaker={second.speaker_id}": [second.pk, first.pk],
        f"quotes/?source={other}": [second.pk],
        f"claims/?source={other}": [second.claim_id],
        f"claims/?speaker={first.speaker_id}": [first.claim_id],
        "speakers/?q=лен* форд": [first.speaker_id],
        "speakers/?name=lena ford": [first.speaker_id],
        "speakers/?name=lena fo": [first.speaker_id],
        "speakers/?kind=organization": [second.speaker_id],
        "speakers/?wikidata=Q43": [second.speaker_id],
        "sources/?q=реки": [source],
        "sources/?q=gazette": [other],
        f"sources/?speaker={second.speaker_id}": [other],
        f"sources/?sha256={first.snapshot.sha256}": [source],
        f"sources/?url={second.snapshot.source.url}": [other],
        "sources/?published_after=2025-05-17": [other],
        "sources/?extraction_supported=true": [other],
        "sources/?extraction_supported=false": [source],
        "verifications/?rating=true": [verdict],
        "verifications/?rating=false": [],
        "verifications/?topic=water&q=gauges rivers лена": [verdict],
        f"verifications/?speaker={second.speaker_id}": [],
        f"verifications/?claim={first.claim_id}&published_after={timezone.now():%Y-%m-%d}": [verdict],
        "topics/?q=WAT*": [first.claim.topics.get().pk],
    }
    for url, expected in expected_ids.items():
        assert get_ids(client, url) == expected, url


def test_updated_since_covers_everything_that_is_shown_or_filtered(client, quote_pair):
    first, second = quote_pair
    since = client.get("/api/v1/quotes/?updated_since=2020-01-02").json()["updated_since"]
    url = f"quotes/?updated_since={since}"
    assert get_ids(client, url) == []
    Speaker.objects.filter(pk=first.speaker_id).update(description="Mayor.")
    assert get_ids(client, url) == []
    claim = Claim.objects.get(pk=first.claim_id)
    claim.text = "Rivers hold much water."
    claim.save()
    assert get_ids(client, url) == [first.pk]
    withdraw_verification(
        verification=second.claim.verifications.get(), editor=f.UserFactory(), reason="Another gauge shows otherwise."
    )
    assert get_ids(client, url) == [first.pk, second.pk]
    Speaker.objects.filter(pk=first.speaker_id).update(name="Madeleine Ford")
    assert get_ids(client, url) == [second.pk, first.pk]


# Long enough for a pattern that restarts at each character to hang.
LONG = "a" * 200_000 + "%00"
REJECTED = [
    (f"topics/?q={LONG}", "q"),
    (f"speakers/?name={LONG}", "name"),
    (f"quotes/?speaker_name={LONG}", "speaker_name"),
    (f"sources/?publisher={LONG}", "publisher"),
    (f"sources/?url={LONG}", "url"),
    (f"sources/?sha256={LONG}", "sha256"),
    (f"sources/?url={'a' * 1999}%00", "url"),
    (f"sources/?url={'a' * 2001}", "url"),
    ("quotes/?colour=red", "colour"),
    ("quotes/?Speaker=1", "Speaker"),
    ("quotes/1/?kind=direct", "kind"),
    ("quotes/?speaker=", "speaker"),
    ("quotes/?speaker=0", "speaker"),
    ("quotes/?speaker=-1", "speaker"),
    ("quotes/?speaker=1.5", "speaker"),
    ("quotes/?speaker=%D9%A1", "speaker"),  # an Arabic digit
    (f"quotes/?speaker={MAX_ID + 1}", "speaker"),
    (f"quotes/?speaker={'9' * 5000}", "speaker"),
    ("quotes/?" + "&".join(f"speaker={n + 1}" for n in range(MAX_LIST_VALUES + 1)), "speaker"),
    ("quotes/?speaker=" + ",".join(f"{n + 1}" for n in range(MAX_LIST_VALUES + 1)), "speaker"),
    ("quotes/?speaker=" + "," * 200_000, "speaker"),
    ("quotes/?speaker=1,", "speaker"),
    ("quotes/?speaker=,1", "speaker"),
    ("quotes/?speaker=1,x", "speaker"),
    ("quotes/?kind=direct,Mixed", "kind"),
    ("quotes/?topic=water,,roads", "topic"),
    ("quotes/?publisher=" + ",".join(f"p{n}" for n in range(MAX_LIST_VALUES + 1)), "publisher"),
    ("quotes/?publisher=Gazette,%00", "publisher"),
    ("quotes/?said_after=2025-05-16,2025-05-17", "said_after"),
    ("quotes/?q=", "q"),
    ("quotes/?q=+", "q"),
    ("quotes/?q=a%00b", "q"),
    (f"quotes/?q={'a' * 201}", "q"),
    (f"quotes/?q={'+'.join('abcdefghijk' * 3)}", "q"),
    ("quotes/?q=-a", "q"),
    ("quotes/?q=-a+-b", "q"),
    ("quotes/?q=-", "q"),
    ("quotes/?q=a&q=b", "q"),
    ("quotes/?q=') OR 1=1 --", "q"),
    ("quotes/?q=lena NOT dry", "q"),
    ("topics/?q=name:water", "q"),
    ("quotes/?q_in=quote", "q_in"),
    ("quotes/?q=lena&q_in=explanation", "q_in"),
    ("quotes/?q=lena&q_in=quote,", "q_in"),
    ("topics/?q=water&q_in=speaker", "q_in"),
    ("quotes.csv?q=lena&q_in=title", "q_in"),
    ("quotes/?highlight=1", "highlight"),
    ("quotes/?q=lena&highlight=yes", "highlight"),
    ("quotes/?q=lena&highlight=", "highlight"),
    ("quotes/?q=lena&highlight=1&highlight=1", "highlight"),
    ("quotes/?q=NOT lena&highlight=1", "q"),
    ("quotes/?q=lena&q_in=title&highlight=1", "q_in"),
    ("quotes/?q=lena&highlight=1&updated_since=yesterday", "updated_since"),
    ("quotes/1/?highlight=1", "highlight"),
    ("quotes/counts/?by=kind&q=lena&highlight=1", "highlight"),
    ("quotes.csv?q=lena&highlight=1", "highlight"),
    ("quotes.jsonl?q=lena&highlight=1", "highlight"),
    ("quotes.xlsx?q=lena&highlight=0", "highlight"),
    ("quotes.atom?q=lena&highlight=1", "highlight"),
    ("quotes.annotation?q=lena&highlight=1", "highlight"),
    ("ratings/?highlight=1", "highlight"),
    ("quotes/?publisher=%00", "publisher"),
    ("quotes/?speaker_name=%00", "speaker_name"),
    ("quotes/?topic=%00", "topic"),
    ("quotes/?topic=a b", "topic"),
    ("quotes/?kind=Direct", "kind"),
    ("quotes/?language=e", "language"),
    ("quotes/?language=en_GB", "language"),
    ("quotes/?said_after=2025-02-30", "said_after"),
    ("quotes/?said_after=0000-01-01", "said_after"),
    ("quotes/?said_after=10000-01-01", "said_after"),
    ("quotes/?said_after=20250516", "said_after"),
    ("quotes/?said_after=2025-W20-5", "said_after"),
    ("quotes/?updated_since=2025-05-16T10:00:00%2B24:00", "updated_since"),
    ("quotes/?updated_since=2025-05-16T10:00:00+02:00", "updated_since"),
    ("quotes/?updated_since=yesterday", "updated_since"),
    ("quotes/?has_verdict=maybe", "has_verdict"),
    ("quotes/?page_size=0", "page_size"),
    (f"quotes/?page_size={MAX_PAGE_SIZE + 1}", "page_size"),
    ("quotes/?page_size=1&page_size=2", "page_size"),
    ("quotes/?format=xml", "format"),
    ("quotes/?format=annotations", "format"),
    ("topics/?format=atom", "format"),
    ("quotes/?format=csv&cursor=x", "cursor"),
    ("quotes.csv?format=json", "format"),
    ("quotes.pdf", "suffix"),
    ("speakers/1.csv", "suffix"),
    ("quotes.jsonl?page_size=3", "page_size"),
    ("quotes.xlsx?bom=yes", "bom"),
    ("claims/?raw=2", "raw"),
    ("claims/?format=csv&page_size=5", "page_size"),
    ("claims/?format=csv&q=%00", "q"),
    ("claims/1/?format=csv", "format"),
    ("?x=1", "x"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("url", "parameter"), REJECTED, ids=[url[:60] for url, _ in REJECTED])
def test_invalid_filters_are_named(client, url, parameter):
    response = client.get(f"/api/v1/{url}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail", "errors"} <= body.keys()
    assert [error["parameter"] for error in body["errors"]] == [parameter]
    known = body.get("known_parameters")
    assert known is None or ("format" in known and parameter not in known)


@pytest.mark.django_db
def test_an_unknown_parameter_lists_the_parameters(client):
    known = client.get("/api/v1/topics/?colour=red").json()["known_parameters"]
    assert known == [
        "bom",
        "count",
        "cursor",
        "fields",
        "format",
        "highlight",
        "ordering",
        "page_size",
        "q",
        "q_in",
        "raw",
        "updated_since",
    ]


@pytest.mark.django_db
def test_a_thousand_parameters_are_rejected(client):
    response = client.get("/api/v1/quotes/?" + "&".join(f"a{n}=1" for n in range(1500)))
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
