"""Responses: rows, redirects, errors and headers."""

import datetime as dt
import hashlib

import orjson
import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from claims.api.http.renderers import JSONRenderer
from claims.api.urls import urlpatterns
from claims.models import Claim, Correction, Position, Quote, QuoteDecision, Speaker
from claims.resources import RESOURCES
from claims.services.changefeed.processor import process_pending
from tests import factories as f

BASE = "http://127.0.0.1:8000/api/v1"
MEANING = "Accurate, with nothing significant left out."  # of the rating


@pytest.fixture
def verified_quote(db) -> Quote:
    quote = f.QuoteFactory(accepted=True, role="Minister", outlet="Gazette")
    quote.claim.topics.add(f.TopicFactory(name="Water", slug="water"))
    verification = f.VerificationFactory(claim=quote.claim, published=True, comment="between us")
    f.EvidenceFactory(verification=verification)
    Position.objects.create(speaker=quote.speaker, title="Minister", held_from=dt.date(2020, 1, 1))
    return Quote.objects.get(pk=quote.pk)


def test_a_quote_can_be_verified_from_its_response(client, verified_quote):
    body = client.get(f"/api/v1/quotes/{verified_quote.pk}/").json()
    text = verified_quote.snapshot.text
    assert text[body["start"] : body["end"]] == body["exact"] == "Rivers are full."
    assert [text[start:end] for start, end in body["spans"]] == [body["exact"]]
    assert text.endswith(body["exact"] + body["suffix"])
    assert text.startswith(body["prefix"] + body["exact"])
    assert hashlib.sha256(text.encode()).hexdigest() == body["snapshot_sha256"]
    assert (body["mention"], body["cue"], body["role"], body["outlet"]) == ("Lena Ford", "said", "Minister", "Gazette")
    assert body["speaker"] == {
        "id": verified_quote.speaker_id,
        "name": verified_quote.speaker.name,
        "kind": "person",
        "wikidata_id": "",
        "url": f"{BASE}/speakers/{verified_quote.speaker_id}/",
    }
    verdict = body["claim"]["verification"]
    assert verdict["url"] == f"{BASE}/verifications/{verdict['id']}/"
    assert body["claim"] == {
        "id": verified_quote.claim_id,
        "text": verified_quote.claim.text,
        "status": "true",
        "rating": {"slug": "true", "name": "True", "value": 5, "worst": 1, "best": 5, "explanation": MEANING},
        "verification": verdict,
        "url": f"{BASE}/claims/{verified_quote.claim_id}/",
    }
    assert body["source"]["url"].startswith("https://example.org/")
    assert body["source"]["api_url"] == f"{BASE}/sources/{verified_quote.snapshot.source_id}/"
    assert body["accepted_at"] == verified_quote.decided_at.isoformat().replace("+00:00", "Z")
    assert body["url"] == f"{BASE}/quotes/{verified_quote.pk}/"


def test_a_quote_without_a_claim(client, verified_quote):
    Quote.objects.update(claim=None)
    assert client.get(f"/api/v1/quotes/{verified_quote.pk}/").json()["claim"] is None
    assert client.get("/api/v1/claims/").json()["results"] == []


def test_a_claim_has_its_verdict_and_first_quotes(client, verified_quote):
    for _ in range(11):
        f.QuoteFactory(accepted=True, claim=verified_quote.claim, speaker=verified_quote.speaker)
    f.QuoteFactory(claim=verified_quote.claim)
    body = client.get(f"/api/v1/claims/{verified_quote.claim_id}/").json()
    assert body["status"] == "true"
    assert body["rating"] == {"slug": "true", "name": "True", "value": 5, "worst": 1, "best": 5, "explanation": MEANING}
    assert body["verification"]["explanation"] == "Two gauges show it."
    assert [evidence["stance"] for evidence in body["verification"]["evidence"]] == ["supports"]
    assert body["topics"] == [
        {"slug": "water", "name": "Water", "url": f"{BASE}/topics/{verified_quote.claim.topics.get().pk}/"}
    ]
    assert body["appearances"] == 12
    assert len(body["quotes"]) == 10
    assert body["quotes"][0]["id"] == verified_quote.pk
    assert len(client.get(body["quotes_url"]).json()["results"]) == 12


def test_a_claim_without_a_verdict(client, verified_quote):
    verified_quote.claim.verifications.update(state="withdrawn")
    body = client.get(f"/api/v1/claims/{verified_quote.claim_id}/").json()
    assert (body["status"], body["rating"], body["verification"]) == ("unreviewed", None, None)


@pytest.mark.usefixtures("verified_quote")
def test_no_response_names_an_editor(client):
    for kind in RESOURCES:
        for row in client.get(f"/api/v1/{kind}/").json()["results"]:
            text = orjson.dumps(row).decode()
            for word in (
                "editor-",
                "between us",
                'author"',
                "approver",
                "comment",
                "decided_by",
                "made_by",
                "fingerprint",
            ):
                assert word not in text, f"{kind}: {word}"


def test_a_merged_speaker_redirects(client, verified_quote):
    first, second = (f.QuoteFactory(accepted=True).speaker for _ in range(2))
    process_pending()
    for merged, kept in [(second, verified_quote.speaker), (first, second)]:
        Quote.objects.filter(speaker=merged).update(speaker=kept)
        Claim.objects.filter(speaker=merged).update(speaker=kept)
        Speaker.objects.filter(pk=merged.pk).update(merged_into=kept)
    response = client.get(f"/api/v1/speakers/{first.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"{BASE}/speakers/{verified_quote.speaker_id}/")
    assert response["Cache-Control"] == "public, no-cache", "a merge can be undone"
    Quote.objects.update(decision=QuoteDecision.REJECTED)
    assert client.get(f"/api/v1/speakers/{first.pk}/").status_code == 301, "the other speaker tells why it is gone"
    assert client.get(f"/api/v1/speakers/{verified_quote.speaker_id}/").json()["cause"] == "unused"


def test_a_merged_speaker_that_never_was_public_is_not_found(client, verified_quote):
    first = f.SpeakerFactory()
    Speaker.objects.filter(pk=first.pk).update(merged_into=verified_quote.speaker)
    assert client.get(f"/api/v1/speakers/{first.pk}/").status_code == 404


def test_a_cycle_of_merges_ends(client, verified_quote):
    first, second = (f.QuoteFactory(accepted=True).speaker for _ in range(2))
    process_pending()
    Speaker.objects.filter(pk=second.pk).update(merged_into=first)
    Speaker.objects.filter(pk=first.pk).update(merged_into=second)
    assert client.get(f"/api/v1/speakers/{first.pk}/").json()["cause"] == "merged"


def test_a_retracted_claim_leaves_a_stub(client, verified_quote):
    Claim.objects.update(retracted_at=timezone.now())
    Correction.objects.create(
        claim=verified_quote.claim, kind="retraction", text="Withdrawn.", reason="Misheard.", made_by=f.UserFactory()
    )
    response = client.get(f"/api/v1/claims/{verified_quote.claim_id}/")
    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["reason"] == "Misheard."
    assert verified_quote.claim.text not in response.content.decode()
    assert Correction.objects.update(id=99) == 1
    (correction,) = client.get("/api/v1/corrections/").json()["results"]
    assert correction["claim_url"] == f"{BASE}/claims/{verified_quote.claim_id}/"


def test_the_root_links_to_everything(client, verified_quote):
    links = client.get("/api/v1/").json()
    assert set(RESOURCES) <= set(links)
    for url in links.values():
        assert client.get(url).status_code == 200, url
    with override_settings(FACTBASE_BASE_URL="https://facts.example.org"):
        assert (
            client.get(f"/api/v1/quotes/{verified_quote.pk}/")
            .json()["url"]
            .startswith("https://facts.example.org/api/v1/")
        )


PROBLEMS = [
    ("get", "/api/v1/nowhere/", 404),
    ("get", "/api/v1/nowhere", 404),
    ("get", "/api/v1/quotes/0/", 404),
    ("get", "/api/v1/quotes/abc/", 404),
    ("get", "/api/v1/quotes/-1/", 404),
    ("get", f"/api/v1/quotes/{2**63}/", 404),
    ("get", f"/api/v1/quotes/{'9' * 5000}/", 404),
    ("get", "/api/v1/quotes/%00/", 404),
    ("get", "/api/v1/quotes/1/more/", 404),
    ("post", "/api/v1/nowhere/", 404),
    ("post", "/api/v1/quotes/", 405),
    ("put", "/api/v1/quotes/1/", 405),
    ("delete", "/api/v1/claims/1/", 405),
    ("patch", "/api/v1/", 405),
    ("post", "/api/v1/schema/", 405),
    ("post", "/api/v1/claims.csv-metadata.json", 405),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "url", "status"), PROBLEMS)
def test_every_error_is_a_problem_document(method, url, status):
    response = getattr(Client(enforce_csrf_checks=True), method)(url)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert {"type", "title", "detail"} <= body.keys()
    if status == 405:
        assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.django_db
def test_an_unacceptable_request_is_a_problem_document(client):
    response = client.get("/api/v1/quotes/", headers={"Accept": "text/html"})
    assert response.status_code == 406
    assert response["Content-Type"] == "application/problem+json"
    assert client.get("/api/v1/quotes/", headers={"Accept": "text/html,*/*;q=0.1"}).status_code == 200
    assert client.get("/api/v1/claims/", headers={"Accept": "text/csv"})["Content-Type"].startswith("text/csv")
    failed = client.get("/api/v1/claims/?kind=x", headers={"Accept": "text/csv"})
    assert failed["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_an_unexpected_error_reveals_nothing(monkeypatch, caplog):
    def broken(*_, **__):
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr("claims.resources.sql.list_query.ListQuery.page", broken)
    response = Client(raise_request_exception=False).get("/api/v1/quotes/")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert b"swordfish" not in response.content
    assert "swordfish" in caplog.text
    with pytest.raises(RuntimeError):
        Client().get("/api/v1/quotes/")


@pytest.mark.django_db
def test_a_missing_slash_redirects(client):
    response = client.get("/api/v1/quotes?kind=direct&q=%D1%8F")
    assert (response.status_code, response["Location"]) == (302, "/api/v1/quotes/?kind=direct&q=%D1%8F")


def test_head_has_no_body(client, verified_quote):
    for url in (
        "/api/v1/quotes/",
        f"/api/v1/quotes/{verified_quote.pk}/",
        "/api/v1/claims/?format=csv",
        "/api/v1/",
    ):
        response = client.head(url)
        assert response.status_code == 200
        assert response.getvalue() == b""


@pytest.mark.django_db
@pytest.mark.parametrize("name", [each.name for each in urlpatterns if each.name and each.name != "api-not-found"])
def test_options_lists_the_methods(client, name):
    given = {"api-proof": [7], "api-snapshot": [7, "0" * 64], "api-delivery": [7]}
    url = reverse(name, args=[7] if name.endswith("-detail") else given.get(name, []))
    response = client.options(url)
    allowed = "POST, OPTIONS" if name in {"api-articles", "api-check"} else "GET, HEAD, OPTIONS"
    assert (response.status_code, response["Allow"]) == (204, allowed)
    assert response.content == b""
    assert "Content-Type" not in response.headers


def test_cors_and_cache_headers(client, verified_quote):
    response = client.get("/api/v1/quotes/", headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_json_is_utf_8_and_has_no_nan():
    assert JSONRenderer().render({"é": float("nan"), "s": "я"}) == '{"é":null,"s":"я"}'.encode()


@pytest.mark.parametrize("path", ["/api/", "/api/v2/", "/api/v2/claims", "/api/v1x"])
def test_unknown_versions_are_a_problem_document(client, path):
    response = client.get(path, follow=True)
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("application/problem+json")
