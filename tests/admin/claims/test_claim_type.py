"""The type of a claim: suggested from the words, stored only where an editor chose it."""

import pytest
from django.test import Client

from claims.models import Claim, ClaimType
from claims.services.worthiness.claim_types import suggest_claim_type
from claims.worthiness import ClaimType as ReadType
from tests import factories as make
from tests.admin.common.form_fields import page_form_data

pytestmark = pytest.mark.django_db


def test_readers_types_and_stored_types_are_the_same() -> None:
    assert set(ReadType) == set(ClaimType.values)


def test_a_suggestion_is_shown_and_not_stored_with_other_changes(client: Client) -> None:
    claim = make.ClaimFactory(text="Unemployment will fall to 3 per cent.")
    url = f"/admin/claims/claim/{claim.pk}/change/"
    page = client.get(url)
    assert "Suggested from the words: prediction (not confirmed)." in page.content.decode()
    client.post(url, page_form_data(page) | {"text": "Unemployment will fall to 4 per cent."})
    claim.refresh_from_db()
    assert (claim.text, claim.claim_type) == ("Unemployment will fall to 4 per cent.", "")


def test_an_editor_chooses_the_type_and_readers_filter_by_it(client: Client, api_claim: Claim) -> None:
    def read(claim_type: str) -> list[str]:
        rows = client.get("/api/v1/claims/", {"claim_type": claim_type}).json()["results"]
        return [row["claim_type"] for row in rows]

    assert read("prediction,quantity") == [], "a suggestion is nothing readers see"
    assert client.get(f"/api/v1/claims/{api_claim.pk}/").json()["claim_type"] == ""
    url = f"/admin/claims/claim/{api_claim.pk}/change/"
    client.post(url, page_form_data(client.get(url)) | {"claim_type": "quantity"})
    assert Claim.objects.get().claim_type == "quantity"
    assert Claim.objects.get().history.order_by("-history_id").first().history_reason == "type set"
    assert read("quantity") == read("rule,quantity") == ["quantity"]
    assert read("rule") == []
    assert client.get("/api/v1/claims/", {"claim_type": "rumour"}).status_code == 400
    assert "Suggested from the words: prediction" in client.get(url).content.decode(), "it reads otherwise"


@pytest.fixture
def api_claim() -> Claim:
    claim = make.QuoteFactory(accepted=True).claim
    Claim.objects.update(text="Unemployment will fall to 3 per cent.")
    return claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The levy is 3 per cent.", ClaimType.QUANTITY),
        ("Rents are higher than in Oslo.", ClaimType.COMPARISON),
        ("Landlords must register every flat.", ClaimType.RULE),
        ("Guards locked the exits.", ClaimType.PAST_EVENT),
        ("It is a shameful vote.", ClaimType.OPINION),
        ("Garlic kills the virus.", None),
        ("", None),
    ],
)
def test_suggestion(text: str, expected: ClaimType | None) -> None:
    assert suggest_claim_type(text) == expected
