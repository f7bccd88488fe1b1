"""The page of a claim lists where it was said again after its verdict; lists and feeds know of it."""

import datetime as dt

import pytest
from django.test import Client

from claims.models import Claim, Quote
from claims.resources.permalinks import page_path
from claims.services.changefeed.processor import process_pending
from tests import factories as make

pytestmark = pytest.mark.django_db

RATED_AT = dt.datetime(2025, 5, 16, 12, tzinfo=dt.UTC)


@pytest.fixture
def claim() -> Claim:
    """A checked claim, said again in two outlets on the next two days."""
    claim: Claim = make.QuoteFactory(accepted=True, snapshot__source__published_on=dt.date(2025, 5, 1)).claim
    make.VerificationFactory(claim=claim, published=True, published_at=RATED_AT)
    for day, publisher in ((17, "The Daily Example"), (18, "The Weekly Example"), (18, "The Weekly Example")):
        say_again(claim, day, publisher)
    return claim


def say_again(claim: Claim, day: int, publisher: str) -> Quote:
    source = make.SourceFactory(published_on=dt.date(2025, 5, day), publisher=publisher)
    quote: Quote = make.QuoteFactory(accepted=True, claim=claim, speaker=claim.speaker, snapshot__source=source)
    return quote


def get(client: Client, path: str) -> str:
    process_pending()
    return " ".join(client.get(path).content.decode().split())


def test_the_page_lists_repeats_by_date_and_outlet(client: Client, claim: Claim) -> None:
    html = get(client, page_path("claims", claim.pk, claim.text))
    section = html.partition('id="repeats"')[2].partition("</section>")[0]
    for words in ("3 times", "in 2 outlets", "rated “True” since 16 May 2025", "The Daily Example"):
        assert words in section
    assert section.index("18 May 2025") < section.index("17 May 2025")
    assert f"repeats_claim={claim.pk}&amp;format=atom" in section
    assert "All 3 quotes" not in section, "they are all there"


def test_many_repeats_are_cut_and_linked(client: Client, claim: Claim) -> None:
    for _ in range(9):
        say_again(claim, 20, "The Daily Example")
    html = get(client, page_path("claims", claim.pk, claim.text))
    section = html.partition('id="repeats"')[2].partition("</section>")[0]
    assert section.count("<li>") == 5
    assert "All 12 quotes" in section
    assert f"/quotes/?repeats_claim={claim.pk}" in section


def test_without_a_verdict_the_page_has_no_repeats(client: Client, claim: Claim) -> None:
    path = page_path("claims", claim.pk, claim.text)
    assert "Said again" in get(client, path)
    claim.verifications.update(state="withdrawn")
    html = get(client, path)
    assert "Said again" not in html
    assert "repeats_claim" not in html


def test_lists_say_how_often_claims_were_said_again(client: Client, claim: Claim) -> None:
    make.QuoteFactory(accepted=True)
    html = get(client, "/claims/?repeated=true")
    assert "said again 3 times since the verdict" in html
    assert html.count('<article class="entry">') == 1
    html = get(client, "/quotes/?after_verdict=true")
    assert html.count('<article class="entry">') == 3
    assert "after_verdict=true&amp;format=atom" in get(client, "/feeds/")


def test_the_feed_has_the_quotes_that_repeat(client: Client, claim: Claim) -> None:
    process_pending()
    for query in ("after_verdict=true", f"repeats_claim={claim.pk}"):
        assert client.get(f"/api/v1/quotes.atom?{query}").content.decode().count("<entry>") == 3
    claim.verifications.update(state="withdrawn")
    assert "<entry>" not in client.get("/api/v1/quotes.atom?after_verdict=true").content.decode()
