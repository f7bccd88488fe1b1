"""Nothing that is not released reaches a reader: in no list, count, filter, nested object, search, format or error.

Every unreleased state is made with words of its own ("secret…", by which a leak names its way), beside one released
claim; then every address is asked, and every question that the secrets themselves suggest.
"""

import datetime as dt
from urllib.parse import quote as quoted

import pytest
from django.core.management import call_command
from django.utils import timezone

from claims.api.resources.exportable import renderers_for
from claims.api.resources.viewsets import RESOURCES
from claims.models import Claim, Quote, QuoteDecision, Snapshot
from tests import factories as f
from tests.api.unreleased_rows import Secrets, create_unreleased_rows

OF_IDS = {"speaker", "claim", "source"}
OF_WORDS = {
    "q": ("claim", "quote", "title", "speaker", "publisher", "topic", "verdict", "cited"),
    "name": "speaker",
    "speaker_name": "speaker",
    "publisher": "publisher",
    "topic": "topic",
}


@pytest.fixture
def secrets(db) -> Secrets:
    """Every unreleased state."""
    return create_unreleased_rows()


def response_text(response) -> str:
    """All of a response that a reader sees."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{dict(response.headers)} {body.decode()}"


def assert_no_secrets(secrets: Secrets, text: str, way: str, *, but: str = "") -> None:
    for word in [*secrets.words, *(str(pk) for pks in secrets.kinds.values() for pk in pks)]:
        if word != but:
            assert word not in text, f"{way} gave away {word}"


def test_no_list_row_or_export_gives_anything_away(client, secrets, capsys):
    for way in ["", "schema/", "docs/", "claims.csv-metadata.json", "claims/?format=csv", "nowhere/", "claims/?x=1"]:
        assert_no_secrets(secrets, response_text(client.get(f"/api/v1/{way}")), way)
    for kind in RESOURCES:
        since = client.get(f"/api/v1/{kind}/?page_size=200&updated_since=2000-01-01")
        assert_no_secrets(secrets, response_text(since), f"{kind} since 2000")
        assert since.json()["tombstones"] == []
        response = client.get(f"/api/v1/{kind}/?page_size=200")
        assert since.json()["results"] == list(reversed(response.json()["results"])) or kind in {
            "speakers",
            "topics",
            "ratings",
        }
        assert_no_secrets(secrets, response_text(response), kind)
        for row in response.json()["results"]:
            address = row.get("api_url") or row["url"]
            assert_no_secrets(secrets, response_text(client.get(address)), address)
            for more in [row[name] for name in row if name.endswith("s_url")]:
                assert_no_secrets(secrets, response_text(client.get(more)), more)
    for form in ("csv", "jsonl"):
        call_command("export_claims", format=form)
        assert_no_secrets(secrets, capsys.readouterr().out, form)


def test_no_form_and_no_proof_gives_anything_away(client, secrets):
    for kind in RESOURCES:
        for detail in (False, True):
            for form in {each.format for each in renderers_for(kind, detail=detail)} - {"xlsx"}:
                pks = [row["id"] for row in client.get(f"/api/v1/{kind}/").json()["results"]]
                for address in [f"{kind}/{pk}.{form}" for pk in pks] if detail else [f"{kind}.{form}"]:
                    response = client.get(f"/api/v1/{address}")
                    assert response.status_code == 200
                    assert_no_secrets(secrets, response_text(response), address)
        for pk in secrets.kinds[kind]:
            for form in {each.format for each in renderers_for(kind, detail=True)}:
                assert client.get(f"/api/v1/{kind}/{pk}.{form}").status_code in {404, 410}
    for address in ("quotes/6000011/proof/", *snapshot_urls(client)):
        assert_no_secrets(secrets, response_text(client.get(f"/api/v1/{address}")), address)
    for pk in secrets.kinds["quotes"]:
        assert client.get(f"/api/v1/quotes/{pk}/proof/").status_code == 404
    for snapshot in Snapshot.objects.exclude(sha256__in=[each.rstrip("/")[-64:] for each in snapshot_urls(client)]):
        response = client.get(f"/api/v1/sources/{snapshot.source_id}/snapshots/{snapshot.sha256}/")
        assert response.status_code == 404


def snapshot_urls(client) -> list[str]:
    """Those that the sources name."""
    rows = client.get("/api/v1/sources/").json()["results"]
    return [f"sources/{row['id']}/snapshots/{each['sha256']}/" for row in rows for each in row["snapshots"]]


def test_counts_count_what_is_released(client, secrets):
    released = {kind: client.get(f"/api/v1/{kind}/?page_size=200").json()["results"] for kind in RESOURCES}
    assert len(released["quotes"]) == len(released["claims"]) == len(released["verifications"]) == 1
    assert [claim["appearances"] for claim in released["claims"]] == [1]
    assert [(speaker["quotes"], speaker["claims"]) for speaker in released["speakers"]] == [(1, 1)]
    assert [source["quotes"] for source in released["sources"]] == [1]
    assert len(released["sources"][0]["snapshots"]) == 1
    assert released["topics"] == released["corrections"] == []


def test_what_is_not_released_is_as_if_it_were_not_there(client, secrets):
    for kind, pks in secrets.kinds.items():
        nothing = client.get(f"/api/v1/{kind}/999999999/")
        assert nothing.status_code == 404
        for pk in pks:
            response = client.get(f"/api/v1/{kind}/{pk}/")
            if kind == "claims" and response.status_code == 410:
                assert Claim.objects.filter(pk=pk, text="secret-retracted-claim").exists()
                stub = response.json()
                assert set(stub) == {"type", "title", "status", "detail", "id", "url", "retracted_at", "reason"}
                continue
            assert (response.status_code, response.content) == (404, nothing.content), f"{kind} {pk}"


def test_no_question_finds_it(client, secrets):
    everything = {kind: client.get(f"/api/v1/{kind}/").content for kind in RESOURCES}
    words = [word for word in secrets.words if len(word) < 64]
    for kind, view in RESOURCES.items():
        parameters = set(view.filterset_class.base_filters)
        asked = [f"{name}={pk}" for name in OF_IDS & parameters for pk in secrets.kinds[f"{name}s"]]
        for name in parameters & set(OF_WORDS):
            ending = OF_WORDS[name]
            asked += [f"{name}={quoted(word)}" for word in words if word.endswith(ending)]
        asked += [f"sha256={word}" for word in secrets.words if "sha256" in parameters and len(word) == 64]
        asked += [f"url=https://example.org/{word}" for word in words if "url" in parameters and word.endswith("url")]
        for question in asked:
            body = client.get(f"/api/v1/{kind}/?{question}").json()
            assert body == {"next": None, "previous": None, "results": []}, f"{kind}?{question}"
        # Whatever selects by what is public, nothing more than the whole list comes.
        for question in ("status=in-review", "status=unreviewed", "has_verdict=false", "kind=retraction"):
            if question.split("=")[0] in parameters:
                response = client.get(f"/api/v1/{kind}/?{question}")
                assert_no_secrets(secrets, response_text(response), f"{kind}?{question}")
        assert client.get(f"/api/v1/{kind}/").content == everything[kind]
    for word in words[:30]:
        rows = response_text(client.get(f"/api/v1/claims/?format=csv&q={quoted(word)}"))
        assert rows.count("\r\n") == 1, word


def test_what_is_withdrawn_is_gone_from_the_next_answer(client, db):
    quote = f.QuoteFactory(accepted=True)
    quote.claim.topics.add(f.TopicFactory())
    kinds = {"quotes", "claims", "speakers", "sources", "topics"}
    rows = {kind: client.get(f"/api/v1/{kind}/").json()["results"][0] for kind in kinds}
    for change, back in [
        (
            lambda: Quote.objects.update(decision=QuoteDecision.REJECTED),
            lambda: Quote.objects.update(decision="accepted"),
        ),
        (
            lambda: Claim.objects.update(released_at=timezone.now() + dt.timedelta(days=1)),
            lambda: Claim.objects.update(released_at=timezone.now()),
        ),
        (lambda: Claim.objects.update(retracted_at=timezone.now()), lambda: Claim.objects.update(retracted_at=None)),
    ]:
        change()
        for kind, row in rows.items():
            assert client.get(f"/api/v1/{kind}/").json()["results"] == [], kind
            assert client.get(row.get("api_url") or row["url"]).status_code in {404, 410}, kind
        assert b"".join(client.get("/api/v1/claims/?format=csv").streaming_content).count(b"\r\n") == 1
        back()
        for kind in rows:
            assert len(client.get(f"/api/v1/{kind}/").json()["results"]) == 1, kind


def test_an_embargo_ends_by_itself(client, db, monkeypatch):
    quote = f.QuoteFactory(accepted=True)
    at = timezone.now() + dt.timedelta(hours=1)
    Claim.objects.filter(pk=quote.claim_id).update(released_at=at)
    assert client.get("/api/v1/claims/").json()["results"] == []
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + dt.timedelta(seconds=1))
    assert len(client.get("/api/v1/claims/").json()["results"]) == 1
    assert len(client.get("/api/v1/quotes/").json()["results"]) == 1
