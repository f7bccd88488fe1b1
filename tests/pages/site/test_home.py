"""The home page: what it shows of a full and of an empty database, and what it costs."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Correction
from claims.pages.site import home
from tests import factories as f
from tests.translations import quote_words

pytestmark = pytest.mark.django_db

CARD = re.compile(r'<article class="card">.*?</article>', re.DOTALL)


def section(html: str, name: str) -> str:
    found = re.search(rf'<section aria-labelledby="{name}">.*?</section>', html, re.DOTALL)
    return found[0] if found else ""


def publish_verdict(number: int = 0, **fields) -> None:
    quote = f.QuoteFactory(accepted=True, role=f"role {number}", **fields)
    at = timezone.now() - dt.timedelta(days=number)
    f.VerificationFactory(claim=quote.claim, published=True, published_at=at)


def test_search_engines_are_told_what_the_site_is(client: Client) -> None:
    html = client.get("/").content.decode()
    assert '<meta name="description" content="Who said what, where, and whether it holds up.">' in html


def test_newest_verdicts_come_first_with_quotation_speaker_role_and_source(client: Client) -> None:
    for number in range(home.CARDS + 2):
        publish_verdict(number, claim__text=f"Claim {number}.")
    html = client.get("/").content.decode()
    cards = CARD.findall(html)
    assert [re.search(r"Claim (\d)", card)[1] for card in cards] == [str(n) for n in range(home.CARDS)]
    for number, card in enumerate(cards):
        assert "“Rivers are full.”" in card
        assert f"role {number}" in card
        assert "The Daily Example" in card
        assert re.search(r'class="verdict" data-scale="(low|middle|high)"', card)
    assert not section(html, "newest-quotes")


@pytest.mark.parametrize("language", ["ru", ""])
def test_a_card_cuts_a_long_quote_between_its_marks_and_says_its_language(client: Client, language: str) -> None:
    words = "Реки полны воды." * 20
    snapshot = f.SnapshotFactory(text=words, source__language=language)
    f.VerificationFactory(claim=quote_words(snapshot, words, accepted=True).claim, published=True)
    [card] = CARD.findall(client.get("/").content.decode())
    quotation = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", card)[1]
    assert quotation.startswith("«Реки")
    assert quotation.endswith("…»")
    assert card.count(' lang="ru"') == (2 if language else 0)  # of the quote and of its source


def test_quotes_stand_in_where_there_is_no_verdict(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    html = client.get("/").content.decode()
    assert quote.text in section(html, "newest-quotes")
    assert not section(html, "newest-verdicts")


@pytest.mark.parametrize("count", [1, home.FEW_VERDICTS - 1, home.FEW_VERDICTS])
def test_quotes_stand_beside_few_verdicts(client: Client, count: int) -> None:
    for number in range(count):
        publish_verdict(number)
    html = client.get("/").content.decode()
    assert len(CARD.findall(html)) == count
    assert bool(section(html, "newest-quotes")) is (count < home.FEW_VERDICTS)
    assert "Nothing has been published yet." not in html


def test_most_repeated_claims(client: Client) -> None:
    once, twice, thrice = (f.QuoteFactory(accepted=True) for _ in range(3))
    for first, more in ((twice, 1), (thrice, 2)):
        for _ in range(more):
            f.QuoteFactory(accepted=True, claim=first.claim, speaker=first.speaker)
    f.QuoteFactory(claim=once.claim, speaker=once.speaker)  # pending: nobody has seen it
    html = section(client.get("/").content.decode(), "most-repeated")
    claims = [int(pk) for pk in re.findall(r'<h3 dir="auto"><a href="/claims/(\d+)/', html)]
    assert claims == [thrice.claim_id, twice.claim_id]
    assert "said 3 times" in html


def test_claims_under_embargo_take_no_places_of_repeated_claims(client: Client) -> None:
    repeated = f.QuoteFactory(accepted=True)
    f.QuoteFactory(accepted=True, claim=repeated.claim, speaker=repeated.speaker)
    for _ in range(home.CARDS):
        secret = f.QuoteFactory(accepted=True, claim__released_at=timezone.now() + dt.timedelta(1))
        f.QuoteFactory.create_batch(2, accepted=True, claim=secret.claim, speaker=secret.speaker)
    html = section(client.get("/").content.decode(), "most-repeated")
    assert re.findall(r'<h3 dir="auto"><a href="/claims/(\d+)/', html) == [str(repeated.claim_id)]


def test_newest_corrections(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    for number in range(home.NEWEST_CORRECTIONS + 1):
        Correction.objects.create(
            claim=quote.claim,
            kind="correction",
            subject=f"Subject {number}",
            text="A date.",
            reason=f"Reason {number}",
            made_by=f.UserFactory(),
            made_at=timezone.now() - dt.timedelta(days=number),
        )
    html = section(client.get("/").content.decode(), "newest-corrections")
    assert re.findall(r"Reason (\d)", html) == ["0", "1", "2"]


def test_empty_database(client: Client, db) -> None:
    html = client.get("/").content.decode()
    assert "Nothing has been published yet." in html
    assert "Who publishes this" in html


def test_statements_and_size_are_bounded(client: Client, django_assert_max_num_queries) -> None:
    long_text = "A very long claim about taxes & rivers. " * 100
    for number in range(home.CARDS + 2):
        publish_verdict(number, claim__text=f"{long_text} {number}", snapshot__source__title="T" * 500)
    quote = f.QuoteFactory(accepted=True)
    for _ in range(12):
        f.QuoteFactory(accepted=True, claim=quote.claim, speaker=quote.speaker)
        Correction.objects.create(
            claim=quote.claim, kind="edit", subject=long_text, text=long_text, reason=long_text, made_by=f.UserFactory()
        )
    with django_assert_max_num_queries(3):
        response = client.get("/")
    assert len(response.content) <= 30_000


def test_unreleased_rows_are_not_shown(client: Client) -> None:
    draft = f.QuoteFactory(
        accepted=True, claim__text="A secret claim.", claim__released_at=timezone.now() + dt.timedelta(1)
    )
    f.VerificationFactory(claim=draft.claim, published=True)
    f.QuoteFactory(accepted=True, claim=draft.claim, speaker=draft.speaker)
    assert "secret" not in client.get("/").content.decode()
