"""Proofs: a quote can be verified from outside, and little of the text is published for it."""

import hashlib
import itertools

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from claims.models import Claim, Quote, QuoteDecision, Snapshot
from claims.services.changefeed.processor import process_pending
from claims.services.quotes.proof import context_spans
from tests import factories as f
from tests.commands.test_check_anchors import drop_triggers


@pytest.fixture
def proven_quote(db) -> Quote:
    quote = f.QuoteFactory(accepted=True)
    return Quote.objects.select_related("snapshot").get(pk=quote.pk)


def quoted_text_url(quote: Quote) -> str:
    return f"/api/v1/sources/{quote.snapshot.source_id}/snapshots/{quote.snapshot.sha256}/"


def test_a_proof_can_be_followed(client, proven_quote):
    proof = client.get(f"/api/v1/quotes/{proven_quote.pk}/proof/").json()
    with override_settings(FACTBASE_PUBLISH_TEXTS=True):
        text = client.get(proof["snapshot"]["url"]).json()["text"]
    # Follows the recipe.
    assert hashlib.sha256(text.encode()).hexdigest() == proof["snapshot"]["sha256"]
    assert " ".join(text[start:end] for start, end in proof["spans"]) == proof["exact"] == proven_quote.exact
    assert hashlib.sha256(proof["exact"].encode()).hexdigest() == proof["exact_sha256"]
    assert text[: proof["start"]].endswith(proof["prefix"])
    assert text[proof["end"] :].startswith(proof["suffix"])
    assert proof["holds"] is True
    assert set(proof["checks"].values()) == {True}
    assert len(proof["recipe"]) == 5


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (
            lambda quote: Snapshot.objects.update(text=f"{quote.snapshot.text} more"),
            "text_has_its_sha256",
        ),
        (lambda _: Quote.objects.update(exact="Rivers are dry."), "words_are_at_the_spans"),
        (lambda _: Quote.objects.update(start=0), "words_are_at_the_spans"),
        (lambda _: Quote.objects.update(prefix="He denied: "), "surroundings_are_beside_them"),
    ],
)
def test_tampering_is_detected(client, proven_quote, change, check):
    drop_triggers()
    change(proven_quote)
    proof = client.get(f"/api/v1/quotes/{proven_quote.pk}/proof/").json()
    assert proof["holds"] is False
    assert proof["checks"][check] is False
    if check == "text_has_its_sha256":
        assert client.get(quoted_text_url(proven_quote)).json()["holds"] is False


def test_unreleased_quotes_have_no_proof(client, proven_quote):
    pending = f.QuoteFactory()
    for url in (f"/api/v1/quotes/{pending.pk}/proof/", quoted_text_url(pending)):
        assert client.get(url).status_code == 404
    quoted = quoted_text_url(proven_quote)
    assert client.get(quoted).status_code == 200
    other = f.SnapshotFactory(source=proven_quote.snapshot.source)  # without a quote
    assert client.get(quoted.replace(proven_quote.snapshot.sha256, other.sha256)).status_code == 404
    assert client.get(quoted.replace(proven_quote.snapshot.sha256, "0" * 64)).status_code == 404
    assert client.get(f"/api/v1/sources/{'9' * 19}/snapshots/{'0' * 64}/").status_code == 404
    assert client.get(f"/api/v1/quotes/{'9' * 19}/proof/").status_code == 404


@pytest.mark.parametrize(
    ("withdraw", "cause", "source_is_gone"),
    [
        (lambda quote: Claim.objects.filter(pk=quote.claim_id).update(retracted_at=timezone.now()), "retracted", True),
        (lambda quote: Quote.objects.filter(pk=quote.pk).update(decision=QuoteDecision.REJECTED), "rejected", True),
        (lambda quote: Quote.objects.filter(pk=quote.pk).update(decision=QuoteDecision.REJECTED), "rejected", False),
    ],
)
def test_the_proof_of_a_withdrawn_quote_is_gone_like_the_quote(client, proven_quote, withdraw, cause, source_is_gone):
    if not source_is_gone:
        f.QuoteFactory(accepted=True, snapshot__source=proven_quote.snapshot.source)
    process_pending()
    withdraw(proven_quote)
    quote, proof, snapshot = (
        client.get(url)
        for url in (
            f"/api/v1/quotes/{proven_quote.pk}/",
            f"/api/v1/quotes/{proven_quote.pk}/proof/",
            quoted_text_url(proven_quote),
        )
    )
    assert (quote.status_code, quote["Content-Type"]) == (410, "application/problem+json")
    assert (proof.status_code, proof.json()) == (410, quote.json())
    assert proof.json()["cause"] == cause
    # The text of a source that is still public is not: whether it ever was is not on record.
    assert snapshot.status_code == (410 if source_is_gone else 404)


def test_a_snapshot_lists_released_quotes_only(client, proven_quote):
    for decision in (QuoteDecision.PENDING, QuoteDecision.REJECTED):
        secret = f.QuoteFactory(snapshot=proven_quote.snapshot, rejected=decision is QuoteDecision.REJECTED)
        assert secret.decision == decision
    body = client.get(quoted_text_url(proven_quote)).json()
    assert [quote_row["id"] for quote_row in body["quotes"]] == [proven_quote.pk]
    assert body["text"] is None
    assert body["length"] == len(proven_quote.snapshot.text)
    assert body["holds"] is True


def test_the_text_is_published_only_if_enabled(client, proven_quote):
    assert client.get(quoted_text_url(proven_quote)).json()["text"] is None
    with override_settings(FACTBASE_PUBLISH_TEXTS=True):
        assert client.get(quoted_text_url(proven_quote)).json()["text"] == proven_quote.snapshot.text


def test_query_count_is_independent_of_the_quotes(client, proven_quote, django_assert_num_queries):
    for _ in range(5):
        f.QuoteFactory(accepted=True, snapshot=proven_quote.snapshot)
    with django_assert_num_queries(2):
        assert len(client.get(quoted_text_url(proven_quote)).json()["quotes"]) == 6
    with django_assert_num_queries(1):
        client.get(f"/api/v1/quotes/{proven_quote.pk}/proof/")
    assert connection.vendor


TEXT = "".join(chr(0x4E00 + n) for n in range(10_000))  # all characters differ
ONE, MANY = [(5000, 5050)], [(start, start + 10) for start in range(0, 10_000, 40)]


@pytest.mark.parametrize(
    ("spans", "width"),
    [
        pytest.param(ONE, 100, id="one"),
        pytest.param([(0, 10), (9990, 10_000)], 100, id="at-the-ends"),
        pytest.param(MANY, 2, id="many"),
        pytest.param([(n, n + 100) for n in range(0, 10_000, 100)], 100, id="all-of-it-is-quoted"),
        pytest.param([(n, n + 1) for n in range(0, 10_000, 2)], 0, id="every-other-character"),
        pytest.param([(100, 110), (9000, 9010)] * 50, 100, id="the-same-words-many-times"),
        pytest.param([], 100, id="none"),
    ],
)
def test_context_is_as_wide_as_allowed(spans, width):
    contexts = context_spans(TEXT, spans)
    assert contexts == [(max(0, start - width), min(10_000, end + width)) for start, end in spans]
    shown = set(itertools.chain.from_iterable(range(*quote_row) for quote_row in contexts))
    quoted = set(itertools.chain.from_iterable(range(*quote_row) for quote_row in spans))
    assert len(shown - quoted) <= 1000


def test_text_between_the_parts_of_a_quote_is_not_shown(client, db):
    text = "Rivers" + "".join(chr(0x4E00 + n) for n in range(5000)) + "are full."
    f.QuoteFactory(
        accepted=True,
        snapshot=f.SnapshotFactory(text=text),
        spans=[[0, 6], [5006, 5015]],
        start=0,
        end=5015,
        exact="Rivers are full.",
        cue="",
        cue_spans=[],
        mention="",
        mention_spans=[],
    )
    quote = Quote.objects.select_related("snapshot").get()
    body = client.get(quoted_text_url(quote)).json()
    (shown,) = body["quotes"]
    assert [part["exact"] for part in shown["parts"]] == ["Rivers", "are full."]
    assert [len(part["prefix"]) + len(part["suffix"]) for part in shown["parts"]] == [100, 100]
    assert client.get(f"/api/v1/quotes/{quote.pk}/proof/").json()["holds"] is True
