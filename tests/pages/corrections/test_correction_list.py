"""The list of corrections: what was changed, word by word."""

import pytest
from django.test import Client

from claims.models import CorrectedField, Correction
from claims.services.claims.corrections import retract_claim
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
