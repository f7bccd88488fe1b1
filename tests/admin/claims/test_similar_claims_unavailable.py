"""Without the encoder's files, editors' pages show all but the similar claims, and say why."""

import pytest
from django.test import Client

from claims.admin.claims.similar_claims import UNAVAILABLE
from claims.matching import EncoderError
from claims.models import ClaimRelation
from claims.search.matches import claim_index
from claims.services.claims.claim_vectors import update_vectors
from tests import factories as make
from tests.admin.admin_client import admin_url, displayed_messages, run_object_action
from tests.admin.claims.claim_pages import response_text
from tests.admin.review.review_client import QUEUE_URL, post_review_action, stored_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise EncoderError("encoder.onnx: not the file that the model card describes")

    make.ClaimFactory(text="Rivers are full.")
    assert sum(update_vectors()) == 1
    monkeypatch.setattr(claim_index, "load_encoder", fail)


@pytest.mark.usefixtures("damaged")
def test_the_queue_works_without_them(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    quote = make.QuoteFactory()
    assert UNAVAILABLE in response_text(client.get(QUEUE_URL, {"quote": quote.pk}))
    assert "encoder.onnx: not the file" in caplog.text
    post_review_action(client, "accept", quote)
    assert stored_decision(quote) == "accepted"


@pytest.mark.usefixtures("damaged")
def test_the_pages_of_quotes_and_claims_work_without_them(client: Client) -> None:
    quote = make.QuoteFactory(claim=make.ClaimFactory())
    for row in (quote, quote.claim):
        page = response_text(client.get(admin_url("change", row)))
        assert UNAVAILABLE in page
        assert "No similar claims." not in page
    assert displayed_messages(run_object_action(client, "suggest", quote.claim)) == [UNAVAILABLE]
    assert not ClaimRelation.objects.exists()
