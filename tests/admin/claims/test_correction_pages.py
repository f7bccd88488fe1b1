"""The pages that show what a correction says: before it is published, in the list, on the claim."""

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Correction, Quote
from claims.services.claims.corrections import PublicNote
from claims.services.claims.editing import edit_claim
from claims.services.claims.public_state import GRACE_PERIOD
from tests import factories as make
from tests.admin.admin_client import admin_url
from tests.admin.claims.claim_pages import create_public_claim, response_text
from tests.admin.claims.test_claim_and_speaker_admin import claim_form

pytestmark = pytest.mark.django_db


def test_the_note_form_shows_what_readers_will_be_shown(client: Client) -> None:
    claim = create_public_claim()
    response = client.post(admin_url("change", claim), claim_form(claim, text="Rivers rise.", said_on="2025-05-16"))
    [difference] = response.context["differences"]
    assert [(row.field, row.before, row.after) for row in difference.changes] == [
        ("wording", claim.text, "Rivers rise."),
        ("said_on", "", "2025-05-16"),
    ]
    text = response_text(response)
    for words in ("Readers will see this change", "Wording", "Date", "<ins>2025-05-16</ins>"):
        assert words in text


def test_the_note_form_of_a_quote_without_a_public_claim(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True, claim=None)
    Quote.objects.update(decided_at=timezone.now() - 2 * GRACE_PERIOD)
    response = client.post(f"/admin/claims/quote/{quote.pk}/step/reject/", {"rejection_reason": "duplicate"})
    assert "This quote is public" in response_text(response)
    note = {"note-what": "The quote was withdrawn.", "note-why": "It stands there twice."}
    client.post(f"/admin/claims/quote/{quote.pk}/step/reject/", {"rejection_reason": "duplicate", **note})
    assert Quote.objects.get().rejection_reason == "duplicate"
    assert Correction.objects.released().get().reason == "It stands there twice."
    assert "withdrawn" in response_text(client.get("/admin/claims/correction/"))


def test_the_list_and_the_pages_show_the_changes(client: Client) -> None:
    claim = create_public_claim()
    note = PublicNote("The wording.", "It was unclear.")
    edit_claim(claim=claim, changes={"text": "Rivers rise."}, editor=make.UserFactory(), note=note)
    correction = Correction.objects.get()
    for url in ("/admin/claims/correction/", admin_url("change", correction), admin_url("change", claim)):
        text = response_text(client.get(url))
        assert "ivers rise." in text, url
        assert claim.text.split()[-1].rstrip(".") in text, url
