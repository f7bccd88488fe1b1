"""Rows for the tests of formats."""

import datetime as dt

import pytest

from claims.models import Correction, Quote
from tests import factories as f


@pytest.fixture
def full_quote(db) -> Quote:
    """A quote with a claim, a verdict, evidence, a topic and a correction; beside it another quote."""
    quote = f.QuoteFactory(
        accepted=True, speaker__wikidata_id="Q42", snapshot__source__published_on=dt.date(2025, 5, 16)
    )
    quote.claim.topics.add(f.TopicFactory(name="Water", slug="water"))
    verification = f.VerificationFactory(claim=quote.claim, published=True)
    f.EvidenceFactory(verification=verification, source=f.SourceFactory(), archive_url="https://archive.example/1")
    f.QuoteFactory(accepted=True, claim__speaker=None)
    Correction.objects.create(
        claim=quote.claim, kind="correction", text="A date.", reason="It was wrong.", made_by=f.UserFactory()
    )
    return Quote.objects.get(pk=quote.pk)
