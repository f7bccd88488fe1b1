"""Keysets: going on in an ordered list from one of its rows, at the same cost however deep."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
# A column that is never null, and `id`, which tells equal values apart; both up or both down. Or a column of which no
# two rows share a value, twice.
KeysetOrdering = tuple[str, str]
KeysetPosition = tuple[Any, int]  # a row's values of the two


def order_by_keyset(rows: QuerySet[M], ordering: KeysetOrdering, *, backwards: bool = False) -> QuerySet[M]:
    """The rows in this order, or in the reverse of it."""
    return rows.order_by(*(_reverse_column(column) if backwards else column for column in ordering))


def after_position(ordering: KeysetOrdering, position: KeysetPosition, *, backwards: bool = False) -> Q:
    """What holds of the rows that come after this position in this order, or before it."""
    column, value, last = ordering[0].lstrip("-"), *position
    side = "lt" if ordering[0].startswith("-") != backwards else "gt"
    if ordering[0] == ordering[1]:
        return Q(**{f"{column}__{side}": value})
    # The first condition follows from the second. SQLite only walks the index from here where it is said apart.
    further, level = Q(**{f"{column}__{side}": value}), Q(**{column: value, f"id__{side}": last})
    return Q(**{f"{column}__{side}e": value}) & (further | level)


def filter_after_position(
    rows: QuerySet[M], ordering: KeysetOrdering, position: KeysetPosition, *, backwards: bool = False
) -> QuerySet[M]:
    """The rows beyond this position.

    The condition stands before all others: of two bounds of one column (that of released rows is another), SQLite goes
    by the first, and would walk the index from its end to the position.
    """
    further = rows.filter(after_position(ordering, position, backwards=backwards))
    conditions, known = further.query.where.children, len(rows.query.where.children)
    further.query.where.children = conditions[known:] + conditions[:known]
    return further


def position_before(ordering: KeysetOrdering, position: KeysetPosition, *, backwards: bool = False) -> KeysetPosition:
    """The position just short of this one, so that what lies beyond it includes the row at this one."""
    upwards = ordering[0].startswith("-") == backwards
    value, last = position
    last = last - 1 if upwards else last + 1
    return (last, last) if ordering[0] == ordering[1] else (value, last)


def parse_position_value(model: type[Model], ordering: KeysetOrdering, value: Any) -> Any:
    """The value of the first column that a cursor holds; that of a joined table is a number."""
    column = ordering[0].lstrip("-")
    if "__" in column:
        return value
    field: Any = model._meta.get_field(column)  # Django's documented API
    return field.to_python(value)


def _reverse_column(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"
