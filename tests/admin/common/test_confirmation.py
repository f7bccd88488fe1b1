"""Changes of public claims and of verdicts are confirmed first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from claims.models import (
    Claim,
    Correction,
    Operation,
    Quote,
    QuoteDecision,
    Verification,
)
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import admin_url, displayed_messages, run_list_action, run_object_action
from tests.admin.claims.claim_pages import PUBLIC_NOTE, claim_url, create_public_claim, response_text
from tests.admin.claims.test_claim_and_speaker_admin import claim_form
from tests.admin.review.review_client import post_review_action

pytestmark = pytest.mark.django_db


def test_public_claim_is_changed_only_with_a_note(client: Client) -> None:
    claim = create_public_claim()
    was = claim.text
    data = claim_form(claim, text="Rivers rise.")
    response = client.post(admin_url("change", claim), data)
    assert "Readers will see this change" in response_text(response)
    assert "<ins>rise" in response_text(response)
    assert Claim.objects.get().text == was
    assert displayed_messages(response) == [], "nothing was done, and nothing is said to be"
    half = client.post(admin_url("change", claim), data | {"note-what": "The wording.", "note-why": " "})
    assert "This field is required." in response_text(half)
    assert Claim.objects.get().text == was
    client.post(admin_url("change", claim), data | PUBLIC_NOTE)
    assert Claim.objects.get().text == "Rivers rise."
    assert Correction.objects.released().get().reason == "It was unclear."


def test_confirmation_page_reposts_the_form(client: Client) -> None:
    claim, topics = create_public_claim(), make.TopicFactory.create_batch(2)
    data = claim_form(claim, text='"Rivers" & <rise>', topics=[topic.pk for topic in topics])
    response = client.post(admin_url("change", claim), data)
    fields = response.context["fields"]
    assert [value for name, value in fields if name == "topics"] == [str(topic.pk) for topic in topics]
    assert dict(fields)["text"] == '"Rivers" & <rise>'
    assert 'value="&quot;Rivers&quot; &amp; &lt;rise&gt;"' in response_text(response)
    client.post(admin_url("change", claim), dict(fields) | {"topics": [topic.pk for topic in topics]} | PUBLIC_NOTE)
    assert Claim.objects.get().topics.count() == 2


def test_confirmation_page_lists_verdicts_going_back_to_review(client: Client) -> None:
    verdict = verifications.make_published()
    response = client.post(admin_url("change", verdict.claim), claim_form(verdict.claim, text="Rivers rise."))
    assert [row.pk for row in response.context["verifications"]] == [verdict.pk]
    assert "a copy is submitted for approval" in response_text(response)
    assert Verification.objects.get().state == "published"


def test_confirmation_without_note_for_a_submitted_verification(client: Client) -> None:
    row = verifications.make_submitted()
    data = claim_form(row.claim, text="Rivers rise.")
    response = client.post(admin_url("change", row.claim), data)
    assert "Returned to its author as a draft" in response_text(response)
    assert response.context["form"] is None
    assert Verification.objects.get().state == "submitted"
    client.post(admin_url("change", row.claim), data | {"_confirmed": "1"})
    assert Verification.objects.get().state == "draft"
    assert Correction.objects.get().kind == "edit"


def quote_form(quote: Quote, **changed: object) -> dict[str, object]:
    return {"speaker": quote.speaker_id, "claim": quote.claim_id, "role": "", "outlet": ""} | changed


def bulk_form(name: str, value: object) -> dict[str, object]:
    return {"bulk-apply": "1", f"bulk-set_{name}": "on", f"bulk-{name}": value}


# Every view whose service may send a verification back to review. It takes the client, two accepted quotes of a claim,
# another claim, and what else is posted.
VIEWS: dict[str, Callable[[Client, Quote, Quote, Claim, dict[str, Any]], HttpResponse]] = {
    "claim form": lambda client, first, second, other, data: client.post(
        admin_url("change", first.claim), claim_form(first.claim, text="Rivers rise.") | data
    ),
    "speaker in the quote form": lambda client, first, second, other, data: client.post(
        admin_url("change", first), quote_form(first, speaker=other.speaker_id) | data
    ),
    "claim in the quote form": lambda client, first, second, other, data: client.post(
        admin_url("change", first), quote_form(first, claim=other.pk) | data
    ),
    "quote button": lambda client, first, second, other, data: run_object_action(client, "reject", first, **data),
    "take": lambda client, first, second, other, data: client.post(
        claim_url("take", other), {"quote": first.pk} | data
    ),
    "own claim": lambda client, first, second, other, data: client.post(
        reverse("admin:claims_claim_own"), {"quote": first.pk} | data
    ),
    "split": lambda client, first, second, other, data: client.post(
        claim_url("split", first.claim), {"quotes": [first.pk], "wording": ""} | data
    ),
    "merge": lambda client, first, second, other, data: client.post(
        claim_url("merge", first.claim), {"other": other.pk, "kept": first.claim_id} | data
    ),
    "undo": lambda client, first, second, other, data: client.post(
        reverse("admin:claims_claim_undo", args=[Operation.objects.get(verb="decide").pk]), data
    ),
    "bulk change of claims": lambda client, first, second, other, data: run_list_action(
        client, "change_chosen", first.claim, **bulk_form("speaker", make.SpeakerFactory().pk), **data
    ),
    "bulk change of quotes": lambda client, first, second, other, data: run_list_action(
        client, "change_quotes", first, **bulk_form("speaker", make.SpeakerFactory().pk), **data
    ),
    "review screen": lambda client, first, second, other, data: post_review_action(client, "pending", first, **data),
    "undo on the review screen": lambda client, first, second, other, data: client.post(
        reverse("admin:claims_review_undo"), {"operation": Operation.objects.get(verb="decide").pk, "other": "1"} | data
    ),
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_every_view_asks_before_it_sends_a_verification_back(
    client: Client, editor: User, view: Callable[..., HttpResponse]
) -> None:
    first = make.QuoteFactory(accepted=True)
    second = make.QuoteFactory(claim=first.claim, speaker=first.speaker)
    decide_quotes(quotes=[second.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
    other = make.QuoteFactory(accepted=True, speaker=make.SpeakerFactory()).claim
    Claim.objects.filter(pk=other.pk).update(speaker=None)
    verifications.make_submitted(first.claim)
    response = view(client, first, second, other, {})
    assert "back to review" in response_text(response)
    assert Verification.objects.get().state == "submitted"
    assert Quote.objects.filter(claim=first.claim).accepted().count() == 2
    view(client, first, second, other, {"_confirmed": "1"})
    assert Verification.objects.get().state == "draft"


def test_quote_decision_asks_for_confirmation(client: Client) -> None:
    claim = create_public_claim()
    quote = claim.quotes.get()
    response = run_object_action(client, "reject", quote)
    assert "Readers will see this change" in response_text(response)
    assert Quote.objects.get().decision == "accepted"
    run_object_action(client, "reject", quote, **PUBLIC_NOTE)
    assert Quote.objects.get().decision == "rejected"
    assert Claim.objects.retracted_stubs().get() == claim, "what readers saw leaves a stub"


def test_changing_the_speaker_of_a_quote_asks_for_confirmation(client: Client) -> None:
    claim, other = create_public_claim(), make.SpeakerFactory()
    quote = claim.quotes.get()
    data = {"speaker": other.pk, "claim": claim.pk, "role": "", "outlet": ""}
    assert "Public note" in response_text(client.post(admin_url("change", quote), data))
    quote.refresh_from_db()
    assert quote.speaker != other
    client.post(admin_url("change", quote), data | PUBLIC_NOTE)
    quote.refresh_from_db()
    assert quote.speaker == other


def test_user_without_permission_to_correct_gets_a_message(junior: Client) -> None:
    claim = create_public_claim()
    messages = displayed_messages(run_object_action(junior, "reject", claim.quotes.get(), **PUBLIC_NOTE))
    assert "Ask someone who can correct public claims." in messages[0]
    assert Quote.objects.get().decision == "accepted"
    assert not Correction.objects.exists()
    assert run_object_action(junior, "retract", claim, reason="Wrong.").status_code == 403
    run_list_action(junior, "retract_chosen", claim, reason="Wrong.")
    assert not Claim.objects.retracted_stubs().exists()


def test_recent_mistake_is_corrected_without_a_note(junior: Client) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    junior.post(admin_url("change", claim), claim_form(claim, text="Rivers rise."))
    assert Claim.objects.get().text == "Rivers rise."
