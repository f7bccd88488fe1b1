"""Quotes are scored when they are stored, and by the workers when something else changes their score."""

import pytest
from django.db import connection

from claims.models import Quote, QuoteKind, WeightSet
from claims.services.claims.split_merge import merge_claims
from claims.services.history.undo import last_operation, undo_operation
from claims.services.ingestion.ingest import ingest
from claims.services.ingestion.periodic_work import do_periodic_work
from claims.services.quotes.claim_links import set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.wording import change_wording
from claims.services.worthiness import score_updates
from claims.services.worthiness.quote_scores import Reason, explain_score, score_quotes
from claims.services.worthiness.score_updates import ScoreUpdater, read_unread, update_context, weigh_again
from claims.services.worthiness.weight_sets import current_weights, save_weights
from claims.worthiness import DEFAULT_WEIGHTS, Feature, Weights
from tests import factories as make
from tests.sample_articles import make_article
from tests.services.quotes.quoted_text import make_quote_of, select_words

pytestmark = [pytest.mark.django_db]
TEXT = "“Unemployment fell to 6.2 per cent last year,” Interior Minister Ana Ruiz said. “I love this town,” she added."


def stored_features(quote: Quote) -> Feature:
    return Feature(Quote.objects.get(pk=quote.pk).worth_features or 0)


def store_unread() -> Quote:
    quote: Quote = make.QuoteFactory()
    Quote.objects.filter(pk=quote.pk).update(worth_features=None, worth_points=0)
    return quote


def change_weight(feature: Feature, weight: float) -> WeightSet:
    row = WeightSet.objects.adopted().first()
    weights = Weights(current_weights().base, {**current_weights().by_feature, feature: weight})
    return save_weights(weights=weights, editor=make.UserFactory(), seen=row.pk if row else None)


def test_quotes_of_an_article_are_scored_at_once() -> None:
    ingest(article=make_article(TEXT))
    first, second = Quote.objects.order_by("start")
    assert Feature.FIGURES | Feature.CHANGE | Feature.DIRECT | Feature.POSITION in Feature(first.worth_features or 0)
    assert first.worth_points == DEFAULT_WEIGHTS.points_of(Feature(first.worth_features or 0)) > second.worth_points
    score = explain_score(first)
    assert score is not None
    assert score.percent > 85
    assert [reason.text for reason in score.reasons] == ["figure", "rise or fall", "past event"]
    low = explain_score(second)
    assert low is not None
    assert low.reasons[0] == Reason("opinion words", raises=False)


def test_a_reason_names_the_position_and_no_score_is_explained_before_it_is_read() -> None:
    quote = make.QuoteFactory(
        role="Interior Minister",
        worth_features=int(Feature.POSITION),
        worth_points=DEFAULT_WEIGHTS.points_of(Feature.POSITION),
    )
    score = explain_score(quote)
    assert score is not None
    assert score.reasons == (Reason("minister", raises=True),)
    quote.worth_features = None
    assert explain_score(quote) is None


def test_a_corrected_wording_is_scored_anew_and_an_undo_takes_that_back() -> None:
    snapshot = make.SnapshotFactory(text=TEXT)
    quote, editor = make_quote_of(snapshot, "I love this town"), make.UserFactory()
    list(read_unread())
    before = stored_features(quote)
    assert Feature.OPINION in before
    selection = select_words(snapshot, "Unemployment fell to 6.2 per cent")
    change_wording(quote=quote, selection=selection, editor=editor)
    assert Feature.FIGURES in stored_features(quote)
    assert Feature.OPINION not in stored_features(quote)
    operation = last_operation(editor)
    assert operation is not None
    assert "worth" not in str(operation.rows), "the journal has nothing that follows from other columns"
    change_weight(Feature.DIRECT, 0.4)
    list(weigh_again())
    undo_operation(operation=operation, editor=editor)
    assert stored_features(quote) == before


@pytest.mark.django_db(transaction=True)
def test_others_write_while_workers_read(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot, editor = make.SnapshotFactory(text=TEXT), make.UserFactory()
    quote = make_quote_of(snapshot, "I love this town")
    other = store_unread()
    Quote.objects.update(worth_features=None)
    selection = select_words(snapshot, "Unemployment fell to 6.2 per cent")

    def score_while_an_editor_works(quotes: list[Quote]) -> None:
        assert not connection.in_atomic_block
        score_quotes(quotes)
        if quote in quotes and quote.exact == Quote.objects.get(pk=quote.pk).exact:
            change_wording(quote=quote, selection=selection, editor=editor)
            Quote.objects.filter(pk=quote.pk).update(worth_features=None)  # as an undo does

    monkeypatch.setattr(score_updates, "score_quotes", score_while_an_editor_works)
    list(read_unread())
    assert Feature.FIGURES in stored_features(quote)
    assert stored_features(other)


def test_workers_read_what_was_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_updates, "QUOTES_READ_AT_ONCE", 2)
    quotes = [store_unread() for _ in range(5)]
    assert list(read_unread()) == [2, 2, 1]
    for quote in quotes:
        quote.refresh_from_db()
        assert quote.worth_points == DEFAULT_WEIGHTS.points_of(Feature(quote.worth_features or 0))
    assert list(read_unread()) == []
    store_unread()
    do_periodic_work()
    assert not Quote.objects.filter(worth_features=None).exists()


@pytest.mark.both_databases
def test_new_weights_weigh_all_quotes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """In SQL, with the same sums."""
    monkeypatch.setattr(score_updates, "QUOTES_WEIGHED_AT_ONCE", 2)
    unread = store_unread()
    for number in range(5):
        make.QuoteFactory(kind=QuoteKind.DIRECT, worth_features=1 << number | int(Feature.ADDRESS | Feature.CHECKED))
    assert list(weigh_again()) == [], "the defaults are in use"
    weights = change_weight(Feature.ADDRESS, -3.27)
    run = weigh_again()
    assert next(run) == 2
    run.close()
    weights.refresh_from_db()
    assert weights.scored_down_to, "broken off"
    assert sum(weigh_again()) == 3
    assert list(weigh_again()) == []
    weights.refresh_from_db()
    assert weights.scored_down_to == 0
    for quote in Quote.objects.exclude(pk=unread.pk):
        assert quote.worth_points == current_weights().points_of(Feature(quote.worth_features or 0))


def make_repeat() -> tuple[Quote, Quote]:
    """Two pending quotes of one claim in two articles."""
    claim = make.ClaimFactory(speaker=None)
    pair = [make.QuoteFactory(claim=claim, worth_features=0, worth_points=DEFAULT_WEIGHTS.base_points) for _ in "12"]
    return pair[0], pair[1]


@pytest.mark.both_databases
def test_a_claim_of_another_article_is_a_repeat() -> None:
    first, second = make_repeat()
    same_article = make.QuoteFactory(worth_features=0)
    make.QuoteFactory(claim=same_article.claim, snapshot=same_article.snapshot, worth_features=0)
    assert sum(update_context()) == 2
    assert stored_features(first) == stored_features(second) == Feature.REPEATED
    assert stored_features(same_article) == Feature(0)
    first.refresh_from_db()
    assert first.worth_points == DEFAULT_WEIGHTS.points_of(Feature.REPEATED)
    assert sum(update_context()) == 0
    editor = make.UserFactory()
    updater = ScoreUpdater()
    assert sum(updater.run()) == 0
    set_quote_claim(quote=second, claim=None, editor=editor)
    assert sum(updater.run()) >= 1
    assert stored_features(first) == Feature(0)


def test_a_rejected_quote_repeats_nothing_and_a_merge_makes_repeats() -> None:
    first, second = make_repeat()
    other = make.QuoteFactory(worth_features=0)
    decide_quotes(quotes=[second.pk], decision="rejected", editor=make.UserFactory())
    list(update_context())
    assert stored_features(first) == stored_features(other) == Feature(0)
    merge_claims(kept=first.claim, emptied=other.claim, editor=make.UserFactory())
    list(update_context())
    assert Feature.REPEATED in stored_features(first) & stored_features(other)


@pytest.mark.both_databases
def test_a_published_verdict_is_seen_by_pending_quotes_alone() -> None:
    verification = make.VerificationFactory(published=True)
    pending = make.QuoteFactory(claim=verification.claim, worth_features=0)
    accepted = make.QuoteFactory(claim=verification.claim, accepted=True, worth_features=0)
    list(update_context())
    assert Feature.CHECKED in stored_features(pending)
    assert stored_features(accepted) == Feature(0), "it keeps what was true when it was decided"
