"""Moving quotes between claims, splitting and merging claims, and undoing it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import (
    Claim,
    Operation,
)
from claims.services.claims.claim_vectors import update_vectors
from tests import factories as make
from tests.admin.admin_client import admin_url, displayed_messages, run_list_action, run_object_action
from tests.admin.claims.claim_pages import PUBLIC_NOTE, claim_url, create_public_claim, response_text

pytestmark = pytest.mark.django_db


def test_quote_is_linked_and_returns_to_the_previous_page(client: Client) -> None:
    quote = make.QuoteFactory()
    claim = make.ClaimFactory(text="Rivers are full.", speaker=quote.speaker)
    assert sum(update_vectors()) == 1
    page = response_text(client.get(admin_url("change", quote)))
    assert "match (same speaker, says the same)" in page
    assert claim_url("take", claim) in page
    response = client.post(claim_url("take", claim), {"quote": quote.pk, "back": "/admin/?q=1"})
    assert response.url == "/admin/?q=1"
    quote.refresh_from_db()
    assert quote.claim == claim


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_return_url_stays_on_this_site(client: Client, back: str) -> None:
    quote, claim = make.QuoteFactory(), make.ClaimFactory()
    response = client.post(claim_url("take", claim), {"quote": quote.pk, "back": back})
    assert response.url == admin_url("change", quote)


def test_new_claim_from_a_quote(client: Client) -> None:
    first = make.QuoteFactory()
    second = make.QuoteFactory(claim=first.claim, speaker=first.speaker)
    client.post(reverse("admin:claims_claim_own"), {"quote": second.pk})
    second.refresh_from_db()
    assert second.claim != first.claim


def test_split_and_undo(client: Client, editor: User) -> None:
    first = make.QuoteFactory()
    second = make.QuoteFactory(claim=first.claim, speaker=first.speaker)
    claim = first.claim
    assert claim_url("split", claim) in response_text(client.get(admin_url("change", claim)))
    assert client.get(claim_url("split", claim)).status_code == 200
    response = client.post(claim_url("split", claim), {"quotes": [second.pk], "wording": "Roads are dry."})
    assert "1 quote moved to the new claim" in displayed_messages(response)[0]
    assert Claim.objects.get(quotes=second).text == "Roads are dry."
    done = Operation.objects.get()
    assert done.editor == editor
    undo = reverse("admin:claims_claim_undo", args=[done.pk])
    assert undo in response_text(client.get(admin_url("change", claim)))
    client.post(undo)
    assert claim.quotes.count() == 2
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "error"), [(0, "Choose the quotes to move from this claim."), (2, "At least one quote must stay.")]
)
def test_refused_split_keeps_what_was_typed(client: Client, number: int, error: str) -> None:
    first = make.QuoteFactory()
    quotes = [first, make.QuoteFactory(claim=first.claim, speaker=first.speaker)]
    chosen = [str(quote.pk) for quote in quotes[:number]]
    data = {"quotes": [*chosen, "x", "99999999999999999999"], "wording": "Roads are dry."}
    response = client.post(claim_url("split", first.claim), data)
    form = response.context["form"]
    assert error in form.errors["quotes"][0]
    assert form["wording"].value() == "Roads are dry."
    assert response_text(response).count("checked") == number
    assert Claim.objects.count() == 1


def test_refused_action_keeps_what_was_typed(client: Client, editor: User) -> None:
    claim = create_public_claim()
    Claim.objects.filter(pk=claim.pk).update(retracted_at=timezone.now())
    response = run_object_action(client, "retract", claim, reason="The gauge was broken.")
    assert response.context["form"].non_field_errors()
    assert response.context["form"]["reason"].value() == "The gauge was broken."


def test_merge_two_claims(client: Client) -> None:
    first = make.QuoteFactory(claim__proposed=False).claim
    second = make.QuoteFactory(speaker=first.speaker, claim__proposed=False).claim
    asked = run_list_action(client, "merge_chosen", first, second)
    page = response_text(client.get(asked.url))
    assert first.text in page
    assert second.text in page
    assert Claim.objects.filter(merged_into=None).count() == 2, "looking merges nothing"
    response = client.post(asked.url, {"other": second.pk, "kept": second.pk})
    assert response.url == admin_url("change", second)
    first.refresh_from_db()
    assert first.merged_into == second
    page = response_text(client.get(admin_url("change", first)))
    assert "merged into this claim" in page
    assert 'name="text"' not in page, "a redirect stays as it is"
    assert list(client.get(admin_url("changelist", Claim), {"publication": "merged"}).context["cl"].queryset) == [first]


def test_merge_requires_exactly_two_claims(client: Client) -> None:
    assert displayed_messages(run_list_action(client, "merge_chosen", *make.ClaimFactory.create_batch(3))) == [
        "Select exactly two claims to merge."
    ]


def test_merging_public_claims_requires_a_note(client: Client) -> None:
    kept = create_public_claim()
    other = create_public_claim(speaker=kept.speaker)
    data = {"other": other.pk, "kept": kept.pk}
    response = client.post(claim_url("merge", kept), data)
    assert "Public note" in response_text(response)
    client.post(claim_url("merge", kept), data | PUBLIC_NOTE)
    assert Claim.objects.get(pk=other.pk).merged_into == kept
