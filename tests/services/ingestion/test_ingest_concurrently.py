"""Concurrent ingests, in threads with their own database connections."""

from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest

from claims.articles import Article
from claims.extraction import Document, Quotation, extract
from claims.models import Anchor, Claim, MergeSuggestion, Quote, Snapshot, Source, Speaker, SpeakerName
from claims.services.ingestion import ingest as ingest_module
from claims.services.ingestion.ingest import IngestOutcome, IngestResult, ingest
from claims.services.speakers.merge import merge_speakers
from tests import factories as make
from tests.concurrency import TIMEOUT, run_concurrently
from tests.sample_articles import RIVERS_TEXT, RIVERS_URL, make_article

pytestmark = pytest.mark.django_db(transaction=True)


def ingest_at_once(monkeypatch: pytest.MonkeyPatch, *articles: Article) -> list[IngestResult]:
    """Ingest the articles so that each one finds that it is not stored yet."""
    barrier = Barrier(len(articles))

    def extract_together(document: Document, **_: object) -> list[Quotation]:
        barrier.wait(TIMEOUT)
        return extract(document)

    monkeypatch.setattr(ingest_module, "extract", extract_together)
    return run_concurrently(*[lambda article=article: ingest(article=article) for article in articles])


def test_the_same_article_is_stored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    results = ingest_at_once(monkeypatch, *[make_article(url=RIVERS_URL)] * 3)
    assert sorted(result.outcome for result in results) == [
        IngestOutcome.NEW,
        IngestOutcome.UNCHANGED,
        IngestOutcome.UNCHANGED,
    ]
    assert len({result.source.pk for result in results}) == 1
    assert (Source.objects.count(), Snapshot.objects.count(), Speaker.objects.count()) == (1, 1, 2)
    assert Quote.objects.count() == Claim.objects.count() == 3


def test_the_same_article_without_a_url_is_stored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ingest_at_once(monkeypatch, *[make_article()] * 2)
    assert (Source.objects.count(), Quote.objects.count()) == (1, 3)


def test_a_new_speaker_of_several_articles_is_added_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f'"Rivers are full," said Lena Ford on day {number}.' for number in range(3)]
    results = ingest_at_once(monkeypatch, *[make_article(text) for text in texts])
    assert [result.outcome for result in results] == [IngestOutcome.NEW] * 3
    assert Speaker.objects.count() == SpeakerName.objects.count() == 1
    assert Quote.objects.filter(speaker=Speaker.objects.get()).count() == 3
    assert Claim.objects.count() == 1
    assert not MergeSuggestion.objects.exists()


def test_the_same_change_is_stored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(article=make_article(url=RIVERS_URL))
    results = ingest_at_once(monkeypatch, *[make_article("News.\n\n" + RIVERS_TEXT, url=RIVERS_URL)] * 2)
    assert sorted(result.outcome for result in results) == [IngestOutcome.CHANGED, IngestOutcome.UNCHANGED]
    assert (Snapshot.objects.count(), Anchor.objects.count(), Quote.objects.count()) == (2, 3, 3)


def test_a_concurrent_merge_leaves_no_quote_with_the_merged_speaker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The merge starts after the article's speakers were looked up, and waits until the article is stored."""
    kept, merged, editor = (
        make.SpeakerFactory(name="L. Ford"),
        make.SpeakerFactory(name="Lena Ford"),
        make.UserFactory(),
    )
    speakers_looked_up = Event()
    propose = ingest_module.claim_proposals.propose_claims

    def propose_slowly(*args: Any, **kwargs: Any) -> Any:
        speakers_looked_up.set()
        sleep(0.5)  # long enough for a merge that does not wait
        return propose(*args, **kwargs)

    monkeypatch.setattr(ingest_module.claim_proposals, "propose_claims", propose_slowly)

    def merge_when_looked_up() -> None:
        assert speakers_looked_up.wait(TIMEOUT)
        merge_speakers(kept=kept, merged=merged, editor=editor)

    run_concurrently(lambda: ingest(article=make_article('"Rivers are full," said Lena Ford.')), merge_when_looked_up)
    assert Quote.objects.get().speaker == Claim.objects.get().speaker == kept
