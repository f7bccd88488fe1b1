"""The soft lock on a quote under review."""

import datetime as dt
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Hold, QuoteDecision
from claims.services.quotes import review_lock
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests.concurrency import run_concurrently

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 5, 16, 12, tzinfo=dt.UTC)


def test_the_first_editor_has_the_lock_for_five_minutes() -> None:
    quote, ann, bo = make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    assert review_lock.acquire_review_lock(quote=quote, editor=ann, at=NOON).until == NOON + timedelta(minutes=5)
    assert review_lock.acquire_review_lock(quote=quote, editor=bo, at=NOON + timedelta(minutes=4)).editor == ann
    assert review_lock.acquire_review_lock(
        quote=quote, editor=ann, at=NOON + timedelta(minutes=4)
    ).until == NOON + timedelta(minutes=9)
    assert review_lock.acquire_review_lock(quote=quote, editor=bo, at=NOON + timedelta(minutes=9)).editor == bo, (
        "it ended by itself"
    )


def test_a_lock_can_be_taken_over_and_released() -> None:
    quote, ann, bo = make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    review_lock.acquire_review_lock(quote=quote, editor=ann)
    assert review_lock.acquire_review_lock(quote=quote, editor=bo, take_over=True).editor == bo
    review_lock.release_review_locks(editor=ann)
    assert Hold.objects.get().editor == bo
    review_lock.release_review_locks(editor=bo, quotes=[quote.pk + 1])
    assert Hold.objects.exists()
    review_lock.release_review_locks(editor=bo)
    assert not Hold.objects.exists()


def test_an_editor_locks_one_quote_at_a_time() -> None:
    first, second, ann = make.QuoteFactory(), make.QuoteFactory(), make.UserFactory()
    review_lock.acquire_review_lock(quote=first, editor=ann)
    review_lock.acquire_review_lock(quote=second, editor=ann)
    assert Hold.objects.get().quote == second


def test_locks_of_others_until_they_expire() -> None:
    quote, ann, bo = make.QuoteFactory(), make.UserFactory(username="ann"), make.UserFactory()
    held = review_lock.acquire_review_lock(quote=quote, editor=ann, at=NOON)
    assert review_lock.locks_of_others([quote.pk], editor=bo, at=NOON) == {quote.pk: held}
    assert review_lock.locks_of_others([quote.pk], editor=ann, at=NOON) == {}
    assert review_lock.locks_of_others([quote.pk], editor=bo, at=NOON + timedelta(minutes=5)) == {}
    assert review_lock.describe_review_lock(held) == "ann is reviewing this quote (until 12:05 UTC), wait or take over"


@pytest.mark.parametrize("decision", [QuoteDecision.ACCEPTED, QuoteDecision.REJECTED])
def test_a_locked_quote_is_refused_and_others_are_decided(decision: QuoteDecision) -> None:
    held, free, ann, bo = make.QuoteFactory(), make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    review_lock.acquire_review_lock(quote=held, editor=ann)
    result = decide_quotes(quotes=[held.pk, free.pk], decision=decision, editor=bo)
    assert (result.changed, [quote for quote, _ in result.refused]) == (1, [held])
    assert "is reviewing this quote" in result.refused[0][1]
    assert decide_quotes(quotes=[held.pk], decision=decision, editor=bo, take_over=True).changed == 1


def test_an_expired_lock_does_not_count() -> None:
    quote, ann, bo = make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    review_lock.acquire_review_lock(quote=quote, editor=ann, at=timezone.now() - timedelta(minutes=5))
    assert decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=bo).changed == 1


@pytest.mark.django_db(transaction=True)
def test_concurrent_editors_get_one_lock() -> None:
    quote, ann, bo = make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    for _ in range(3):
        locks = run_concurrently(
            *(lambda who=who: review_lock.acquire_review_lock(quote=quote, editor=who) for who in (ann, bo))
        )
        assert Hold.objects.count() == 1
        assert {lock.editor_id for lock in locks} == {Hold.objects.get().editor_id}
        Hold.objects.all().delete()
