"""Keysets: going on in an ordered list from one of its rows, at the same cost however deep."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
Ordering = tuple[
    str, str
]  # a column that is never null, and `id`, which tells equal values apart; both up or both down
Position = tuple[Any, int]  # a row's values of the two


def in_order(rows: QuerySet[M], ordering: Ordering, *, backwards: bool = False) -> QuerySet[M]:
    """The rows in this order, or in the reverse of it."""
    return rows.order_by(*(_reversed(column) if backwards else column for column in ordering))


def beyond(ordering: Ordering, position: Position, *, backwards: bool = False) -> Q:
    """What holds of the rows that come after this position in this order, or before it."""
    column, value, last = ordering[0].lstrip("-"), *position
    side = "lt" if ordering[0].startswith("-") != backwards else "gt"
    # The first condition follows from the second. SQLite only walks the index from here where it is said apart.
    further, level = Q(**{f"{column}__{side}": value}), Q(**{column: value, f"id__{side}": last})
    return Q(**{f"{column}__{side}e": value}) & (further | level)


def position_of(row: Model, ordering: Ordering) -> Position:
    """Where this row stands."""
    return getattr(row, ordering[0].lstrip("-")), row.pk


def including(ordering: Ordering, position: Position, *, backwards: bool = False) -> Position:
    """The position just short of this one, so that what lies beyond it includes the row at this one."""
    upwards = ordering[0].startswith("-") == backwards
    return position[0], position[1] - 1 if upwards else position[1] + 1


def _reversed(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"
