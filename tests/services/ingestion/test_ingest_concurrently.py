"""Two processes at once: threads with connections of their own, on a database that both really write to."""

from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest

from claims.articles import Article
from claims.extraction import Document, Quotation, extract
from claims.models import Anchor, Claim, MergeSuggestion, Quote, Snapshot, Source, Speaker, SpeakerName
from claims.services.ingestion import ingest as story
from claims.services.ingestion.ingest import IngestOutcome, IngestResult, ingest
from claims.services.speakers.merge import merge_speakers
from tests import factories as make
from tests.concurrency import TIMEOUT, run_concurrently
from tests.sample_articles import RIVERS_TEXT, RIVERS_URL, make_article

pytestmark = pytest.mark.django_db(transaction=True)


def ingest_at_once(monkeypatch: pytest.MonkeyPatch, *articles: Article) -> list[IngestResult]:
    """Let every article find that it is not known before any of them is stored."""
    all_there = Barrier(len(articles))

    def wait_for_the_others(document: Document) -> list[Quotation]:
        all_there.wait(TIMEOUT)
        return extract(document)

    monkeypatch.setattr(story, "extract", wait_for_the_others)
    return run_concurrently(*[lambda each=each: ingest(article=each) for each in articles])


def test_the_same_article_is_stored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done = ingest_at_once(monkeypatch, *[make_article(url=RIVERS_URL)] * 3)
    assert sorted(each.outcome for each in done) == [
        IngestOutcome.NEW,
        IngestOutcome.UNCHANGED,
        IngestOutcome.UNCHANGED,
    ]
    assert len({each.source.pk for each in done}) == 1
    assert (Source.objects.count(), Snapshot.objects.count(), Speaker.objects.count()) == (1, 1, 2)
    assert Quote.objects.count() == Claim.objects.count() == 3


def test_the_same_article_without_an_address_is_stored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ingest_at_once(monkeypatch, *[make_article()] * 2)
    assert (Source.objects.count(), Quote.objects.count()) == (1, 3)


def test_a_speaker_new_to_two_articles_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f'"Rivers are full," said Lena Ford on day {number}.' for number in range(3)]
    done = ingest_at_once(monkeypatch, *[make_article(text) for text in texts])
    assert [each.outcome for each in done] == [IngestOutcome.NEW] * 3
    assert Speaker.objects.count() == SpeakerName.objects.count() == 1
    assert Quote.objects.filter(speaker=Speaker.objects.get()).count() == 3
    assert Claim.objects.count() == 1
    assert not MergeSuggestion.objects.exists()


def test_the_same_change_is_stored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(article=make_article(url=RIVERS_URL))
    done = ingest_at_once(monkeypatch, *[make_article("News.\n\n" + RIVERS_TEXT, url=RIVERS_URL)] * 2)
    assert sorted(each.outcome for each in done) == [IngestOutcome.CHANGED, IngestOutcome.UNCHANGED]
    assert (Snapshot.objects.count(), Anchor.objects.count(), Quote.objects.count()) == (2, 3, 3)


def test_a_merge_meanwhile_leaves_nothing_with_the_redirect(monkeypatch: pytest.MonkeyPatch) -> None:
    """The merge begins once the article's speakers are looked up, and must wait for the article to be stored."""
    kept, merged, editor = (
        make.SpeakerFactory(name="L. Ford"),
        make.SpeakerFactory(name="Lena Ford"),
        make.UserFactory(),
    )
    looked_up = Event()
    propose = story.match.propose_claims

    def signalled(*args: Any, **kwargs: Any) -> Any:
        looked_up.set()
        sleep(0.5)  # time enough for a merge that does not wait
        return propose(*args, **kwargs)

    monkeypatch.setattr(story.match, "propose_claims", signalled)

    def merge_then() -> None:
        assert looked_up.wait(TIMEOUT)
        merge_speakers(kept=kept, merged=merged, editor=editor)

    run_concurrently(lambda: ingest(article=make_article('"Rivers are full," said Lena Ford.')), merge_then)
    assert Quote.objects.get().speaker == Claim.objects.get().speaker == kept
