"""Queries for the ids of a page of a list, compiled once for lists that are filtered by full text at most.

What differs between pages is filled in: the time, the full-text query, and the position from which the page continues.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, IntegerField, Model, QuerySet, TextField

from claims.resources.sql.expressions import CompiledSQL, ExecutionTime, Placeholder
from claims.resources.sql.prepared_query import IdQuery
from claims.search.full_text import filter_by_compiled_query, list_ordering
from claims.search.keyset import KeysetOrdering, KeysetPosition, filter_after_position, order_by_keyset

RowsAt = Callable[[Any], QuerySet[Model]]  # returns the rows of a list as of a moment
_POSITION_VALUE = Placeholder("value of the position that the page continues from")
_POSITION_ID = Placeholder("id of the position that the page continues from")
_SEARCH_QUERY = Placeholder("full-text query in the database's language")
_ROW_ID = Placeholder("id of the row")


class _PlaceholderValue(Expression):
    """A value that is filled in when the query is run."""

    def __init__(self, placeholder: Placeholder, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.placeholder = placeholder

    def as_sql(self, *_: object) -> CompiledSQL:
        return "%s", [self.placeholder]


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A whole list, or the rows in it that match a query compiled by `claims.search.full_text`."""

    model: type[Model]
    rows: RowsAt
    full_text: str | None = None

    def ordering(self, ordering: KeysetOrdering) -> KeysetOrdering:
        """Returns the ordering that stands for this one: that of the full-text index, where it has one."""
        return ordering if self.full_text is None else list_ordering(_matching_rows(self.rows), ordering)

    def page(self, ordering: KeysetOrdering, position: KeysetPosition | None, *, backwards: bool, size: int) -> IdQuery:
        """Returns the query for up to `size` rows after the position, or before it if `backwards`."""
        rows = _all_rows(self.rows) if self.full_text is None else _matching_rows(self.rows)
        page, position_field = _compile_page(rows, ordering, position is not None, backwards, size)
        values: dict[object, object] = {_SEARCH_QUERY: self.full_text}
        if position is not None:
            value, pk = position
            values |= {_POSITION_VALUE: position_field.get_db_prep_value(value, connection), _POSITION_ID: pk}
        parameters = tuple(
            values.get(parameter, parameter) if isinstance(parameter, Placeholder) else parameter
            for parameter in page.parameters
        )
        return IdQuery(page.ordering, page.sql, parameters)

    def row(self, pk: int) -> IdQuery:
        """Returns the query for the row with this id, if it is in the whole list."""
        row = _compile_row(self.rows)
        return replace(row, parameters=tuple(pk if parameter is _ROW_ID else parameter for parameter in row.parameters))


@cache  # the time is filled in when the query is run
def _all_rows(rows: RowsAt) -> QuerySet[Model]:
    return rows(ExecutionTime())


@cache  # the time and the words are filled in when the query is run
def _matching_rows(rows: RowsAt) -> QuerySet[Model]:
    return filter_by_compiled_query(_all_rows(rows).all(), _PlaceholderValue(_SEARCH_QUERY, TextField()))


@lru_cache(maxsize=400)  # by all that the SQL depends on; values are filled in when it is run
def _compile_page(
    rows: QuerySet[Model],
    ordering: KeysetOrdering,
    has_position: bool,  # noqa: FBT001  # lru_cache tells keyword arguments in another order apart
    backwards: bool,  # noqa: FBT001  # part of a cache key
    size: int,
) -> tuple[IdQuery, Any]:
    page = rows.all()
    fields = [_column_field(page, column.lstrip("-")) for column in ordering]
    if has_position:
        placeholders = zip((_POSITION_VALUE, _POSITION_ID), fields, strict=True)
        position: Any = tuple(_PlaceholderValue(placeholder, field) for placeholder, field in placeholders)
        page = filter_after_position(page, ordering, position, backwards=backwards)
    return IdQuery.to_keep(order_by_keyset(page, ordering, backwards=backwards)[:size]), fields[0]


@cache  # the id is filled in when the query is run
def _compile_row(rows: RowsAt) -> IdQuery:
    return IdQuery.to_keep(_all_rows(rows).filter(pk=_PlaceholderValue(_ROW_ID, IntegerField())).order_by())


def _column_field(rows: QuerySet[Model], column: str) -> Any:
    return IntegerField() if "__" in column else rows.model._meta.get_field(column)
