"""Changes of public claims and of verdicts are confirmed first."""

import pytest
from django.test import Client

from claims.models import (
    Claim,
    Correction,
    Quote,
    Verification,
)
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import admin_url, displayed_messages, run_list_action, run_object_action
from tests.admin.claims.claim_pages import PUBLIC_NOTE, create_public_claim, response_text
from tests.admin.claims.test_claim_and_speaker_admin import claim_form

pytestmark = pytest.mark.django_db


def test_public_claim_is_changed_only_with_a_note(client: Client) -> None:
    claim = create_public_claim()
    was = claim.text
    data = claim_form(claim, text="Rivers rise.")
    response = client.post(admin_url("change", claim), data)
    assert "This changes the published wording" in response_text(response)
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
    assert not Correction.objects.exists()


def test_quote_decision_asks_for_confirmation(client: Client) -> None:
    claim = create_public_claim()
    quote = claim.quotes.get()
    response = run_object_action(client, "reject", quote)
    assert "This changes a public claim" in response_text(response)
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
