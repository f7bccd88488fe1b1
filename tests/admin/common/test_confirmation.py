"""What a change would do is asked first: which verdicts go back to review, and what readers are told."""

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


def test_what_readers_see_is_changed_only_with_a_note(client: Client) -> None:
    claim = create_public_claim()
    was = claim.text
    given = claim_form(claim, text="Rivers rise.")
    asked = client.post(admin_url("change", claim), given)
    assert "This changes the published wording" in response_text(asked)
    assert "<ins>rise" in response_text(asked)
    assert Claim.objects.get().text == was
    assert displayed_messages(asked) == [], "nothing was done, and nothing is said to be"
    half = client.post(admin_url("change", claim), given | {"note-what": "The wording.", "note-why": " "})
    assert "This field is required." in response_text(half)
    assert Claim.objects.get().text == was
    client.post(admin_url("change", claim), given | PUBLIC_NOTE)
    assert Claim.objects.get().text == "Rivers rise."
    assert Correction.objects.released().get().reason == "It was unclear."


def test_what_was_typed_is_posted_again(client: Client) -> None:
    claim, topics = create_public_claim(), make.TopicFactory.create_batch(2)
    given = claim_form(claim, text='"Rivers" & <rise>', topics=[topic.pk for topic in topics])
    asked = client.post(admin_url("change", claim), given)
    fields = asked.context["fields"]
    assert [value for name, value in fields if name == "topics"] == [str(topic.pk) for topic in topics]
    assert dict(fields)["text"] == '"Rivers" & <rise>'
    assert 'value="&quot;Rivers&quot; &amp; &lt;rise&gt;"' in response_text(asked)
    client.post(admin_url("change", claim), dict(fields) | {"topics": [topic.pk for topic in topics]} | PUBLIC_NOTE)
    assert Claim.objects.get().topics.count() == 2


def test_verdicts_that_would_go_back_are_shown_first(client: Client) -> None:
    verdict = verifications.make_published()
    asked = client.post(admin_url("change", verdict.claim), claim_form(verdict.claim, text="Rivers rise."))
    assert [row.pk for row in asked.context["verifications"]] == [verdict.pk]
    assert "a copy goes to approval" in response_text(asked)
    assert Verification.objects.get().state == "published"


def test_a_submitted_one_is_shown_first_where_no_note_is_needed(client: Client) -> None:
    row = verifications.make_submitted()
    given = claim_form(row.claim, text="Rivers rise.")
    asked = client.post(admin_url("change", row.claim), given)
    assert "Returned to its author as a draft" in response_text(asked)
    assert asked.context["form"] is None
    assert Verification.objects.get().state == "submitted"
    client.post(admin_url("change", row.claim), given | {"_confirmed": "1"})
    assert Verification.objects.get().state == "draft"
    assert not Correction.objects.exists()


def test_a_decision_on_a_quote_asks_as_well(client: Client) -> None:
    claim = create_public_claim()
    quote = claim.quotes.get()
    asked = run_object_action(client, "reject", quote)
    assert "This changes a public claim" in response_text(asked)
    assert Quote.objects.get().decision == "accepted"
    run_object_action(client, "reject", quote, **PUBLIC_NOTE)
    assert Quote.objects.get().decision == "rejected"
    assert Claim.objects.retracted_stubs().get() == claim, "what readers saw leaves a stub"


def test_another_speaker_in_the_quotes_form_asks_as_well(client: Client) -> None:
    claim, other = create_public_claim(), make.SpeakerFactory()
    quote = claim.quotes.get()
    given = {"speaker": other.pk, "claim": claim.pk, "role": "", "outlet": ""}
    assert "Public note" in response_text(client.post(admin_url("change", quote), given))
    quote.refresh_from_db()
    assert quote.speaker != other
    client.post(admin_url("change", quote), given | PUBLIC_NOTE)
    quote.refresh_from_db()
    assert quote.speaker == other


def test_who_may_not_correct_is_told_so(junior: Client) -> None:
    claim = create_public_claim()
    told = displayed_messages(run_object_action(junior, "reject", claim.quotes.get(), **PUBLIC_NOTE))
    assert "Ask someone who can correct public claims." in told[0]
    assert Quote.objects.get().decision == "accepted"
    assert not Correction.objects.exists()
    assert run_object_action(junior, "retract", claim, reason="Wrong.").status_code == 403
    run_list_action(junior, "retract_chosen", claim, reason="Wrong.")
    assert not Claim.objects.retracted_stubs().exists()


def test_a_slip_of_the_hand_is_put_right_by_the_one_who_slipped(junior: Client) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    junior.post(admin_url("change", claim), claim_form(claim, text="Rivers rise."))
    assert Claim.objects.get().text == "Rivers rise."
