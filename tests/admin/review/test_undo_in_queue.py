"""Undo on the review screen: decisions at once and in place, anything else after a question."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Operation, Quote
from claims.services.claims.editing import edit_claim
from tests import factories as make
from tests.admin.admin_client import displayed_messages
from tests.admin.review.review_client import QUEUE_URL, post_review_action, selection_json, stored_decision
from tests.services.quotes.quoted_text import make_quote_of
from tests.table_contents import dump_database

pytestmark = pytest.mark.django_db

UNDO = "/admin/claims/quote/review/undo/"


def last_operation_id() -> int:
    return Operation.objects.latest("pk").pk


def test_undo_stays_at_the_quote_that_is_shown(client: Client, quote: Quote) -> None:
    shown = make_quote_of(quote.snapshot, "are dry.")
    post_review_action(client, "accept", quote)
    response = client.post(UNDO, {"operation": last_operation_id(), "back": shown.pk, "queue": "confidence=high"})
    assert response.url == f"{QUEUE_URL}?confidence=high&quote={shown.pk}"
    assert stored_decision(quote) == "pending"
    page = client.get(response.url).content.decode()
    assert "Undone: Accepted: " in page
    assert f'href="{QUEUE_URL}?confidence=high&amp;quote={quote.pk}" data-navigate>Show quote</a>' in page


def test_undo_of_an_added_quote_leads_to_one_that_exists(client: Client, quote: Quote) -> None:
    address = reverse("admin:claims_review_add", args=[quote.snapshot_id])
    client.post(address, {"selection": selection_json(quote.snapshot, "are dry.")})
    added = Quote.objects.latest("pk")
    response = client.post(UNDO, {"operation": last_operation_id(), "back": added.pk})
    assert not Quote.objects.filter(pk=added.pk).exists()
    assert response.url == f"{QUEUE_URL}?quote={quote.pk}"


def test_undo_in_the_empty_queue_shows_the_quote(client: Client, quote: Quote) -> None:
    post_review_action(client, "accept", quote)
    response = client.post(UNDO, {"operation": last_operation_id(), "queue": "confidence=high"})
    assert response.url == f"{QUEUE_URL}?confidence=high&quote={quote.pk}"


def test_undo_takes_back_a_skip(client: Client, quote: Quote) -> None:
    shown = make_quote_of(quote.snapshot, "are dry.")
    post_review_action(client, "accept", make.QuoteFactory())
    post_review_action(client, "skip", quote)
    page = client.get(QUEUE_URL, {"quote": shown.pk})
    assert page.context["last_summary"] == f"Skipped: {quote.speaker}: “Roads”"
    response = client.post(UNDO, {"skipped": quote.pk, "back": shown.pk})
    assert response.url == f"{QUEUE_URL}?quote={shown.pk}"
    assert client.get(QUEUE_URL).url == f"{QUEUE_URL}?quote={quote.pk}"
    page = client.get(QUEUE_URL, {"quote": shown.pk})
    assert page.context["last_skip"] is None
    assert page.context["last_summary"].startswith("Accepted: ")


def test_undo_of_something_else_asks_and_names_what_it_would_change(client: Client, editor: User, quote: Quote) -> None:
    claim = make.ClaimFactory(text="Rivers are full.")
    edit_claim(claim=claim, changes={"text": "Rivers are empty."}, editor=editor)
    before = dump_database()
    data = {"operation": last_operation_id(), "back": quote.pk}
    page = client.post(UNDO, data)
    assert page.status_code == 200
    assert dump_database() == before
    assert page.context["effects"] == ["claim “Rivers are empty.”: text"]
    assert "Undo “Changed: “" in page.content.decode()
    response = client.post(UNDO, data | {"other": "1"})
    assert response.url == f"{QUEUE_URL}?quote={quote.pk}"
    assert Claim.objects.get(pk=claim.pk).text == "Rivers are full."
    assert displayed_messages(response)[0].startswith("Undone: Changed: ")
