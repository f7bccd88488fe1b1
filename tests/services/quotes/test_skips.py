"""Skipped quotes come last until midnight, for the editor who skipped them."""

from datetime import UTC, datetime, timedelta

import pytest

from claims.models import Hold, Quote, QuoteDecision, Skip
from claims.services.quotes import review_lock
from claims.services.quotes.review_decisions import review_quote
from claims.services.quotes.skips import last_skip, skip_until_tomorrow, skipped_quotes, take_back_skip
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]

NOON = datetime(2030, 5, 4, 12, tzinfo=UTC)


def test_skips_end_at_midnight_and_belong_to_one_editor() -> None:
    quote, editor, other = make.QuoteFactory(), make.UserFactory(), make.UserFactory()
    skip_until_tomorrow(quote=quote, editor=editor, at=NOON)
    assert skipped_quotes(editor=editor, at=NOON + timedelta(hours=11, minutes=59)) == {quote.pk}
    assert skipped_quotes(editor=editor, at=NOON + timedelta(hours=12)) == set()
    assert skipped_quotes(editor=other, at=NOON) == set()


def test_skipping_twice_is_one_skip_and_drops_those_of_other_days() -> None:
    first, second, editor = make.QuoteFactory(), make.QuoteFactory(), make.UserFactory()
    skip_until_tomorrow(quote=first, editor=editor, at=NOON)
    for hours in (24, 25):
        skip_until_tomorrow(quote=second, editor=editor, at=NOON + timedelta(hours=hours))
    [skip] = Skip.objects.all()
    assert (skip.quote, skip.at) == (second, NOON + timedelta(hours=25))


def test_skip_releases_the_lock_and_a_decision_ends_it() -> None:
    quote, editor = make.QuoteFactory(), make.UserFactory()
    review_lock.acquire_review_lock(quote=quote, editor=editor)
    skip_until_tomorrow(quote=quote, editor=editor)
    assert not Hold.objects.exists()
    assert last_skip(editor=editor) == Skip.objects.get()
    review_quote(quote=quote, decision=QuoteDecision.ACCEPTED, editor=editor)
    assert last_skip(editor=editor) is None
    take_back_skip(quote=quote.pk, editor=editor)
    assert Quote.objects.get().decision == "accepted"
