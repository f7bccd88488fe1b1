"""What a reader has already is not sent again; and never is told to hold what does not."""

import datetime as dt
import gzip
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from claims.api.query.db_version import current_version
from claims.models import Claim, Quote, QuoteDecision, Speaker
from tests import factories as f

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = ["quotes/", "claims/", "speakers/", "sources/?fields=id,quotes", "quotes/?q=rivers&count=exact", "ratings/"]


@pytest.fixture
def public_quote() -> Quote:
    return f.QuoteFactory(accepted=True)


def get_with_etag(client: Client, address: str, tag: str | None = None, **headers: str):
    return client.get(f"/api/v1/{address}", headers=({"If-None-Match": tag} if tag else {}) | headers)


def detail_urls(public_quote: Quote) -> list[str]:
    return [f"quotes/{public_quote.pk}/", f"claims/{public_quote.claim_id}/", f"speakers/{public_quote.speaker_id}/"]


def run_in_thread(change) -> None:
    """Make a change in another thread, by another connection, as an editor's request does."""

    def run():
        try:
            change()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def test_what_has_not_changed_is_not_read_again(client, public_quote, django_assert_num_queries):
    for address in [*ADDRESSES, *detail_urls(public_quote), "claims/?format=csv", ""]:
        first = get_with_etag(client, address)
        assert first.status_code == 200
        if first.streaming:
            first.getvalue()
        # On PostgreSQL, what the state is takes a query; no table is looked at.
        with django_assert_num_queries(1 if connection.vendor == "postgresql" else 0):
            again = get_with_etag(client, address, first["ETag"])
        assert (again.status_code, again.content) == (304, b""), address
        for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
            assert name in again.headers or name.startswith("Access"), f"{address}: {name}"
        assert again["ETag"] == first["ETag"]
        assert get_with_etag(client, address, f'"x", W/{first["ETag"].removeprefix("W/")}').status_code == 304
        head = client.head(f"/api/v1/{address}")
        assert (head.status_code, head["ETag"]) == (200, first["ETag"])
        assert client.head(f"/api/v1/{address}", headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert get_with_etag(client, address, '"something-else"').status_code == 200


CHANGES = {
    "rejected": lambda: Quote.objects.update(decision=QuoteDecision.REJECTED),
    "reworded": lambda: Claim.objects.update(text="Rivers are empty."),
    "retracted": lambda: Claim.objects.update(retracted_at=timezone.now()),
    "embargoed": lambda: Claim.objects.update(released_at=timezone.now() + dt.timedelta(days=1)),
    "released again": lambda: (
        Quote.objects.filter(decision=QuoteDecision.REJECTED).update(decision=QuoteDecision.ACCEPTED),
        Claim.objects.update(released_at=timezone.now(), retracted_at=None),
    ),
    "renamed": lambda: Speaker.objects.update(name="Somebody"),
    "judged": lambda: f.VerificationFactory(claim=Claim.objects.get(), published=True),
    "quoted again": lambda: f.QuoteFactory(
        accepted=True, claim=Claim.objects.get(), speaker=Speaker.objects.get(), snapshot=Quote.objects.get().snapshot
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_has_changed_never_holds(client, public_quote, change):
    addresses = ["quotes/", "claims/", *detail_urls(public_quote)]

    def rename():
        CHANGES["released again"]()
        Speaker.objects.update(name="Somebody else")

    # By another connection, then by the one that reads.
    for make in (lambda: run_in_thread(change), rename):
        before = {address: get_with_etag(client, address) for address in addresses}
        make()
        assert count_changed(client, before)


def count_changed(client: Client, before: dict) -> int:
    """How many of these answers are others now; none of them may be said to hold, and all others must."""
    changed = 0
    for address, old in before.items():
        new, conditional = get_with_etag(client, address), get_with_etag(client, address, old.headers.get("ETag"))
        if new.content == old.content and new.status_code == 200:
            assert conditional.status_code == 304
        else:
            changed += new.content != old.content
            assert conditional.status_code == new.status_code != 304
            assert conditional.content == new.content
    return changed


def test_what_is_made_again_and_is_the_same_still_holds(client, public_quote):
    old = get_with_etag(client, "quotes/")
    run_in_thread(f.QuoteFactory)  # a suggestion, which readers do not see
    answer = get_with_etag(client, "quotes/", old["ETag"])
    assert (answer.status_code, answer["ETag"]) == (304, old["ETag"])
    assert answer["Vary"] == old["Vary"]
    assert get_with_etag(client, "quotes/")["ETag"] != old["ETag"], "it is of another state"
    assert get_with_etag(client, "quotes/", "*").status_code == 304


def test_the_end_of_an_embargo_is_no_write(client, public_quote, monkeypatch):
    at = timezone.now() + dt.timedelta(hours=1)
    Claim.objects.filter(pk=public_quote.claim_id).update(released_at=at)
    f.QuoteFactory(accepted=True)
    tags = {address: get_with_etag(client, address)["ETag"] for address in ("quotes/", "claims/", "speakers/")}
    for address, tag in tags.items():
        assert get_with_etag(client, address, tag).status_code == 304
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + dt.timedelta(seconds=1))
    for address, tag in tags.items():
        assert get_with_etag(client, address, tag).status_code == 200, address


def test_a_tag_is_of_one_address_and_one_form(client, public_quote):
    f.QuoteFactory(accepted=True)
    tag = get_with_etag(client, "claims/?page_size=1")["ETag"]
    assert get_with_etag(client, "claims/?page_size=1", tag, Host="localhost").status_code == 200
    tag = get_with_etag(client, "claims/")["ETag"]
    validator = tag.strip('"').partition("-")[0]
    for other in ("claims/?page_size=2", "claims/?fields=id", "claims/?format=csv", "quotes/"):
        assert get_with_etag(client, other, f'"{validator}-"').status_code == 200, other
    assert get_with_etag(client, "claims/", tag, Accept="text/csv").status_code == 200
    assert get_with_etag(client, "claims/?colour=red", tag).status_code == 400


def test_nothing_is_said_to_hold_within_a_transaction(client, public_quote):
    tag = get_with_etag(client, "quotes/")["ETag"]
    with transaction.atomic():
        assert current_version() is None
        assert get_with_etag(client, "quotes/", tag).status_code == 304, "by its content"
        Quote.objects.update(decision=QuoteDecision.REJECTED)
        assert get_with_etag(client, "quotes/", tag).status_code == 200
        transaction.set_rollback(True)
    assert get_with_etag(client, "quotes/", tag).status_code == 304


def test_an_error_has_no_tag(client, public_quote):
    for address in ("quotes/999999/", "quotes/?colour=red", "nowhere/"):
        response = get_with_etag(client, address)
        assert "ETag" not in response.headers
        assert "no-cache" in response["Cache-Control"]


def test_answers_are_compressed_for_those_who_take_it(client, public_quote):
    for _ in range(3):
        f.QuoteFactory(accepted=True)
    plain = get_with_etag(client, "quotes/")
    packed = get_with_etag(client, "quotes/", None, **{"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == f"W/{plain['ETag']}"
    assert {"Accept", "Accept-Encoding"} <= set(packed["Vary"].split(", "))
    assert plain["Vary"] == packed["Vary"]
    assert get_with_etag(client, "quotes/", packed["ETag"]).status_code == 304
    streamed = get_with_etag(client, "claims/?format=csv", None, **{"Accept-Encoding": "gzip"})
    assert streamed.streaming
    assert gzip.decompress(streamed.getvalue()) == get_with_etag(client, "claims/?format=csv").getvalue()


def test_what_a_commit_took_away_is_never_said_to_hold(public_quote):
    """Readers ask all the while, each with the tag it has; one that asks after a commit must not hear of before it."""
    committed, stop, wrong = [0], threading.Event(), []
    Claim.objects.update(text="0")

    def read():
        client, tag, had = Client(), None, None
        try:
            while not stop.is_set():
                least = committed[0]
                response = get_with_etag(client, f"claims/{public_quote.claim_id}/?fields=text", tag)
                if response.status_code == 200:
                    tag, had = response["ETag"], int(response.json()["text"])
                if had < least:
                    wrong.append((response.status_code, had, least))
        finally:
            connections.close_all()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 60):
        Claim.objects.update(text=str(number))
        committed[0] = number
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
