"""Requests to the review screen."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from claims.models import Quote, Snapshot

QUEUE_URL = "/admin/claims/quote/review/"


def post_review_action(client: Client, what: str, quote: Quote, /, **data: Any) -> HttpResponse:
    return client.post(reverse("admin:claims_review_act", args=[quote.pk, what]), data)


def selection_json(snapshot: Snapshot, *words: str, **instead: Any) -> str:
    spans = [[at := snapshot.text.index(word), at + len(word)] for word in words]
    return json.dumps({"sha256": snapshot.sha256, "spans": spans, "words": list(words)} | instead)


def stored_decision(quote: Quote) -> str:
    return Quote.objects.get(pk=quote.pk).decision
