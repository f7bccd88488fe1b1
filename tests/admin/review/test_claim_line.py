"""The claim's line on the card, as a browser without scripts sends it."""

from typing import Any

import pytest
from django.test import Client

from claims.models import Claim, ClaimRelation, Quote
from claims.services.claims.claim_vectors import update_vectors
from tests import factories as make
from tests.admin.admin_client import client_with_permissions, displayed_messages
from tests.admin.claims.claim_pages import claim_url
from tests.admin.review.review_client import QUEUE_URL, post_review_action, stored_decision

pytestmark = pytest.mark.django_db

WORDING = "Rivers in the north are full."


def release(client: Client, quote: Quote, text: str = WORDING) -> Any:
    seen = {"claim": quote.claim_id or "", "seen_wording": quote.claim.text if quote.claim else ""}
    return post_review_action(client, "release", quote, text=text, **seen)


def test_the_claim_is_released_and_the_next_quote_shown(client: Client) -> None:
    quote, following = make.QuoteFactory(), make.QuoteFactory()
    assert release(client, quote).url == f"{QUEUE_URL}?quote={following.pk}"
    assert stored_decision(quote) == "accepted"
    assert Claim.objects.released().get().text == WORDING


def test_a_refused_wording_is_shown_with_the_reason_in_the_field(client: Client) -> None:
    quote = make.QuoteFactory()
    make.SpeakerFactory()
    Claim.objects.update(text="Rivers rise.")
    page = release(client, quote)
    assert page.status_code == 200
    line = page.context["line"]
    assert (line.typed, line.wording) == (WORDING, "Rivers rise.")
    content = page.content.decode()
    assert f">{WORDING}</textarea>" in content
    assert "The claim has been reworded to “Rivers rise.”" in content
    assert stored_decision(quote) == "pending"


@pytest.mark.parametrize("publication", ["released", "retracted"])
def test_only_a_claim_that_is_not_public_is_reworded_on_the_card(client: Client, publication: str) -> None:
    quote = make.QuoteFactory(accepted=True)
    if publication == "retracted":
        Claim.objects.update(retracted_at=quote.claim.released_at)
    page = client.get(QUEUE_URL, {"quote": quote.pk})
    assert not page.context["line"].is_editable
    assert quote.claim.text in page.content.decode()
    refused = release(client, quote).content.decode()
    assert "already" in refused
    assert f"Your wording: “{WORDING}”" in refused


def test_without_a_claim_the_wording_that_would_be_proposed_is_shown(client: Client) -> None:
    quote = make.QuoteFactory(claim=None)
    assert client.get(QUEUE_URL, {"quote": quote.pk}).context["line"].typed == "Rivers are full."
    release(client, quote)
    assert Claim.objects.released().get().text == WORDING


def test_those_who_may_not_change_claims_see_the_wording_only() -> None:
    reviewer = client_with_permissions("view_quote", "decide_quote", "view_claim")
    quote = make.QuoteFactory()
    page = reviewer.get(QUEUE_URL, {"quote": quote.pk})
    assert not page.context["line"].is_editable
    assert quote.claim.text in page.content.decode()
    assert release(reviewer, quote).status_code == 403
    assert stored_decision(quote) == "pending"


def test_a_quote_is_linked_to_a_similar_claim_and_stays_shown(client: Client) -> None:
    other = make.QuoteFactory(accepted=True, claim__text="Rivers are full indeed.").claim
    quote = make.QuoteFactory(speaker=other.speaker, claim__text="Rivers are full.")
    assert sum(update_vectors()) == 1
    [(match, verdict)] = client.get(QUEUE_URL, {"quote": quote.pk}).context["similar"]
    assert match.claim == other
    assert "Unreviewed" in verdict
    response = post_review_action(client, "link", quote, claim=other.pk)
    assert response.url == f"{QUEUE_URL}?quote={quote.pk}"
    assert displayed_messages(response) == ["Linked to “Rivers are full indeed.”."]
    quote.refresh_from_db()
    assert (quote.claim, quote.decision) == (other, "pending")
    assert not Claim.objects.filter(text="Rivers are full.").exists()


def test_a_claim_that_differs_is_related_and_not_linked(client: Client) -> None:
    other = make.QuoteFactory(accepted=True, claim__text="Rivers are not full.").claim
    quote = make.QuoteFactory(speaker=other.speaker, claim__text="Rivers are full.")
    assert sum(update_vectors()) == 1
    response = client.get(QUEUE_URL, {"quote": quote.pk})
    [(match, _)] = response.context["similar"]
    assert (match.claim, match.is_same) == (other, False)
    page = response.content.decode()
    assert "Rivers are <mark>not</mark> full." in page
    assert "Alike, but differs in: “not” (in the other claim only)" in page
    assert "data-fb-link" not in page
    client.post(claim_url("relate", quote.claim), {"other": other.pk, "kind": "contradicts", "back": QUEUE_URL})
    assert ClaimRelation.objects.get().kind == "contradicts"
    assert client.get(QUEUE_URL, {"quote": quote.pk}).context["similar"] == [], "it is decided"


def test_a_claim_that_is_gone_is_not_linked(client: Client) -> None:
    quote = make.QuoteFactory()
    assert displayed_messages(post_review_action(client, "link", quote, claim=987)) == [
        "This claim no longer exists. Choose another."
    ]
