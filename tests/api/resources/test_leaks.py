"""Nothing unreleased is public: in no list, count, filter, nested object, search, format or error.

Each unreleased state has texts of its own ("secret…", which tell where a leak comes from), beside one released claim.
Then all URLs are requested, and all filters with the secrets as their values.
"""

import datetime as dt
import io
from urllib.parse import quote as url_quote
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.utils import timezone

from claims.api.resources.viewsets import renderers_for
from claims.models import Claim, Quote, QuoteDecision, Snapshot
from claims.resources import RESOURCES
from claims.services.claims.claim_vectors import update_vectors
from tests import factories as f
from tests.api.unreleased_rows import Secrets, create_unreleased_rows

ID_FILTERS = {"speaker", "claim", "source", "repeats_claim"}
COUNTED_BY = [(name, by) for name, resource in RESOURCES.items() for by in resource.dimensions]
TEXT_FILTERS = {
    "q": ("claim", "quote", "title", "speaker", "publisher", "topic", "verdict", "cited"),
    "name": "speaker",
    "speaker_name": "speaker",
    "publisher": "publisher",
    "topic": "topic",
}


@pytest.fixture
def secrets(db) -> Secrets:
    return create_unreleased_rows()


def response_text(response) -> str:
    """Returns the headers and the body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):  # a workbook
        with ZipFile(io.BytesIO(body)) as archive:
            body = b" ".join(map(archive.read, archive.namelist()))
    return f"{dict(response.headers)} {body.decode()}"


def assert_no_secrets(secrets: Secrets, text: str, path: str, *, allowed: str = "") -> None:
    for secret in [*secrets.texts, *(str(pk) for pks in secrets.ids_by_resource.values() for pk in pks)]:
        if secret != allowed:
            assert secret not in text, f"{path} contains {secret}"


def test_no_secret_in_lists_rows_and_exports(client, secrets, capsys):
    for path in ["", "schema/", "docs/", "claims.csv-metadata.json", "claims/?format=csv", "nowhere/", "claims/?x=1"]:
        assert_no_secrets(secrets, response_text(client.get(f"/api/v1/{path}")), path)
    for resource in RESOURCES:
        since = client.get(f"/api/v1/{resource}/?page_size=200&updated_since=2000-01-01")
        assert_no_secrets(secrets, response_text(since), f"{resource} since 2000")
        assert since.json()["tombstones"] == []
        response = client.get(f"/api/v1/{resource}/?page_size=200")
        assert since.json()["results"] == list(reversed(response.json()["results"])) or resource in {
            "speakers",
            "topics",
            "ratings",
        }
        assert_no_secrets(secrets, response_text(response), resource)
        for row in response.json()["results"]:
            url = row.get("api_url") or row["url"]
            assert_no_secrets(secrets, response_text(client.get(url)), url)
            for list_url in [row[name] for name in row if name.endswith("s_url")]:
                assert_no_secrets(secrets, response_text(client.get(list_url)), list_url)
    for format_name in ("csv", "jsonl"):
        call_command("export_claims", format=format_name)
        assert_no_secrets(secrets, capsys.readouterr().out, format_name)


def test_no_secret_in_other_formats_and_proofs(client, secrets):
    for resource in RESOURCES:
        for detail in (False, True):
            for format_name in {renderer.format for renderer in renderers_for(RESOURCES[resource], detail=detail)} - {
                "xlsx"
            }:
                pks = [row["id"] for row in client.get(f"/api/v1/{resource}/").json()["results"]]
                for url in (
                    [f"{resource}/{pk}.{format_name}" for pk in pks] if detail else [f"{resource}.{format_name}"]
                ):
                    response = client.get(f"/api/v1/{url}")
                    assert response.status_code == 200
                    assert_no_secrets(secrets, response_text(response), url)
        for pk in secrets.ids_by_resource[resource]:
            for format_name in {renderer.format for renderer in renderers_for(RESOURCES[resource], detail=True)}:
                assert client.get(f"/api/v1/{resource}/{pk}.{format_name}").status_code in {404, 410}
    for url in ("quotes/6000011/proof/", *snapshot_urls(client)):
        assert_no_secrets(secrets, response_text(client.get(f"/api/v1/{url}")), url)
    for pk in secrets.ids_by_resource["quotes"]:
        assert client.get(f"/api/v1/quotes/{pk}/proof/").status_code == 404
    for snapshot in Snapshot.objects.exclude(sha256__in=[url.rstrip("/")[-64:] for url in snapshot_urls(client)]):
        response = client.get(f"/api/v1/sources/{snapshot.source_id}/snapshots/{snapshot.sha256}/")
        assert response.status_code == 404


def snapshot_urls(client) -> list[str]:
    """Returns the URLs of the public snapshots."""
    rows = client.get("/api/v1/sources/").json()["results"]
    return [f"sources/{row['id']}/snapshots/{snapshot['sha256']}/" for row in rows for snapshot in row["snapshots"]]


@pytest.mark.parametrize(("resource", "by"), COUNTED_BY)
def test_no_secret_is_counted(client, secrets, resource, by):
    path = f"/api/v1/{resource}/counts/?by={by}"
    counts = client.get(path).json()
    assert_no_secrets(secrets, response_text(client.get(path)), path)
    public = {"quotes": 3, "claims": 1}[resource]
    assert sum(row["count"] for row in counts["results"]) + counts["without_value"] == public
    if resource == "quotes" and by in {"topic", "verdict", "month"}:
        assert counts["without_value"] >= 2  # those whose claim is not public
    for secret in secrets.texts[:30]:
        found = client.get(f"{path}&q={url_quote(secret)}").json()
        assert (found["results"], found["without_value"]) == ([], 0), secret


def test_counts_are_of_released_rows(client, secrets):
    released = {resource: client.get(f"/api/v1/{resource}/?page_size=200").json()["results"] for resource in RESOURCES}
    assert len(released["claims"]) == len(released["verifications"]) == 1
    assert [quote["claim"] and quote["claim"]["id"] for quote in released["quotes"]] == [None, None, 6_000_012]
    assert [claim["appearances"] for claim in released["claims"]] == [1]
    assert [(speaker["quotes"], speaker["claims"]) for speaker in released["speakers"]] == [(3, 1)]
    assert [source["quotes"] for source in released["sources"]] == [3]
    assert len(released["sources"][0]["snapshots"]) == 1
    assert released["topics"] == released["corrections"] == []


def test_unreleased_rows_are_not_found(client, secrets):
    for resource, pks in secrets.ids_by_resource.items():
        not_found = client.get(f"/api/v1/{resource}/999999999/")
        assert not_found.status_code == 404
        for pk in pks:
            response = client.get(f"/api/v1/{resource}/{pk}/")
            if resource == "claims" and response.status_code == 410:
                assert Claim.objects.filter(pk=pk, text="secret-retracted-claim").exists()
                stub = response.json()
                assert set(stub) == {
                    "type",
                    "title",
                    "status",
                    "detail",
                    "id",
                    "url",
                    "retracted_at",
                    "reason",
                    "corrections",
                }
                continue
            assert (response.status_code, response.content) == (404, not_found.content), f"{resource} {pk}"


def test_no_filter_finds_a_secret(client, secrets):
    everything = {resource: client.get(f"/api/v1/{resource}/").content for resource in RESOURCES}
    words = [secret for secret in secrets.texts if len(secret) < 64]
    for resource, view in RESOURCES.items():
        parameters = set(view.filterset_class.base_filters)
        query_strings = [
            f"{name}={pk}"
            for name in ID_FILTERS & parameters
            for pk in secrets.ids_by_resource[f"{name.removeprefix('repeats_')}s"]
        ]
        for name in parameters & set(TEXT_FILTERS):
            ending = TEXT_FILTERS[name]
            query_strings += [f"{name}={url_quote(secret)}" for secret in words if secret.endswith(ending)]
        query_strings += [
            f"sha256={secret}" for secret in secrets.texts if "sha256" in parameters and len(secret) == 64
        ]
        query_strings += [
            f"url=https://example.org/{secret}" for secret in words if "url" in parameters and secret.endswith("url")
        ]
        for query_string in query_strings:
            response = client.get(f"/api/v1/{resource}/?{query_string}")
            if query_string.startswith("topic="):  # like any topic that does not exist
                assert response.status_code == 400
                assert response.json()["detail"] == f"topic: no topic {query_string.removeprefix('topic=')}"
                continue
            body = response.json()
            assert body == {"next": None, "previous": None, "results": []}, f"{resource}?{query_string}"
        # Filters by public values select nothing but public rows.
        for query_string in ("status=in-review", "status=unreviewed", "has_verdict=false", "kind=retraction"):
            if query_string.split("=")[0] in parameters:
                response = client.get(f"/api/v1/{resource}/?{query_string}")
                assert_no_secrets(secrets, response_text(response), f"{resource}?{query_string}")
        assert client.get(f"/api/v1/{resource}/").content == everything[resource]
    for secret in words[:30]:
        rows = response_text(client.get(f"/api/v1/claims/?format=csv&q={url_quote(secret)}"))
        assert rows.count("\r\n") == 1, secret


def test_no_secret_claim_is_matched(client, secrets, settings):
    settings.FACTBASE_READS_PER_MINUTE = 0
    assert sum(update_vectors())
    for secret in [text for text in secrets.texts if text.endswith("claim")]:
        response = client.get(f"/api/v1/match/?text={url_quote(secret)}")
        assert_no_secrets(secrets, response_text(response), secret, allowed=secret)
        [checked] = response.json()["results"]
        assert [match["claim"]["id"] for match in checked["matches"]] in ([], [6_000_012])
    of_article = client.get("/api/v1/match/?source_url=https://example.org/secret-embargoed-url")
    assert of_article.json()["results"] == []


@pytest.mark.parametrize("query", ["said_after=2024-01-01&said_before=2024-12-31", "has_verdict=true", "status=true"])
def test_a_quote_is_not_found_by_what_its_unreleased_claim_has(client, secrets, query):
    found = [row["id"] for row in client.get(f"/api/v1/quotes/?{query}").json()["results"]]
    assert not {6_000_021, 6_000_022} & set(found)


def test_a_withdrawn_row_is_gone_from_the_next_response(client, db):
    quote = f.QuoteFactory(accepted=True)
    quote.claim.topics.add(f.TopicFactory())
    kinds = {"quotes", "claims", "speakers", "sources", "topics"}
    rows = {resource: client.get(f"/api/v1/{resource}/").json()["results"][0] for resource in kinds}
    for change, revert in [
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
        for resource, row in rows.items():
            assert client.get(f"/api/v1/{resource}/").json()["results"] == [], resource
            assert client.get(row.get("api_url") or row["url"]).status_code in {404, 410}, resource
        assert b"".join(client.get("/api/v1/claims/?format=csv").streaming_content).count(b"\r\n") == 1
        revert()
        for resource in rows:
            assert len(client.get(f"/api/v1/{resource}/").json()["results"]) == 1, resource


def test_an_embargo_ends_by_itself(client, db, monkeypatch):
    quote = f.QuoteFactory(accepted=True)
    at = timezone.now() + dt.timedelta(hours=1)
    Claim.objects.filter(pk=quote.claim_id).update(released_at=at)
    assert client.get("/api/v1/claims/").json()["results"] == []
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + dt.timedelta(seconds=1))
    assert len(client.get("/api/v1/claims/").json()["results"]) == 1
    assert len(client.get("/api/v1/quotes/").json()["results"]) == 1
