"""The page of a quote: alone and in context, its claim, and what its proof compares."""

import json
import re

import pytest
from django.test import Client

from claims.models import Claim, CorrectedField, Correction, Quote, QuoteDecision, RejectionReason
from claims.services.changefeed.processor import process_pending
from claims.services.claims.corrections import PublicNote
from claims.services.quotes.decisions import decide_quotes
from tests import factories as f
from tests.translations import quote_words

pytestmark = pytest.mark.django_db


def page_of(client: Client, quote: Quote) -> str:
    response = client.get(f"/quotes/{quote.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def proof_data(html: str) -> dict:
    (data,) = re.findall(r'<script id="proof-data" type="application/json">(.*?)</script>', html)
    return json.loads(data)


def test_page_shows_the_quote_with_its_claim_and_verdict(client: Client, full_quote: Quote) -> None:
    html = page_of(client, full_quote)
    assert "<p>“Rivers are full.”</p>" in html
    assert "word for word" in html
    assert f"<mark>{full_quote.exact}</mark>" in html
    assert full_quote.claim.text in html
    assert full_quote.claim.verifications.get().rating.name in html
    assert f'href="{full_quote.snapshot.source.url}#:~:text=' in html
    assert "16 May 2025" in html


def test_description_says_who_said_what(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True, speaker__name="Lena Ford")
    assert '<meta name="description" content="Lena Ford: “Rivers are full.”">' in page_of(client, quote)


def test_title_and_description_cut_a_long_quote_between_its_marks(client: Client) -> None:
    words = "Rivers are full of it." * 20
    quote = quote_words(f.SnapshotFactory(text=words), words, accepted=True, speaker__name="Lena Ford")
    f.VerificationFactory(claim=quote.claim, published=True)
    html = page_of(client, quote)
    assert re.search(r"<title>Lena Ford: “Rivers [^”]*…”", html)
    assert re.search('<meta name="description" content="Lena Ford: “Rivers [^”]*…” Verdict: True.">', html)


def test_context_has_whole_words(client: Client) -> None:
    text = 'At the river Lena Ford said: "Rivers are full." According to Ford, roads are dry.'
    quote = f.QuoteFactory(
        accepted=True,
        snapshot=f.SnapshotFactory(text=text),
        start=30,
        end=46,
        prefix='ver Lena Ford said: "',
        suffix='" According to Fo',
        cue="",
        cue_spans=[],
        mention="",
        mention_spans=[],
    )
    html = page_of(client, quote)
    assert "<p>… Lena Ford said: &quot;<mark>Rivers are full.</mark>&quot; According to …</p>" in html


def test_reported_words_have_no_quotation_marks(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True, kind="indirect")
    html = page_of(client, quote)
    assert "<p>Rivers are full.</p>" in html
    assert "reported, not word for word" in html


@pytest.mark.parametrize(
    ("confidence", "shown"),
    [(0.87, "<dt>Confidence in the speaker</dt><dd>87%</dd>"), (1, "<dd>Chosen by an editor</dd>")],
    ids=["extractor", "editor"],
)
def test_page_says_how_certain_the_speaker_is(client: Client, confidence: float, shown: str) -> None:
    assert shown in page_of(client, f.QuoteFactory(accepted=True, speaker_confidence=confidence))


def test_parts_are_marked_one_by_one(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True, spans=[[17, 23], [28, 33]], exact="Rivers full.")
    assert "<mark>Rivers</mark> […] <mark>full.</mark>" in page_of(client, quote)


@pytest.mark.parametrize("state", ["proposed", "draft"])
def test_a_claim_that_is_not_public_is_not_shown(client: Client, state: str) -> None:
    quote = f.QuoteFactory(accepted=True, claim__text="Secret wording", claim__released=False)
    Claim.objects.filter(pk=quote.claim_id).update(released_at=None)
    html = page_of(client, quote)
    assert "Secret wording" not in html
    assert "The claim in this quote" not in html


def test_proof_has_what_is_compared(client: Client, full_quote: Quote) -> None:
    assert proof_data(page_of(client, full_quote)) == {
        "sha256": full_quote.snapshot.sha256,
        "exact": full_quote.exact,
        "spans": [[17, 33]],
        "prefix": full_quote.prefix,
        "suffix": full_quote.suffix,
        "textPath": "",
    }


def test_proof_data_keeps_every_character(client: Client) -> None:
    text = 'Lena Ford said: "</script>\r\n<!-- 😀 &amp; \u2028."'
    snapshot = f.SnapshotFactory(text=text)
    quote = f.QuoteFactory(accepted=True, snapshot=snapshot, start=17, end=len(text) - 1)
    html = page_of(client, quote)
    assert proof_data(html)["exact"] == quote.exact
    assert "</script>\r\n<!--" not in html


def test_published_text_is_fetched_from_the_api(client: Client, full_quote: Quote, settings) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    html = page_of(client, full_quote)
    path = proof_data(html)["textPath"]
    assert client.get(path).json()["text"] == full_quote.snapshot.text
    assert "Check the text published here" in html


def test_whole_text_is_not_on_the_page(client: Client, settings) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    snapshot = f.SnapshotFactory(text='Lena Ford said: "Rivers are full." The end of it.')
    quote = f.QuoteFactory(accepted=True, snapshot=snapshot, suffix='" The')
    assert "end of it" not in page_of(client, quote)


def test_withdrawn_quote_is_gone_and_says_why(client: Client) -> None:
    quote = f.QuoteFactory(before_claim=True)
    process_pending()
    decide_quotes(
        quotes=[quote.pk],
        decision=QuoteDecision.REJECTED,
        editor=f.UserFactory(),
        rejection_reason=RejectionReason.WRONG_SPEAKER,
        note=PublicNote("The quote.", "Somebody else said it."),
    )
    response = client.get(f"/quotes/{quote.pk}/")
    assert response.status_code == 410
    assert b"somebody else said it" in response.content
    assert client.get(f"/quotes/{quote.pk}/cite.ris").status_code == 410


@pytest.mark.parametrize("path", ["/quotes/0/", "/quotes/99999/", f"/quotes/{10**30}/", "/quotes/x/"])
def test_unknown_quote_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_pending_quote_is_404(client: Client) -> None:
    assert client.get(f"/quotes/{f.QuoteFactory().pk}/").status_code == 404


def test_corrections_of_the_quote_are_on_top(client: Client) -> None:
    quote = f.QuoteFactory(before_claim=True)
    correction = Correction.objects.create(
        quote=quote, kind="correction", text="One word.", reason="Misread.", made_by=f.UserFactory(username="secretary")
    )
    CorrectedField.objects.create(
        correction=correction, field="wording", quote=quote, before="Rivers were full.", after="Rivers are full."
    )
    html = page_of(client, quote)
    assert html.index("One word.") < html.index("<h1")
    assert "<span>Rivers </span><del>were</del><ins>are</ins><span> full.</span>" in html
    assert "secretary" not in html


def test_citation_file_names_the_source(client: Client, full_quote: Quote) -> None:
    response = client.get(f"/quotes/{full_quote.pk}/cite.bib")
    assert response.status_code == 200
    assert "Quoted from: The Daily Example" in response.content.decode()


def test_cost(client: Client, full_quote: Quote, django_assert_max_num_queries) -> None:
    client.get(f"/quotes/{full_quote.pk}/")  # prepares the queries
    with django_assert_max_num_queries(1):
        response = client.get(f"/quotes/{full_quote.pk}/")
    assert len(response.content) <= 30_000
