"""Keysets on rows with many equal values."""

import datetime as dt

import pytest

from claims.models import Source
from claims.search.keyset import after_position, order_by_keyset, position_before

ORDERS = [
    ("-created_at", "-id"),
    ("created_at", "id"),
    ("title", "id"),
    ("-title", "-id"),
    ("id", "id"),
    ("-id", "-id"),
]


def position_of(row: Source, ordering: tuple[str, str]) -> tuple:
    return tuple(getattr(row, column.lstrip("-")) for column in ordering)


@pytest.fixture
def rows(db) -> None:
    day = dt.datetime(2025, 5, 16, tzinfo=dt.UTC)
    Source.objects.bulk_create(
        Source(title=f"T{n % 3}", created_at=day + dt.timedelta(microseconds=n % 5 == 0)) for n in range(137)
    )


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("ordering", ORDERS)
def test_steps_of_every_size_meet_every_row_once(rows, ordering, backwards):
    expected = list(order_by_keyset(Source.objects.all(), ordering, backwards=backwards).values_list("pk", flat=True))
    for size in [1, 2, 3, 5, 27, 28, *range(40, 201, 9), 136, 137, 138]:
        met, at = [], None
        while True:
            left = (
                Source.objects.filter(after_position(ordering, at, backwards=backwards)) if at else Source.objects.all()
            )
            step = list(order_by_keyset(left, ordering, backwards=backwards)[:size])
            if not step:
                break
            met += [row.pk for row in step]
            at = position_of(step[-1], ordering)
        assert met == expected, size


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("ordering", ORDERS)
def test_what_lies_beyond_can_include_the_row_itself(rows, ordering, backwards):
    in_this_order = list(order_by_keyset(Source.objects.all(), ordering, backwards=backwards))
    for n in (0, 1, 68, 136):
        short = position_before(ordering, position_of(in_this_order[n], ordering), backwards=backwards)
        left = Source.objects.filter(after_position(ordering, short, backwards=backwards))
        assert list(order_by_keyset(left, ordering, backwards=backwards)) == in_this_order[n:]
