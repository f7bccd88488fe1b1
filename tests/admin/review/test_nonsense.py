"""The review screen: what is answered to nonsense."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Quote
from tests.admin.acting import said
from tests.admin.dump import everything
from tests.admin.review.acting import QUEUE, act, selection

pytestmark = pytest.mark.django_db


HOSTILE = ["0", "-1", "1.5", "x", "9" * 19, "9" * 40, "1 OR 1=1", "\0", "１", "%00", "' --", "null", "[]"]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["quote", "source", "speaker", "topic", "decision", "confidence"])
def test_an_address_that_makes_no_sense_is_answered(quote: Quote, client: Client, name: str, value: str) -> None:
    assert client.get(QUEUE, {name: value}).status_code in {400, 404}
    assert client.get(QUEUE, {name: value, "quote": quote.pk} if name != "quote" else {name: value}).status_code != 500


@pytest.mark.parametrize("value", HOSTILE)
def test_numbers_that_make_no_sense_are_answered(quote: Quote, client: Client, value: str) -> None:
    before = everything()
    answers = [
        act(client, "accept", quote, seen=value),
        act(client, "accept", quote, queue=f"source={value}"),
        act(client, "speaker", quote, speaker=value),
        act(client, "split", quote, at=value),
        act(client, "join", quote, other=value),
        act(client, "words", quote, selection=value),
        act(client, "reject", quote, why=value),
        act(client, "new-speaker", quote, name="Bo", kind=value),
        client.post(reverse("admin:claims_review_undo"), {"operation": value}),
        client.post(reverse("admin:claims_review_preview", args=[quote.snapshot_id]), {"selection": value}),
        client.get(reverse("admin:claims_review_text", args=[quote.snapshot_id]), {"first": value, "last": value}),
        client.get(reverse("admin:claims_review_source", args=[quote.snapshot.source_id]), {"least": value}),
    ]
    assert {answer.status_code for answer in answers} <= {200, 302, 400, 404}
    # A row without history has no version: 0 asks for none, as nothing does.
    assert value == "0" or everything() == before


@pytest.mark.parametrize("pk", [0, 2**63, 10**30, 987654])
def test_a_row_that_is_not_there(quote: Quote, client: Client, pk: int) -> None:
    for what, more in (("act", ["accept"]), ("add", []), ("preview", []), ("hold", [])):
        given = {"selection": selection(quote.snapshot, "Ford")}
        assert client.post(reverse(f"admin:claims_review_{what}", args=[pk, *more]), given).status_code == 404
    for what in ("text", "source"):
        assert client.get(reverse(f"admin:claims_review_{what}", args=[pk]), {"first": 0, "last": 9}).status_code == 404
    assert act(client, "fly", quote).status_code == 404


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


@pytest.mark.parametrize(("given", "status"), [row[1:] for row in SELECTIONS], ids=[row[0] for row in SELECTIONS])
def test_selections_that_are_none(quote: Quote, client: Client, given: str, status: int) -> None:
    given = given.replace("%s", quote.snapshot.sha256)
    before = everything()
    for response in (
        act(client, "words", quote, selection=given),
        client.post(reverse("admin:claims_review_add", args=[quote.snapshot_id]), {"selection": given}),
    ):
        assert response.status_code == status
        assert status == 400 or said(response)
    assert everything() == before
