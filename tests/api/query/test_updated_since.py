"""Change tracking: immediate, complete whatever the paging, with the cause of each removal."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from claims.http.list_pages import MAX_PAGE_SIZE
from claims.models import Change, Quote, Rating, Source
from claims.services.changefeed.processor import process_pending
from claims.services.claims.corrections import retract_claim
from claims.services.quotes.decisions import decide_quotes
from claims.services.verification.workflow import publish_verification, submit_verification, withdraw_verification
from tests import factories as make
from tests import verifications
from tests.concurrency import TIMEOUT

pytestmark = pytest.mark.django_db
LONG_AGO = "2000-01-01T00:00:00Z"


def get_json(client: Client, url: str) -> Any:
    response = client.get(f"/api/v1/{url}")
    assert response.status_code == 200, response.content
    return response.json()


def test_updated_since_of_a_page_skips_nothing(client: Client) -> None:
    for _ in range(3):
        make.QuoteFactory(accepted=True)
    process_pending()
    assert Change.objects.filter(kind="quotes").values("changed_at").distinct().count() == 1
    first = get_json(client, f"quotes/?updated_since={LONG_AGO}&page_size=2")
    assert len(first["results"]) == 2
    again = get_json(client, f"quotes/?updated_since={first['updated_since']}")
    assert len(again["results"]) == 3, "more changes have that timestamp"
    assert get_json(client, f"quotes/?updated_since={again['updated_since']}")["results"] == []


def test_a_row_that_changes_during_paging_comes_again(client: Client) -> None:
    quotes = [make.QuoteFactory(accepted=True) for _ in range(4)]
    page = get_json(client, f"quotes/?updated_since={LONG_AGO}&page_size=2")
    seen = [row["id"] for row in page["results"]]
    Quote.objects.filter(pk__in=[quotes[0].pk, quotes[3].pk]).update(confidence=0.5)
    decide_quotes(quotes=[quotes[2].pk], decision="rejected", editor=make.UserFactory(), note=verifications.PUBLIC_NOTE)
    removed_ids = []
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [row["id"] for row in page["results"]]
        removed_ids += [tombstone["id"] for tombstone in page["tombstones"]]
    assert sorted(seen) == sorted([quotes[0].pk, quotes[1].pk, quotes[0].pk, quotes[3].pk])
    assert removed_ids == [quotes[2].pk]


if connection.vendor == "postgresql":  # SQLite runs one writing transaction at a time

    @pytest.mark.django_db(transaction=True)
    def test_a_change_that_is_committed_late_comes_late(client: Client) -> None:
        """One transaction writes first and commits last, between two pages of a client."""
        late, *others = [make.QuoteFactory(accepted=True).pk for _ in range(3)]
        since = get_json(client, f"quotes/?updated_since={LONG_AGO}")["updated_since"]
        has_written, may_commit = Event(), Event()

        def write_and_wait() -> None:
            try:
                with transaction.atomic():
                    Quote.objects.filter(pk=late).update(confidence=0.5)
                    has_written.set()
                    assert may_commit.wait(TIMEOUT)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            writer = pool.submit(write_and_wait)
            assert has_written.wait(TIMEOUT)
            Quote.objects.filter(pk__in=others).update(confidence=0.5)
            pages = [get_json(client, f"quotes/?updated_since={since}&page_size=1")]
            following = get_json(client, f"quotes/?updated_since={since}")["updated_since"]
            may_commit.set()
            writer.result(TIMEOUT)
        while pages[-1]["next"]:
            pages.append(client.get(pages[-1]["next"]).json())
        assert [row["id"] for page in pages for row in page["results"]] == [*others, late]
        later = get_json(client, f"quotes/?updated_since={following}")["results"]
        assert [(row["id"], row["confidence"]) for row in later] == [(late, 0.5)]


def test_a_future_updated_since_misses_nothing(client: Client) -> None:
    # The client's clock may be fast.
    make.QuoteFactory(accepted=True)
    page = get_json(client, "quotes/?updated_since=2999-01-01T00:00:00Z")
    assert page["results"] == []
    other = make.QuoteFactory(accepted=True)
    rows = get_json(client, f"quotes/?updated_since={page['updated_since']}")["results"]
    assert [row["id"] for row in rows] == [other.pk]


@pytest.mark.parametrize(
    "query_string",
    [
        "ordering=newest",
        "page_size=0",
        f"page_size={MAX_PAGE_SIZE + 1}",
        "cursor=x",
        "updated_since=yesterday",
        "kind=odd",
    ],
)
def test_invalid_parameters_are_rejected(client: Client, query_string: str) -> None:
    response = client.get(f"/api/v1/quotes/?updated_since={LONG_AGO}&{query_string}")
    assert response.status_code == 400
    other = get_json(client, f"ratings/?updated_since={LONG_AGO}&page_size=1")["next"].replace("/ratings/", "/quotes/")
    assert client.get(other).status_code == 400, "a cursor is valid for its list only"


def test_a_row_that_no_longer_matches_leaves_a_tombstone(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True)
    url = "quotes/?publisher=The+Daily+Example&updated_since="
    since = get_json(client, f"{url}{LONG_AGO}")["updated_since"]
    Source.objects.update(publisher="Another")
    page = get_json(client, url + since)
    assert [(tombstone["id"], tombstone["cause"]) for tombstone in page["tombstones"]] == [(quote.pk, "other")]


def test_csv_has_the_changed_rows(client: Client) -> None:
    first, second = (make.QuoteFactory(accepted=True).claim for _ in range(2))
    since = get_json(client, f"claims/?updated_since={LONG_AGO}")["updated_since"]
    second.save()
    body = b"".join(client.get(f"/api/v1/claims/?format=csv&updated_since={since}").streaming_content)
    assert second.text.encode() in body
    assert first.text.encode() not in body


def test_a_removed_row_tells_the_cause(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True)
    process_pending()
    Quote.objects.update(decision="rejected")
    for kind, pk, cause in [
        ("quotes", quote.pk, "rejected"),
        ("claims", quote.claim_id, "withdrawn"),
        ("speakers", quote.speaker_id, "unused"),
        ("sources", quote.snapshot.source_id, "unused"),
    ]:
        response = client.get(f"/api/v1/{kind}/{pk}/")
        stub = response.json()
        assert (response.status_code, stub["cause"], stub["id"]) == (410, cause, pk)
        expected = {"type", "title", "status", "detail", "id", "url", "cause", "at"}
        more = {"quotes": {"rejection_reason", "corrections"}, "claims": {"corrections"}}
        assert set(stub) == expected | more.get(kind, set())
        assert response["Content-Type"] == "application/problem+json"


def _reject_quote(quote: Quote) -> None:
    decide_quotes(quotes=[quote.pk], decision="rejected", editor=make.UserFactory(), note=verifications.PUBLIC_NOTE)


def _retract_claim(quote: Quote) -> None:
    retract_claim(claim=quote.claim, editor=make.UserFactory(), reason="Misheard.")


@pytest.mark.parametrize("change", [_reject_quote, _retract_claim])
def test_a_removed_row_is_gone_from_the_next_response(client: Client, change: Callable[[Quote], None]) -> None:
    quote = make.QuoteFactory(accepted=True)
    urls = ["quotes/", "claims/", f"quotes/{quote.pk}/", f"claims/{quote.claim_id}/", "speakers/", "sources/"]
    responses = {url: client.get(f"/api/v1/{url}") for url in urls}
    since = get_json(client, f"quotes/?updated_since={LONG_AGO}")["updated_since"]
    change(quote)
    for url in urls:
        tags = {"HTTP_IF_NONE_MATCH": responses[url].headers.get("ETag", "*")}
        if "ETag" not in responses[url].headers:
            tags = {}
        response = client.get(f"/api/v1/{url}", **tags)
        assert response.status_code in {200, 404, 410}, "never a 304"
        body = response.json()
        body.pop("corrections", None)  # which say what was withdrawn
        assert quote.exact not in str(body)
        assert quote.claim.text not in str(body)
    assert [tombstone["id"] for tombstone in get_json(client, f"quotes/?updated_since={since}")["tombstones"]] == [
        quote.pk
    ]


def test_a_new_verdict_is_in_the_next_response(client: Client) -> None:
    verification = verifications.make_published()
    claim = f"claims/{verification.claim_id}/"
    assert get_json(client, claim)["status"] == "true"
    process_pending()
    since = get_json(client, f"claims/?updated_since={LONG_AGO}")["updated_since"]
    newer = verifications.make_draft(verification.claim)
    newer.rating = Rating.objects.get(slug="false")
    newer.save()
    publish_verification(
        verification=submit_verification(verification=newer, editor=newer.author), approver=make.UserFactory()
    )
    (row,) = get_json(client, f"claims/?updated_since={since}")["results"]
    assert (
        row["status"]
        == get_json(client, claim)["status"]
        == get_json(client, "claims/")["results"][0]["status"]
        == "false"
    )
    old = client.get(f"/api/v1/verifications/{verification.pk}/")
    assert (old.status_code, old.json()["cause"]) == (410, "superseded")
    newer.refresh_from_db()
    withdraw_verification(verification=newer, editor=make.UserFactory(), reason="A gauge broke.")
    assert get_json(client, claim)["status"] == "unreviewed"
    removed_ids = client.get(f"/api/v1/verifications/{newer.pk}/")
    assert (removed_ids.status_code, removed_ids.json()["cause"]) == (410, "withdrawn")
