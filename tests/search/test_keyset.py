"""Keyset pagination of rows with many equal values."""

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
def tied_sources(db) -> None:
    day = dt.datetime(2025, 5, 16, tzinfo=dt.UTC)
    Source.objects.bulk_create(
        Source(title=f"T{n % 3}", created_at=day + dt.timedelta(microseconds=n % 5 == 0)) for n in range(137)
    )


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("ordering", ORDERS)
def test_pages_of_every_size_contain_every_row_once(tied_sources, ordering, backwards):
    expected = list(order_by_keyset(Source.objects.all(), ordering, backwards=backwards).values_list("pk", flat=True))
    for page_size in [1, 2, 3, 5, 27, 28, *range(40, 201, 9), 136, 137, 138]:
        seen, position = [], None
        while True:
            remaining = (
                Source.objects.filter(after_position(ordering, position, backwards=backwards))
                if position
                else Source.objects.all()
            )
            page = list(order_by_keyset(remaining, ordering, backwards=backwards)[:page_size])
            if not page:
                break
            seen += [row.pk for row in page]
            position = position_of(page[-1], ordering)
        assert seen == expected, page_size


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("ordering", ORDERS)
def test_position_before_includes_the_row_itself(tied_sources, ordering, backwards):
    ordered_rows = list(order_by_keyset(Source.objects.all(), ordering, backwards=backwards))
    for index in (0, 1, 68, 136):
        position = position_before(ordering, position_of(ordered_rows[index], ordering), backwards=backwards)
        remaining = Source.objects.filter(after_position(ordering, position, backwards=backwards))
        assert list(order_by_keyset(remaining, ordering, backwards=backwards)) == ordered_rows[index:]
