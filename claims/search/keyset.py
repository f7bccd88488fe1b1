"""Keyset pagination: continues an ordered list after one of its rows, at the same cost on every page."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
# A column that is never null, then `id` as the tie-breaker, in the same direction; or a unique column twice. Columns of
# a joined row (`counts__quotes`) have its reference to the row in place of `id`, so that one index has both.
KeysetOrdering = tuple[str, str]
KeysetPosition = tuple[Any, int]  # a row's values of the two columns


def order_by_keyset(rows: QuerySet[M], ordering: KeysetOrdering, *, backwards: bool = False) -> QuerySet[M]:
    """Sorts rows in this order or, if `backwards`, in the reverse order. Rows without counts are left out."""
    if "__" in (column := ordering[0].lstrip("-")) and ordering[0] != ordering[1]:
        rows = rows.filter(**{f"{column}__gte": 0})
    return rows.order_by(*(_reverse_column(column) if backwards else column for column in ordering))


def after_position(ordering: KeysetOrdering, position: KeysetPosition, *, backwards: bool = False) -> Q:
    """Returns the condition that a row comes after a position or, if `backwards`, before it."""
    column, value, last_id = ordering[0].lstrip("-"), *position
    operator = "lt" if ordering[0].startswith("-") != backwards else "gt"
    if ordering[0] == ordering[1]:
        return Q(**{f"{column}__{operator}": value})
    # The first condition is redundant, but without it SQLite does not seek to the position in the index.
    further, tied = Q(**{f"{column}__{operator}": value}), Q(**{column: value, f"id__{operator}": last_id})
    return Q(**{f"{column}__{operator}e": value}) & (further | tied)


def filter_after_position(
    rows: QuerySet[M], ordering: KeysetOrdering, position: KeysetPosition, *, backwards: bool = False
) -> QuerySet[M]:
    """Returns the rows after a position.

    The condition is put before all others: if a column has two bounds (released rows have one as well), SQLite uses the
    first, and would otherwise walk the index from its end to the position.
    """
    filtered = rows.filter(after_position(ordering, position, backwards=backwards))
    conditions, previous_count = filtered.query.where.children, len(rows.query.where.children)
    filtered.query.where.children = conditions[previous_count:] + conditions[:previous_count]
    return filtered


def position_before(ordering: KeysetOrdering, position: KeysetPosition, *, backwards: bool = False) -> KeysetPosition:
    """Returns the position just before this one, so that the rows after it include the row at this one."""
    ascending = ordering[0].startswith("-") == backwards
    value, last_id = position
    last_id = last_id - 1 if ascending else last_id + 1
    return (last_id, last_id) if ordering[0] == ordering[1] else (value, last_id)


def parse_position_value(model: type[Model], ordering: KeysetOrdering, value: Any) -> Any:
    """Converts a cursor's JSON value of the first column; a column of a joined table is a number and stays one."""
    column = ordering[0].lstrip("-")
    if "__" in column:
        return value
    field: Any = model._meta.get_field(column)
    return field.to_python(value)


def _reverse_column(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"
