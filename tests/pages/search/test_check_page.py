"""Checking a sentence or an article: what is public, marked where it differs, at an address that can be shared."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.matching import DifferenceKind, EncoderError
from claims.models import Claim
from claims.pages.search import check_page
from claims.resources.matches.public_matches import MAX_QUOTES
from claims.search.matches import claim_index
from claims.services.claims.claim_vectors import update_vectors
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MARCH = "The police counted 40,000 people at the march in Bellport."
MORE = MARCH.replace("40,000", "400,000")
ARTICLE = "https://example.org/rivers"


@pytest.fixture(autouse=True)
def _own_rate_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_page, "RATE_LIMITER", check_page.RateLimiter())


def make_public_claim(text: str, **fields: Any) -> Claim:
    return make.QuoteFactory(accepted=True, claim__text=text, **fields).claim


def page(client: Client, typed: str, status: int = 200) -> str:
    response = client.get("/check/", {"q": typed})
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_form_is_for_search_engines_and_results_are_not(client: Client) -> None:
    make_public_claim(MARCH)
    assert sum(update_vectors())
    for url in ("/check/", "/check/?q=", "/check/?q=%20&utm_source=x"):
        html = client.get(url).content.decode()
        assert "A sentence, or the address of an article" in html
        assert 'content="noindex"' not in html
        assert "published here." not in html
    assert 'aria-current="page">Check a claim' in client.get("/check/").content.decode()
    html = page(client, "Is  it\n a&b?")
    assert 'content="noindex"' in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/check/?q=Is+it+a%26b%3F">' in html
    assert ">Is it a&amp;b?</textarea>" in html


def test_a_claim_that_differs_is_marked(client: Client) -> None:
    claim = make_public_claim(MARCH, speaker__name="Ana Quispe")
    make.VerificationFactory(claim=claim, published=True)
    assert sum(update_vectors())
    html = page(client, MORE)
    assert "counted <mark>40,000</mark> people" in html
    assert "<strong>Similar, but differs</strong>" in html
    assert "likely a match" in html
    assert '<span class="label">Figure</span>' in html
    assert "“400,000” in your text, “40,000” in this claim" in html
    for shown in ("Ana Quispe", ">True</span>", f"/claims/{claim.pk}/"):
        assert shown in html
    assert "<strong>Says the same</strong>" in page(client, MARCH)


def test_words_of_one_side_alone_are_named(client: Client) -> None:
    make_public_claim("The bridge will not open in May.")
    assert sum(update_vectors())
    html = page(client, "The bridge will open in May.")
    assert "“not” only in this claim" in html
    assert "will <mark>not</mark> open" in html


def test_what_is_hostile_is_escaped(client: Client) -> None:
    make_public_claim("<b>Rivers</b> are full of 40,000 fish.")
    assert sum(update_vectors())
    html = page(client, "<script>alert(1)</script> Rivers are full of 400,000 fish.")
    assert "<script>alert" not in html
    assert "<b>Rivers" not in html
    assert "&lt;b&gt;Rivers&lt;/b&gt; are full of <mark>40,000</mark> fish." in html


def test_nothing_similar_is_not_said_to_be_false(client: Client) -> None:
    make.ClaimFactory(text=MARCH)
    make_public_claim(MARCH, claim__released_at=timezone.now() + dt.timedelta(hours=1))
    assert sum(update_vectors())
    html = page(client, MARCH)
    assert "No similar claim is published here." in html
    assert "That says nothing about whether it is true." in html
    assert 'href="/search/?q=The+police' in html


def test_the_quotes_of_an_article(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True, snapshot__source__url=ARTICLE, claim__text="Rivers are full.")
    make.VerificationFactory(claim=quote.claim, published=True)
    other = make_public_claim("Rivers are not full.")
    assert sum(update_vectors())
    for address in (ARTICLE, "example.org/rivers", "HTTPS://WWW.example.org/rivers?utm_source=x"):
        html = page(client, address)
        assert f"/quotes/{quote.pk}/" in html
        assert ">True</span>" in html
        assert f"/claims/{other.pk}/" in html
        assert "All quotes from this article" not in html


@pytest.mark.parametrize(
    ("language", "quotation"),
    [
        ("ru", '<blockquote dir="auto" lang="ru"><p><a href="{url}">«Rivers are full.»</a>'),
        ("", '<blockquote dir="auto"><p><a href="{url}">“Rivers are full.”</a>'),
    ],
    ids=["known", "unknown"],
)
def test_a_quote_of_an_article_has_the_language_and_marks_of_its_source(
    client: Client, language: str, quotation: str
) -> None:
    quote = make.QuoteFactory(accepted=True, snapshot__source__url=ARTICLE, snapshot__source__language=language)
    assert quotation.format(url=f"/quotes/{quote.pk}/") in page(client, ARTICLE)


def test_of_a_long_article_the_rest_is_a_link(client: Client) -> None:
    snapshot = make.SnapshotFactory(source__url=ARTICLE)
    for start in range(MAX_QUOTES + 1):
        make.QuoteFactory(accepted=True, snapshot=snapshot, start=start, end=33)
    html = page(client, ARTICLE)
    assert html.count('class="checked-quote"') == MAX_QUOTES
    [url] = re.findall(r'href="([^"]*)" rel="nofollow">All quotes', html)
    assert client.get(url.replace("&amp;", "&")).status_code == 200


def test_an_article_that_is_not_known(client: Client) -> None:
    make.QuoteFactory(snapshot__source__url=ARTICLE)
    assert "No quotes from this article are published here." in page(client, ARTICLE)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("long " * 200, "The text is longer than 500 characters. Check one sentence at a time."),
        ("a" * 5000, "The text is longer than 500 characters."),
        ("https://", "This is not the address of a web page."),
        ("https://" + "a" * 3000, "The text is longer than 500 characters."),
        ("a\0b", "The text has characters that cannot be compared."),
    ],
    ids=["long", "one-long-word", "no-host", "long-address", "nul"],
)
def test_what_cannot_be_checked_says_why(client: Client, typed: str, message: str) -> None:
    html = page(client, typed, status=400)
    assert message in html
    assert 'role="alert"' in html
    assert 'aria-describedby="q-help q-error"' in html
    assert len(html) < 20_000


@pytest.mark.parametrize("typed", ["3.5/5", "and/or", "Rivers.", "a.b", "...../....", "//"])
def test_words_that_look_like_addresses_are_text(client: Client, typed: str) -> None:
    assert "similar claim" in page(client, typed) or "quotes from this article" in page(client, typed)


def test_checks_are_limited(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_page, "CHECKS_PER_MINUTE", 6)
    page(client, ARTICLE)
    page(client, MARCH)
    response = client.get("/check/", {"q": MARCH})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Please wait a moment." in response.content.decode()
    assert client.get("/check/").status_code == 200


def test_without_the_encoder_it_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise EncoderError("/srv/encoder.onnx: damaged")

    make_public_claim(MARCH)
    assert sum(update_vectors())
    monkeypatch.setattr(claim_index, "load_encoder", fail)
    html = page(client, MARCH, status=503)
    assert "Claims cannot be compared at the moment." in html
    assert "/srv" not in html


def test_every_kind_of_difference_has_a_label() -> None:
    assert check_page.DIFFERENCE_LABELS.keys() == set(DifferenceKind)
