"""Quotes whose words the newest snapshot of their source lacks."""

import pytest
from django.db import connection
from django.utils import timezone

from claims.models import Anchor, AnchorState, Quote
from tests import factories as make
from tests.services.sources.newer_snapshots import change_source

pytestmark = pytest.mark.django_db

WORDS = '"Rivers are full."'


@pytest.mark.parametrize(
    ("new", "state", "is_missing"),
    [
        (WORDS, AnchorState.EXACT, False),
        (f"Hello: {WORDS}", AnchorState.MOVED, False),
        ('"Rivers are low."', AnchorState.ORPHANED, True),
        (f"so: {WORDS} and then: {WORDS}", AnchorState.AMBIGUOUS, True),
    ],
)
def test_quotes_without_a_position_in_the_newest_snapshot_are_missing(
    new: str, state: AnchorState, is_missing: bool
) -> None:
    quote, _untouched = make.QuoteFactory(), make.QuoteFactory()
    change_source(quote, WORDS, new + " " if new == WORDS else new)
    assert Anchor.objects.get().state == state
    assert list(Quote.objects.missing_from_newest_snapshot()) == ([quote] if is_missing else [])


def test_only_the_newest_snapshot_counts() -> None:
    lost, back = make.QuoteFactory(), make.QuoteFactory()
    for quote in (lost, back):
        change_source(quote)
    change_source(back, "Lena", "Mrs Lena")
    assert list(Quote.objects.missing_from_newest_snapshot()) == [lost]
    in_newest = make.QuoteFactory(snapshot=make.SnapshotFactory(source=lost.snapshot.source))
    assert in_newest not in Quote.objects.missing_from_newest_snapshot()


def test_a_quote_marked_as_missing_needs_no_resolution() -> None:
    quote = make.QuoteFactory()
    change_source(quote)
    assert list(Quote.objects.missing_from_newest_snapshot(unresolved=True)) == [quote]
    Anchor.objects.update(settled_by=make.UserFactory(), settled_at=timezone.now())
    assert list(Quote.objects.missing_from_newest_snapshot(unresolved=True)) == []
    assert list(Quote.objects.missing_from_newest_snapshot()) == [quote]


def test_missing_anchors_are_found_by_their_index() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # the tables are empty
    assert "anchor_missing" in Anchor.objects.missing().order_by().values("snapshot").explain()
