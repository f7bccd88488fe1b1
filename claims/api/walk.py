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

from claims.api.columns import AskedAt, Mark
from claims.search.keyset import Ordering, Position, in_order, past
from claims.search.words import found, order_of

Rows = Callable[[Any], QuerySet[Any]]  # what gives the rows of a list as of a moment
_VALUE, _PK = Mark("the value that the page goes on from"), Mark("the id that the page goes on from")
_QUERY = Mark("the words, as the database's query language has them")


@dataclass(frozen=True, slots=True)
class Walk:
    """A list, as what gives its rows at a moment; of it all, or what is found by a query of `claims.search.words`."""

    rows: Rows
    query: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are asked for, in which order: a query for their ids, with `NOW` among its parameters."""

    ordering: tuple[Any, ...]
    sql: str
    parameters: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "Asked | None":
        """These rows; None where it can be told that there are none."""
        try:
            first = [str(column) for column in rows.query.order_by[:1]]
            places = [column.lstrip("-") for column in first if "__" in column]  # see `Statement`
            sql, parameters = rows.values("pk", *places).query.sql_with_params()
        except EmptyResultSet:
            return None
        return cls(tuple(rows.query.order_by), sql, parameters)


class _Given(Expression):
    """A value that is known only when the statement is run."""

    def __init__(self, mark: Mark, field: Any) -> None:
        super().__init__(output_field=field)
        self.mark = mark

    def as_sql(self, *_: Any) -> Any:
        """A parameter."""
        return "%s", [self.mark]


def page(walk: Walk, ordering: Ordering, position: Position | None, *, backwards: bool, size: int) -> Asked:
    """So many of the rows from this position on, or before it."""
    kept = _whole(walk.rows) if walk.query is None else _found(walk.rows)
    asked, field = _written(kept, ordering, position is not None, backwards, size)
    given: dict[Any, Any] = {_QUERY: walk.query}
    if position is not None:
        value, pk = position
        given |= {_VALUE: field.get_db_prep_value(value, connection), _PK: pk}
    parameters = tuple(given.get(each, each) if isinstance(each, Mark) else each for each in asked.parameters)
    return Asked(asked.ordering, asked.sql, parameters)


def ordering_of(walk: Walk, ordering: Ordering) -> Ordering:
    """The order that the rows are listed in, where this is asked for."""
    return ordering if walk.query is None else order_of(_found(walk.rows), ordering)


@cache
def _whole(rows: Rows) -> QuerySet[Any]:
    return rows(AskedAt())


@cache
def _found(rows: Rows) -> QuerySet[Any]:
    return found(_whole(rows).all(), _Given(_QUERY, TextField()))


@lru_cache(maxsize=400)
def _written(
    rows: QuerySet[Any],
    ordering: Ordering,
    positioned: bool,  # noqa: FBT001  # a key
    backwards: bool,  # noqa: FBT001  # as above
    size: int,
) -> tuple[Asked, Any]:
    there = rows.all()
    fields = [_field(there, column.lstrip("-")) for column in ordering]
    if positioned:
        position: Any = tuple(_Given(mark, field) for mark, field in zip((_VALUE, _PK), fields, strict=True))
        there = past(there, ordering, position, backwards=backwards)
    asked = Asked.of(in_order(there, ordering, backwards=backwards)[:size])
    if asked is None:
        raise TypeError(f"{rows!r} has no rows")
    return asked, fields[0]


def _field(rows: QuerySet[Any], column: str) -> Any:
    return IntegerField() if "__" in column else rows.model._meta.get_field(column)  # noqa: SLF001  # Django's documented API
