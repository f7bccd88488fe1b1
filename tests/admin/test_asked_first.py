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
from tests.admin.acting import act, address, said, step
from tests.admin.claim_work import NOTE, body, public
from tests.admin.test_claims_and_speakers import claim_form
from tests.services import verdicts

pytestmark = pytest.mark.django_db


def test_what_readers_see_is_changed_only_with_a_note(client: Client) -> None:
    claim = public()
    was = claim.text
    given = claim_form(claim, text="Rivers rise.")
    asked = client.post(address("change", claim), given)
    assert "The wording that readers see would change" in body(asked)
    assert "<ins>rise" in body(asked)
    assert Claim.objects.get().text == was
    assert said(asked) == [], "nothing was done, and nothing is said to be"
    half = client.post(address("change", claim), given | {"note-what": "The wording.", "note-why": " "})
    assert "This field is required." in body(half)
    assert Claim.objects.get().text == was
    client.post(address("change", claim), given | NOTE)
    assert Claim.objects.get().text == "Rivers rise."
    assert Correction.objects.released().get().reason == "It was unclear."


def test_what_was_typed_is_posted_again(client: Client) -> None:
    claim, topics = public(), make.TopicFactory.create_batch(2)
    given = claim_form(claim, text='"Rivers" & <rise>', topics=[topic.pk for topic in topics])
    asked = client.post(address("change", claim), given)
    fields = asked.context["fields"]
    assert [value for name, value in fields if name == "topics"] == [str(topic.pk) for topic in topics]
    assert dict(fields)["text"] == '"Rivers" & <rise>'
    assert 'value="&quot;Rivers&quot; &amp; &lt;rise&gt;"' in body(asked)
    client.post(address("change", claim), dict(fields) | {"topics": [topic.pk for topic in topics]} | NOTE)
    assert Claim.objects.get().topics.count() == 2


def test_verdicts_that_would_go_back_are_shown_first(client: Client) -> None:
    verdict = verdicts.published()
    asked = client.post(address("change", verdict.claim), claim_form(verdict.claim, text="Rivers rise."))
    assert [row.pk for row in asked.context["verifications"]] == [verdict.pk]
    assert "a copy waits for approval" in body(asked)
    assert Verification.objects.get().state == "published"


def test_a_submitted_one_is_shown_first_where_no_note_is_needed(client: Client) -> None:
    row = verdicts.submitted()
    given = claim_form(row.claim, text="Rivers rise.")
    asked = client.post(address("change", row.claim), given)
    assert "a draft of its author again" in body(asked)
    assert asked.context["form"] is None
    assert Verification.objects.get().state == "submitted"
    client.post(address("change", row.claim), given | {"_confirmed": "1"})
    assert Verification.objects.get().state == "draft"
    assert not Correction.objects.exists()


def test_a_decision_on_a_quote_asks_as_well(client: Client) -> None:
    claim = public()
    quote = claim.quotes.get()
    asked = step(client, "reject", quote)
    assert "This changes what readers see of this claim" in body(asked)
    assert Quote.objects.get().decision == "accepted"
    step(client, "reject", quote, **NOTE)
    assert Quote.objects.get().decision == "rejected"
    assert Claim.objects.withdrawn().get() == claim, "what readers saw leaves a stub"


def test_another_speaker_in_the_quotes_form_asks_as_well(client: Client) -> None:
    claim, other = public(), make.SpeakerFactory()
    quote = claim.quotes.get()
    given = {"speaker": other.pk, "claim": claim.pk, "role": "", "outlet": ""}
    assert "Public note" in body(client.post(address("change", quote), given))
    quote.refresh_from_db()
    assert quote.speaker != other
    client.post(address("change", quote), given | NOTE)
    quote.refresh_from_db()
    assert quote.speaker == other


def test_who_may_not_correct_is_told_so(junior: Client) -> None:
    claim = public()
    told = said(step(junior, "reject", claim.quotes.get(), **NOTE))
    assert "Somebody who may correct claims does that." in told[0]
    assert Quote.objects.get().decision == "accepted"
    assert not Correction.objects.exists()
    assert step(junior, "retract", claim, reason="Wrong.").status_code == 403
    act(junior, "retract_chosen", claim, reason="Wrong.")
    assert not Claim.objects.withdrawn().exists()


def test_a_slip_of_the_hand_is_put_right_by_the_one_who_slipped(junior: Client) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    junior.post(address("change", claim), claim_form(claim, text="Rivers rise."))
    assert Claim.objects.get().text == "Rivers rise."
