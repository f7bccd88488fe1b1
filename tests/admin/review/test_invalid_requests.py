"""Invalid requests to the review screen."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Quote
from tests.admin.admin_client import displayed_messages
from tests.admin.review.review_client import QUEUE_URL, post_review_action, selection_json
from tests.table_contents import dump_database

pytestmark = pytest.mark.django_db


HOSTILE = ["0", "-1", "1.5", "x", "9" * 19, "9" * 40, "1 OR 1=1", "\0", "１", "%00", "' --", "null", "[]"]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["quote", "source", "speaker", "topic", "decision", "confidence"])
def test_invalid_url_parameters(quote: Quote, client: Client, name: str, value: str) -> None:
    assert client.get(QUEUE_URL, {name: value}).status_code in {400, 404}
    assert (
        client.get(QUEUE_URL, {name: value, "quote": quote.pk} if name != "quote" else {name: value}).status_code != 500
    )


@pytest.mark.parametrize("value", HOSTILE)
def test_invalid_numbers(quote: Quote, client: Client, value: str) -> None:
    before = dump_database()
    answers = [
        post_review_action(client, "accept", quote, seen=value),
        post_review_action(client, "accept", quote, queue=f"source={value}"),
        post_review_action(client, "speaker", quote, speaker=value),
        post_review_action(client, "split", quote, at=value),
        post_review_action(client, "join", quote, other=value),
        post_review_action(client, "words", quote, selection=value),
        post_review_action(client, "reject", quote, why=value),
        post_review_action(client, "new-speaker", quote, name="Bo", kind=value),
        client.post(reverse("admin:claims_review_undo"), {"operation": value}),
        client.post(reverse("admin:claims_review_preview", args=[quote.snapshot_id]), {"selection": value}),
        client.get(reverse("admin:claims_review_text", args=[quote.snapshot_id]), {"first": value, "last": value}),
        client.get(reverse("admin:claims_review_source", args=[quote.snapshot.source_id]), {"least": value}),
    ]
    assert {answer.status_code for answer in answers} <= {200, 302, 400, 404}
    # A row without history has no version: 0 asks for none, as nothing does.
    assert value == "0" or dump_database() == before


@pytest.mark.parametrize("pk", [0, 2**63, 10**30, 987654])
def test_unknown_ids_are_not_found(quote: Quote, client: Client, pk: int) -> None:
    for what, more in (("act", ["accept"]), ("add", []), ("preview", []), ("hold", [])):
        data = {"selection": selection_json(quote.snapshot, "Ford")}
        assert client.post(reverse(f"admin:claims_review_{what}", args=[pk, *more]), data).status_code == 404
    for what in ("text", "source"):
        assert client.get(reverse(f"admin:claims_review_{what}", args=[pk]), {"first": 0, "last": 9}).status_code == 404
    assert post_review_action(client, "fly", quote).status_code == 404


SELECTIONS = [
    ("no-json", "{", 400),
    ("a-list", "[]", 400),
    ("nothing-in-it", "{}", 400),
    ("deep", "[" * 100_000, 400),
    ("words-are-numbers", '{"sha256": "x", "spans": [[0, 1]], "words": [1]}', 400),
    ("spans-are-text", '{"sha256": "x", "spans": "01", "words": []}', 400),
    ("huge-number", '{"sha256": "%s", "spans": [[0, 1e400]], "words": ["C"]}', 302),
    ("fractions", '{"sha256": "%s", "spans": [[0.5, 1.5]], "words": ["C"]}', 302),
    ("other-words", '{"sha256": "%s", "spans": [[0, 1]], "words": ["D"]}', 302),
    ("beyond", '{"sha256": "%s", "spans": [[0, 99999]], "words": ["C"]}', 302),
    ("another-text", '{"sha256": "x", "spans": [[0, 4]], "words": ["Café"]}', 302),
]


@pytest.mark.parametrize(("data", "status"), [row[1:] for row in SELECTIONS], ids=[row[0] for row in SELECTIONS])
def test_invalid_selections(quote: Quote, client: Client, data: str, status: int) -> None:
    data = data.replace("%s", quote.snapshot.sha256)
    before = dump_database()
    for response in (
        post_review_action(client, "words", quote, selection=data),
        client.post(reverse("admin:claims_review_add", args=[quote.snapshot_id]), {"selection": data}),
    ):
        assert response.status_code == status
        assert status == 400 or displayed_messages(response)
    assert dump_database() == before
