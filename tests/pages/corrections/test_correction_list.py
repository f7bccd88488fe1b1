"""The list of corrections: what was changed, word by word, and in the language of the site what no editor wrote."""

import pytest
from django.test import Client

from claims.models import CorrectedField, Correction
from claims.services.claims.correction_entries import EARLY_EDIT
from claims.services.claims.corrections import PublicNote, retract_claim
from claims.services.claims.editing import edit_claim
from claims.services.claims.public_state import GRACE_PERIOD
from claims.services.verification.workflow import withdraw_verification
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture(name="correction")
def correction_of_wording() -> Correction:
    quote = f.QuoteFactory(accepted=True, claim__text="Rivers were full in June.")
    correction = Correction.objects.create(
        claim=quote.claim, kind="correction", text="The month.", reason="A slip.", made_by=f.UserFactory()
    )
    CorrectedField.objects.create(
        correction=correction, field="wording", before="Rivers were full in May.", after="Rivers were full in June."
    )
    return correction


def test_wording_is_compared_word_by_word(client: Client, correction: Correction) -> None:
    html = client.get("/corrections/").content.decode()
    assert "<del>May</del><ins>June</ins>" in html


def test_page_of_a_retracted_claim_compares_it_too(client: Client, correction: Correction) -> None:
    retract_claim(claim=correction.claim, editor=f.UserFactory(), reason="It was a rumour.")
    html = client.get(f"/claims/{correction.claim_id}/").content.decode()
    assert "<del>May</del><ins>June</ins>" in html


def test_withdrawn_verdict_and_retracted_claim_are_told_in_the_language_of_the_site(client: Client, settings) -> None:
    settings.FACTBASE_LANGUAGE = "ru"
    quote = f.QuoteFactory(accepted=True)
    verification = f.VerificationFactory(claim=quote.claim, published=True)
    withdraw_verification(verification=verification, editor=f.UserFactory(), reason="A gauge broke.")
    retract_claim(claim=quote.claim, editor=f.UserFactory(), reason="Taken back, it was a rumour.")
    for path in ("/corrections/", f"/claims/{quote.claim_id}/"):
        html = client.get(path).content.decode()
        assert "Вердикт «Правда» снят." in html, path
        assert "Утверждение отозвано." in html, path
        assert "Taken back, it was a rumour." in html, "an editor's words stay"
    for path in (f"/claims/{quote.claim_id}/", f"/embed/claims/{quote.claim_id}/"):
        assert "Это утверждение отозвано." in client.get(path).content.decode(), path


def test_verdict_that_went_back_to_review_is_told_in_the_language_of_the_site(client: Client, settings) -> None:
    settings.FACTBASE_LANGUAGE = "ru"
    quote = f.QuoteFactory(accepted=True)
    f.VerificationFactory(claim=quote.claim, published=True)
    note = PublicNote("The month.", "A slip.")
    edit_claim(claim=quote.claim, changes={"text": "Rivers were full in May."}, editor=f.UserFactory(), note=note)
    for path in ("/corrections/", f"/claims/{quote.claim_id}/", "/"):
        html = client.get(path, follow=True).content.decode()
        assert "После публикации вердикта изменилось утверждение" in html, path
        assert path == "/" or "Вердикт «Правда» вернулся на проверку." in html, path
        assert "A slip." in html, path


def test_early_edits_name_the_minutes_in_which_they_count_as_such() -> None:
    assert f" {GRACE_PERIOD.seconds // 60} minutes " in EARLY_EDIT
