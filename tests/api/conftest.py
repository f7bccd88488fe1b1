"""Rows for the tests of formats, and a connection that outlives a response."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from claims.models import ClaimRelation, CorrectedField, Correction, Quote
from tests import factories as f


@pytest.fixture(scope="module")
def full_quote_id(module_db) -> int:
    quote = f.QuoteFactory(
        accepted=True, speaker__wikidata_id="Q42", snapshot__source__published_on=dt.date(2025, 5, 16)
    )
    quote.claim.topics.add(f.TopicFactory(name="Water", slug="water"))
    verification = f.VerificationFactory(claim=quote.claim, published=True)
    f.EvidenceFactory(verification=verification, source=f.SourceFactory(), archive_url="https://archive.example/1")
    other = f.QuoteFactory(accepted=True, claim__speaker=None)
    ClaimRelation.objects.create(
        first=quote.claim, second=other.claim, kind="updates", state="confirmed", decided_by=f.UserFactory()
    )
    correction = Correction.objects.create(
        claim=quote.claim,
        kind="correction",
        speaker="Lena Ford",
        text="A date.",
        reason="It was wrong.",
        made_by=f.UserFactory(),
    )
    CorrectedField.objects.create(correction=correction, field="said_on", before="2025-05-15", after="2025-05-16")
    return quote.pk


@pytest.fixture
def full_quote(db, full_quote_id) -> Quote:
    """A quote with a claim, a verdict, evidence, a topic and a correction; beside it another quote."""
    return Quote.objects.get(pk=full_quote_id)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keeps the test's connection open after a response that Django's test client does not read to its end."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
