"""Editors see fact-checks of other publishers that are linked to a claim, and those alike, which they may link."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, ExternalReview
from claims.services.claims.claim_vectors import update_vectors
from claims.services.reviews.review_vectors import update_review_vectors
from tests import factories as make
from tests.admin.admin_client import admin_url, client_with_permissions
from tests.admin.claims.claim_pages import response_text
from tests.admin.review.review_client import QUEUE_URL

pytestmark = pytest.mark.django_db

CHECKED = "Checked by <bdi>Fakty</bdi>: "
QUOTED = "Rivers are full."  # the quote of the factory


def add_review(text: str = "The rivers are full now.", **values: object) -> ExternalReview:
    review: ExternalReview = make.ExternalReviewFactory(claim_text=text, **values)
    assert list(update_review_vectors()) == [1]
    return review


def link_url(review: ExternalReview) -> str:
    return reverse("admin:claims_externalreview_claim", args=[review.pk])


def test_a_claims_page_lists_linked_and_similar_fact_checks(client: Client) -> None:
    claim = make.ClaimFactory(text=QUOTED)
    review = add_review("Rivers are not full.", rating="<b>Hoax</b>", published_on="2026-05-04")
    add_review("The orchestra cancelled its tour of Bellonia.")
    page = client.get(admin_url("change", claim))
    assert page.context["linked_reviews"] == []
    html = response_text(page)
    assert f'{CHECKED}<a href="{review.review_url}" rel="external noreferrer"><bdi>&lt;b&gt;Hoax' in html
    assert "2026-05-04" in html
    assert "Rivers are <mark>not</mark> full." in html
    assert "differs in: “not” (in the other claim only)" in html
    assert "orchestra" not in html
    assert link_url(review) not in html, "what differs is linked on its own page alone"

    client.post(link_url(review), {"claim": claim.pk})
    page = client.get(admin_url("change", claim))
    assert (page.context["linked_reviews"], page.context["similar_reviews"]) == ([review], [])
    assert CHECKED in response_text(page)
    assert "Remove link" in response_text(page)
    client.post(link_url(review))
    assert client.get(admin_url("change", claim)).context["linked_reviews"] == []


def test_a_claims_page_says_which_linked_fact_checks_readers_no_longer_see(client: Client) -> None:
    claim = make.ClaimFactory(text=QUOTED)
    values = {"claim": claim, "linked_by": make.UserFactory(), "withdrawn_at": claim.created_at}
    add_review(**values)
    assert "withdrawn by its publisher" in response_text(client.get(admin_url("change", claim)))


@pytest.mark.parametrize("name", ["queue", "quote"])
def test_a_quote_says_who_checked_what_is_alike(client: Client, name: str) -> None:
    quote, review = make.QuoteFactory(claim=make.ClaimFactory(text=QUOTED)), add_review()
    page, query = (QUEUE_URL, {"quote": quote.pk}) if name == "queue" else (admin_url("change", quote), {})
    html = response_text(client.get(page, query))
    assert f'{CHECKED}<a href="{review.review_url}" rel="external noreferrer"><bdi>Mostly false</bdi></a>' in html
    assert link_url(review) in html
    client.post(link_url(review), {"claim": quote.claim_id, "back": page})
    assert ExternalReview.objects.get().claim == quote.claim
    assert CHECKED not in response_text(client.get(page, query))


@pytest.mark.parametrize("state", ["none", "proposed", "retracted"])
def test_only_to_a_confirmed_and_current_claim_is_a_link_offered(client: Client, state: str) -> None:
    quote, review = make.QuoteFactory(accepted=state == "retracted"), add_review()
    if state == "none":
        quote.claim = None
        quote.save()
    if state == "retracted":
        Claim.objects.update(retracted_at=quote.claim.released_at)
    for url in (f"{QUEUE_URL}?quote={quote.pk}", admin_url("change", quote)):
        html = response_text(client.get(url))
        assert CHECKED in html
        assert link_url(review) not in html


def test_a_fact_checks_page_offers_claims_alike_until_it_is_linked(client: Client) -> None:
    claim, review = make.ClaimFactory(text=QUOTED), add_review(f"{QUOTED[:-1]} now.")
    assert list(update_vectors()) == [1]
    url = admin_url("change", review)
    page = client.get(url)
    assert [match.claim for match in page.context["similar"]] == [claim]
    assert link_url(review) in response_text(page)
    response = client.post(link_url(review), {"claim": claim.pk, "back": url})
    assert response.url == url
    assert client.get(url).context["similar"] == []


@pytest.mark.parametrize("may_view", [True, False])
def test_those_who_may_not_link_see_no_button_and_those_who_may_not_view_see_nothing(may_view: bool) -> None:
    quote, review = make.QuoteFactory(claim=make.ClaimFactory(text=QUOTED)), add_review()
    permissions = ["view_quote", "view_claim", "decide_quote"] + ["view_externalreview"] * may_view
    reviewer = client_with_permissions(*permissions)
    for url in (f"{QUEUE_URL}?quote={quote.pk}", admin_url("change", quote), admin_url("change", quote.claim)):
        html = response_text(reviewer.get(url))
        assert (CHECKED in html) == may_view
        assert link_url(review) not in html


@pytest.mark.parametrize("name", ["queue", "claim"])
def test_query_count_is_constant(client: Client, name: str) -> None:
    quote = make.QuoteFactory(claim=make.ClaimFactory(text=QUOTED))

    def cost(reviews: int) -> int:
        for _ in range(reviews):
            add_review()
            add_review(claim=quote.claim, linked_by=make.UserFactory())
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert CHECKED in response_text(client.get(url))
        return len(captured)

    url = f"{QUEUE_URL}?quote={quote.pk}" if name == "queue" else admin_url("change", quote.claim)
    few = cost(1)
    assert cost(4) == few
