"""Who is looking at which quote."""

import datetime as dt
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Decision, Hold
from claims.services import hold
from claims.services.decide import decide
from tests import factories as make
from tests.services.together import at_once

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 5, 16, 12, tzinfo=dt.UTC)


def test_who_comes_first_holds_it_for_five_minutes() -> None:
    quote, ann, bo = make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    assert hold.take(quote=quote, editor=ann, at=NOON).until == NOON + timedelta(minutes=5)
    assert hold.take(quote=quote, editor=bo, at=NOON + timedelta(minutes=4)).editor == ann
    assert hold.take(quote=quote, editor=ann, at=NOON + timedelta(minutes=4)).until == NOON + timedelta(minutes=9)
    assert hold.take(quote=quote, editor=bo, at=NOON + timedelta(minutes=9)).editor == bo, "it ended by itself"


def test_it_can_be_taken_over_and_let_go() -> None:
    quote, ann, bo = make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    hold.take(quote=quote, editor=ann)
    assert hold.take(quote=quote, editor=bo, over=True).editor == bo
    hold.let_go(editor=ann)
    assert Hold.objects.get().editor == bo
    hold.let_go(editor=bo, quotes=[quote.pk + 1])
    assert Hold.objects.exists()
    hold.let_go(editor=bo)
    assert not Hold.objects.exists()


def test_an_editor_holds_one_quote_at_a_time() -> None:
    first, second, ann = make.QuoteFactory(), make.QuoteFactory(), make.UserFactory()
    hold.take(quote=first, editor=ann)
    hold.take(quote=second, editor=ann)
    assert Hold.objects.get().quote == second


def test_holds_of_others_are_told_while_they_last() -> None:
    quote, ann, bo = make.QuoteFactory(), make.UserFactory(username="ann"), make.UserFactory()
    held = hold.take(quote=quote, editor=ann, at=NOON)
    assert hold.of_others([quote.pk], editor=bo, at=NOON) == {quote.pk: held}
    assert hold.of_others([quote.pk], editor=ann, at=NOON) == {}
    assert hold.of_others([quote.pk], editor=bo, at=NOON + timedelta(minutes=5)) == {}
    assert hold.told(held) == "ann is looking at it (until 12:05 UTC): wait, or take it over"


@pytest.mark.parametrize("decision", [Decision.ACCEPTED, Decision.REJECTED])
def test_a_decision_on_what_somebody_looks_at_is_named_and_the_others_are_made(decision: Decision) -> None:
    held, free, ann, bo = make.QuoteFactory(), make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    hold.take(quote=held, editor=ann)
    done = decide(quotes=[held.pk, free.pk], decision=decision, editor=bo)
    assert (done.changed, [quote for quote, _ in done.refused]) == (1, [held])
    assert "is looking at it" in done.refused[0][1]
    assert decide(quotes=[held.pk], decision=decision, editor=bo, take_over=True).changed == 1


def test_a_hold_that_ended_hinders_nobody() -> None:
    quote, ann, bo = make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    hold.take(quote=quote, editor=ann, at=timezone.now() - timedelta(minutes=5))
    assert decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=bo).changed == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_come_at_once_hold_it_once() -> None:
    quote, ann, bo = make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    for _ in range(3):
        taken = at_once(*(lambda who=who: hold.take(quote=quote, editor=who) for who in (ann, bo)))
        assert Hold.objects.count() == 1
        assert {each.editor_id for each in taken} == {Hold.objects.get().editor_id}
        Hold.objects.all().delete()
