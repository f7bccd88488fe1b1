"""Prepared queries that read all columns of the requested rows.

    SELECT columns FROM model, joins WHERE id IN (SELECT id FROM … LIMIT 51) ORDER BY …

The outer query is compiled once and kept (`PreparedQuery`): compiling forty columns takes Django longer than the
database takes to read them. The inner query selects the rows (`IdQuery`); for many lists it is compiled once too, by
`claims.resources.sql.list_query`. Selecting the ids first also limits the joins and subqueries to the rows of the page.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    DateTimeField,
    Expression,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    Model,
    Q,
    QuerySet,
)
from django.db.models.expressions import Combinable
from django.utils import timezone

from claims.reading import read_connection
from claims.resources.sql.expressions import EXECUTION_TIME, CompiledSQL, ISODateTime, Placeholder
from claims.search.full_text import is_index_order, list_ordering
from claims.search.keyset import (
    KeysetOrdering,
    filter_after_position,
    order_by_keyset,
    parse_position_value,
)

REQUESTED_IDS = Placeholder("ids of the requested rows")
REQUESTED_IDS_SLOT = "/*requested ids*/"


class RequestedIds(Expression):
    """The slot for the query that selects the ids of the requested rows, filled in when the query is run."""

    output_field = DateTimeField()  # unused, but Django wants one

    def as_sql(self, *_: object) -> CompiledSQL:
        return f"({REQUESTED_IDS_SLOT})", [REQUESTED_IDS]


class MatchedIds(Expression):
    """The ids in `found`: the full-text matches with their positions (see `PreparedQuery`)."""

    output_field = DateTimeField()  # unused, but Django wants one

    def as_sql(self, *_: object) -> CompiledSQL:
        return "(SELECT found.id FROM found)", []


class MatchedPosition(Func):
    """The row's position in `found`."""

    output_field = IntegerField()
    template = "(SELECT found.place FROM found WHERE found.id = %(expressions)s)"


@dataclass(frozen=True, slots=True)
class IdQuery:
    """A compiled query for the ids of the requested rows. `EXECUTION_TIME` may be among its parameters."""

    ordering: tuple[Any, ...]
    sql: str
    parameters: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Model]) -> "IdQuery | None":
        """Compiles the query; None if Django can tell that it matches no rows."""
        try:
            first_column = [str(column).lstrip("-") for column in rows.query.order_by[:1]]
            # Rows in the order of the full-text index are selected with their position: see `PreparedQuery`.
            position_columns = list(filter(is_index_order, first_column))
            sql, parameters = rows.values("pk", *position_columns).query.sql_with_params()
        except EmptyResultSet:
            return None
        return cls(tuple(rows.query.order_by), sql, parameters)

    @classmethod
    def to_keep(cls, rows: QuerySet[Model]) -> "IdQuery":
        """Compiles a query that is run again and again. Raises TypeError if it can match no rows."""
        if (query := cls.of(rows)) is None:
            raise TypeError(f"no rows can match {rows.query!r}")
        return query


class PreparedQuery:
    """Reads columns of one model's rows, in one order. The first two columns are the row's keyset position.

    `aliases` are annotations that the columns need. A `condition` joins them to one row each of another table.
    `wrap_position` is applied to the expressions of the position.
    """

    def __init__(
        self,
        model: type[Model],
        ordering: Sequence[str],
        aliases: Mapping[str, FilteredRelation],
        columns: Sequence[Combinable],
        *,
        condition: Q | None = None,
        wrap_position: Callable[[Combinable], Combinable] = lambda position: position,
    ) -> None:
        # Django stores its own state in the aliases that it is given.
        aliases = {name: alias.clone() for name, alias in aliases.items()}
        rows = model._base_manager.annotate(**aliases)
        if condition is not None:
            rows = rows.filter(condition)
        if ordering and is_index_order(ordering[0]):
            self._prepare_in_index_order(rows, ordering[0], columns, wrap_position)
            return
        position_columns = [*ordering, "id", "id"][:2]
        position = [_position_expression(column.lstrip("-"), model) for column in position_columns]
        rows = rows.order_by(*ordering).filter(pk__in=RequestedIds())
        sql, parameters = rows.values_list(*map(wrap_position, position), *columns).query.sql_with_params()
        before, _, after = sql.partition(REQUESTED_IDS_SLOT)
        slot = parameters.index(REQUESTED_IDS)
        self.before, self.parameters_before = _inline_constants(before, parameters[:slot])
        self.after, self.parameters_after = _inline_constants(after, parameters[slot + 1 :])

    def _prepare_in_index_order(
        self,
        rows: QuerySet[Model],
        ordering: str,
        columns: Sequence[Combinable],
        wrap_position: Callable[[Combinable], Combinable],
    ) -> None:
        """Prepares the query for rows in the order of the full-text index, which is searched once, as `found`.

        If the index were joined, SQLite would search it from its beginning for each row. PostgreSQL would read all of
        `found` for each.
        """
        is_postgresql = connection.vendor == "postgresql"
        position: Any = F(ordering.removeprefix("-")) if is_postgresql else MatchedPosition("pk")
        rows = rows.order_by(position.desc() if ordering.startswith("-") else position.asc())
        columns = [wrap_position(position), wrap_position(position), *columns]
        query = rows.filter(pk__in=MatchedIds()).values_list(*columns).query
        sql, self.parameters_after = _inline_constants(*query.sql_with_params())
        self.before, self.after = "WITH found(id, place) AS MATERIALIZED (", f") {sql}"
        self.parameters_before = ()

    def statement(self, ids: IdQuery) -> tuple[str, list[Any]]:
        """Returns the SQL that reads these rows now, and its parameters."""
        parameters = chain(self.parameters_before, ids.parameters, self.parameters_after)
        return with_execution_time((f"{self.before}{ids.sql}{self.after}", parameters))

    def read(self, ids: IdQuery) -> list[Any]:
        """Returns the rows as the database cursor does."""
        with read_connection().cursor() as cursor:
            cursor.execute(*self.statement(ids))
            rows: list[Any] = cursor.fetchall()
        return rows


def with_execution_time(statement: tuple[str, Iterable[Any]]) -> tuple[str, list[Any]]:
    """Fills in the time at which a statement is run: now."""
    sql, parameters = statement
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return sql, [now if parameter is EXECUTION_TIME else parameter for parameter in parameters]


def iter_blocks(
    read: Callable[[IdQuery], list[Any]],
    rows: QuerySet[Model],
    ordering: KeysetOrdering,
    *,
    size: int,
    first: int | None = None,
) -> Iterator[list[Any]]:
    """Yields all rows in blocks of `size`, each by a query of its own that continues from the last.

    `read` returns rows that begin with their keyset position. The `first` block may be smaller, to come at once. No
    cursor, transaction or database snapshot stays open while a slow client reads, so it holds up nobody (on SQLite, it
    would also keep the WAL from being reset).
    """
    ordering = list_ordering(rows, ordering)
    limit = min(first or size, size)
    remaining = rows
    while True:
        ids = IdQuery.of(order_by_keyset(remaining, ordering)[:limit])
        block = read(ids) if ids else []
        if block:
            yield block
        if len(block) < limit:
            return
        value, pk, *_ = block[-1]
        position, limit = (parse_position_value(rows.model, ordering, value), int(pk)), size
        remaining = filter_after_position(rows, ordering, position)


def _position_expression(column: str, model: type[Model]) -> Combinable:
    """Returns the expression for a column of the model, or an integer of a joined table, as cursors hold it."""
    if "__" in column:
        return F(column)
    field_type = model._meta.get_field(column).get_internal_type()
    return ISODateTime(column) if field_type == "DateTimeField" else F(column)


_PARAMETER_PATTERN = re.compile("%[s%]")
_SAFE_TEXT = re.compile(r"[^'\\%\0]*")


def _inline_constants(sql: str, parameters: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """Writes constant parameters into the SQL, as passing a parameter takes longer than parsing it.

    Only integers, and strings without any character that could end an SQL literal. The rest are returned as parameters.
    """
    remaining = iter(parameters)
    kept: list[Any] = []

    def inline(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return match[0]
        value = next(remaining)
        if type(value) is int:
            return str(value)
        if isinstance(value, str) and _SAFE_TEXT.fullmatch(value):
            return f"'{value!s}'"
        kept.append(value)
        return match[0]

    return _PARAMETER_PATTERN.sub(inline, sql), tuple(kept)
