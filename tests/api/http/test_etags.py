"""Conditional requests: unchanged content is not sent again, and changed content is never a 304."""

import datetime as dt
import gzip
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from claims.http.content_version import current_version
from claims.models import Claim, Quote, QuoteDecision, Speaker
from claims.services.changefeed.processor import process_pending
from tests import factories as f
from tests.database_templates import database_url

pytestmark = pytest.mark.django_db(transaction=True)
LIST_URLS = ["quotes/", "claims/", "speakers/", "sources/?fields=id,quotes", "quotes/?q=rivers&count=exact", "ratings/"]


@pytest.fixture
def public_quote() -> Quote:
    return f.QuoteFactory(accepted=True)


def get_with_etag(client: Client, url: str, etag: str | None = None, **headers: str):
    return client.get(f"/api/v1/{url}", headers=({"If-None-Match": etag} if etag else {}) | headers)


def detail_urls(quote: Quote) -> list[str]:
    return [f"quotes/{quote.pk}/", f"claims/{quote.claim_id}/", f"speakers/{quote.speaker_id}/"]


def run_in_thread(change) -> None:
    """Makes a change on another connection, as an editor's request does."""

    def run():
        try:
            change()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def test_unchanged_content_is_not_read_again(client, public_quote, django_assert_num_queries):
    for url in [*LIST_URLS, *detail_urls(public_quote), "claims/?format=csv", ""]:
        first = get_with_etag(client, url)
        assert first.status_code == 200
        if first.streaming:
            first.getvalue()
        with django_assert_num_queries(1):  # for the database version
            again = get_with_etag(client, url, first["ETag"])
        assert (again.status_code, again.content) == (304, b""), url
        for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
            assert name in again.headers or name.startswith("Access"), f"{url}: {name}"
        assert again["ETag"] == first["ETag"]
        assert get_with_etag(client, url, f'"x", W/{first["ETag"].removeprefix("W/")}').status_code == 304
        head = client.head(f"/api/v1/{url}")
        assert (head.status_code, head["ETag"]) == (200, first["ETag"])
        assert client.head(f"/api/v1/{url}", headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert get_with_etag(client, url, '"something-else"').status_code == 200


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
def test_changed_content_is_never_a_304(client, public_quote, change):
    urls = ["quotes/", "claims/", *detail_urls(public_quote)]

    def rename():
        CHANGES["released again"]()
        Speaker.objects.update(name="Somebody else")

    # On another connection, then on the one that reads.
    for apply_change in (lambda: run_in_thread(change), rename):
        before = {url: get_with_etag(client, url) for url in urls}
        apply_change()
        assert count_changed(client, before)


def count_changed(client: Client, before: dict) -> int:
    """Returns how many responses differ from before. Those must not be a 304, and all others must be."""
    changed = 0
    for url, old_response in before.items():
        new_response, conditional = (
            get_with_etag(client, url),
            get_with_etag(client, url, old_response.headers.get("ETag")),
        )
        if new_response.content == old_response.content and new_response.status_code == 200:
            assert conditional.status_code == 304
        else:
            changed += new_response.content != old_response.content
            assert conditional.status_code == new_response.status_code != 304
            assert conditional.content == new_response.content
    return changed


def test_equal_content_is_a_304_after_an_unrelated_write(client, public_quote):
    process_pending()
    old_response = get_with_etag(client, "quotes/")
    run_in_thread(f.QuoteFactory)  # a pending quote, which is not public
    response = get_with_etag(client, "quotes/", old_response["ETag"])
    assert (response.status_code, response["ETag"]) == (304, old_response["ETag"])
    assert response["Vary"] == old_response["Vary"]
    process_pending()
    assert get_with_etag(client, "quotes/")["ETag"] == old_response["ETag"], "nothing that readers see has changed"
    assert get_with_etag(client, "quotes/", "*").status_code == 304


def test_processes_agree_on_etags(client, public_quote):
    urls = ["quotes/", "claims/?format=csv"]
    script = (
        "import sys, django; django.setup()\n"
        "from django.test import Client\n"
        "for url in sys.argv[1:]: print(Client(headers={'host': 'localhost'}).get(f'/api/v1/{url}')['ETag'])"
    )
    process = subprocess.run(
        [sys.executable, "-c", script, *urls],
        env={**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "factbase.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert process.stdout.split() == [get_with_etag(client, url, host="localhost")["ETag"] for url in urls]


def test_the_end_of_an_embargo_invalidates_etags(client, public_quote, monkeypatch):
    at = timezone.now() + dt.timedelta(hours=1)
    Claim.objects.filter(pk=public_quote.claim_id).update(released_at=at)
    f.QuoteFactory(accepted=True)
    etags = {url: get_with_etag(client, url)["ETag"] for url in ("quotes/", "claims/", "speakers/")}
    for url, etag in etags.items():
        assert get_with_etag(client, url, etag).status_code == 304
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + dt.timedelta(seconds=1))
    for url, etag in etags.items():
        assert get_with_etag(client, url, etag).status_code == 200, url


def test_an_etag_is_valid_for_one_url_and_format(client, public_quote):
    f.QuoteFactory(accepted=True)
    etag = get_with_etag(client, "claims/?page_size=1")["ETag"]
    assert get_with_etag(client, "claims/?page_size=1", etag, Host="localhost").status_code == 200
    etag = get_with_etag(client, "claims/")["ETag"]
    validator = etag.strip('"').partition("-")[0]
    for other in ("claims/?page_size=2", "claims/?fields=id", "claims/?format=csv", "quotes/"):
        assert get_with_etag(client, other, f'"{validator}-"').status_code == 200, other
    assert get_with_etag(client, "claims/", etag, Accept="text/csv").status_code == 200
    assert get_with_etag(client, "claims/?colour=red", etag).status_code == 400


def test_within_a_transaction_only_content_is_compared(client, public_quote):
    etag = get_with_etag(client, "quotes/")["ETag"]
    with transaction.atomic():
        assert current_version() is None
        assert get_with_etag(client, "quotes/", etag).status_code == 304, "compared by content"
        Quote.objects.update(decision=QuoteDecision.REJECTED)
        assert get_with_etag(client, "quotes/", etag).status_code == 200
        transaction.set_rollback(True)
    assert get_with_etag(client, "quotes/", etag).status_code == 304


def test_a_text_that_is_no_longer_published_is_no_304(client, public_quote, settings):
    settings.FACTBASE_PUBLISH_TEXTS = True
    url = f"sources/{public_quote.snapshot.source_id}/snapshots/{public_quote.snapshot.sha256}/"
    etag = get_with_etag(client, url)["ETag"]
    assert get_with_etag(client, url, etag).status_code == 304
    settings.FACTBASE_PUBLISH_TEXTS = False
    assert get_with_etag(client, url, etag).json()["text"] is None


def test_errors_have_no_etag(client, public_quote):
    for url in ("quotes/999999/", "quotes/?colour=red", "nowhere/"):
        response = get_with_etag(client, url)
        assert "ETag" not in response.headers
        assert "no-cache" in response["Cache-Control"]


def test_responses_are_compressed_on_request(client, public_quote):
    for _ in range(3):
        f.QuoteFactory(accepted=True)
    plain = get_with_etag(client, "quotes/")
    compressed = get_with_etag(client, "quotes/", None, **{"Accept-Encoding": "gzip"})
    assert compressed["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.content) == plain.content
    assert compressed["ETag"] == f"W/{plain['ETag']}"
    assert {"Accept", "Accept-Encoding"} <= set(compressed["Vary"].split(", "))
    assert plain["Vary"] == compressed["Vary"]
    assert get_with_etag(client, "quotes/", compressed["ETag"]).status_code == 304
    streamed = get_with_etag(client, "claims/?format=csv", None, **{"Accept-Encoding": "gzip"})
    assert streamed.streaming
    assert gzip.decompress(streamed.getvalue()) == get_with_etag(client, "claims/?format=csv").getvalue()


def test_no_304_after_a_commit_that_changed_the_content(public_quote):
    """Readers send conditional requests all the time. None after a commit may get the content from before it."""
    committed, stop, wrong = [0], threading.Event(), []
    Claim.objects.update(text="0")

    def read():
        client, etag, text = Client(), None, None
        try:
            while not stop.is_set():
                minimum = committed[0]
                response = get_with_etag(client, f"claims/{public_quote.claim_id}/?fields=text", etag)
                if response.status_code == 200:
                    etag, text = response["ETag"], int(response.json()["text"])
                if text < minimum:
                    wrong.append((response.status_code, text, minimum))
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
