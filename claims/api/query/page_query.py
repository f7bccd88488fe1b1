"""Pages of a whole list, or of what is found in it by words: which rows they have is asked by a statement that is
written once.

Django takes as long to write it as the database takes to answer it. What differs from one page to the next is given to
it: the moment, the words, and the place from which the page goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, IntegerField, QuerySet, TextField

from claims.api.query.json_expressions import ExecutionTime, Placeholder
from claims.search.full_text import filter_by_compiled_query, list_ordering
from claims.search.keyset import KeysetOrdering, KeysetPosition, filter_after_position, order_by_keyset

RowsAt = Callable[[Any], QuerySet[Any]]  # what gives the rows of a list as of a moment
_POSITION_VALUE, _POSITION_ID = (
    Placeholder("the value that the page goes on from"),
    Placeholder("the id that the page goes on from"),
)
_SEARCH_QUERY = Placeholder("the words, as the database's query language has them")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A list, as what gives its rows at a moment; of it all, or what is found by a query of `claims.search.full_text`."""

    rows: RowsAt
    query: str | None = None


@dataclass(frozen=True, slots=True)
class IdQuery:
    """Which rows are asked for, in which order: a query for their ids, with `NOW` among its parameters."""

    ordering: tuple[Any, ...]
    sql: str
    parameters: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "IdQuery | None":
        """These rows; None where it can be told that there are none."""
        try:
            first = [str(column) for column in rows.query.order_by[:1]]
            places = [column.lstrip("-") for column in first if "__" in column]  # see `Statement`
            sql, parameters = rows.values("pk", *places).query.sql_with_params()
        except EmptyResultSet:
            return None
        return cls(tuple(rows.query.order_by), sql, parameters)


class _PlaceholderValue(Expression):
    """A value that is known only when the statement is run."""

    def __init__(self, mark: Placeholder, field: Any) -> None:
        super().__init__(output_field=field)
        self.mark = mark

    def as_sql(self, *_: Any) -> Any:
        """A parameter."""
        return "%s", [self.mark]


def build_page_query(
    walk: ListQuery, ordering: KeysetOrdering, position: KeysetPosition | None, *, backwards: bool, size: int
) -> IdQuery:
    """So many of the rows from this position on, or before it."""
    kept = _all_rows(walk.rows) if walk.query is None else _matching_rows(walk.rows)
    asked, field = _compile_page(kept, ordering, position is not None, backwards, size)
    given: dict[Any, Any] = {_SEARCH_QUERY: walk.query}
    if position is not None:
        value, pk = position
        given |= {_POSITION_VALUE: field.get_db_prep_value(value, connection), _POSITION_ID: pk}
    parameters = tuple(given.get(each, each) if isinstance(each, Placeholder) else each for each in asked.parameters)
    return IdQuery(asked.ordering, asked.sql, parameters)


def page_ordering(walk: ListQuery, ordering: KeysetOrdering) -> KeysetOrdering:
    """The order that the rows are listed in, where this is asked for."""
    return ordering if walk.query is None else list_ordering(_matching_rows(walk.rows), ordering)


@cache
def _all_rows(rows: RowsAt) -> QuerySet[Any]:
    return rows(ExecutionTime())


@cache
def _matching_rows(rows: RowsAt) -> QuerySet[Any]:
    return filter_by_compiled_query(_all_rows(rows).all(), _PlaceholderValue(_SEARCH_QUERY, TextField()))


@lru_cache(maxsize=400)
def _compile_page(
    rows: QuerySet[Any],
    ordering: KeysetOrdering,
    positioned: bool,  # noqa: FBT001  # a key
    backwards: bool,  # noqa: FBT001  # as above
    size: int,
) -> tuple[IdQuery, Any]:
    there = rows.all()
    fields = [_column_field(there, column.lstrip("-")) for column in ordering]
    if positioned:
        position: Any = tuple(
            _PlaceholderValue(mark, field) for mark, field in zip((_POSITION_VALUE, _POSITION_ID), fields, strict=True)
        )
        there = filter_after_position(there, ordering, position, backwards=backwards)
    asked = IdQuery.of(order_by_keyset(there, ordering, backwards=backwards)[:size])
    if asked is None:
        raise TypeError(f"{rows!r} has no rows")
    return asked, fields[0]


def _column_field(rows: QuerySet[Any], column: str) -> Any:
    return IntegerField() if "__" in column else rows.model._meta.get_field(column)  # Django's documented API
