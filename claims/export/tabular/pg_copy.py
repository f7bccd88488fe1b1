"""Rows as CSV that PostgreSQL writes itself (`COPY`), a block at a time."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, QuerySet, TextField

from claims.export.tabular.sql_expressions import CompiledSQL
from claims.search.keyset import KeysetOrdering, KeysetPosition

FetchPage = Callable[[KeysetPosition | None, int], QuerySet[Any]]  # so many rows, in order, from a position on
_DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f"


class _FixedWidthDateTime(Func):
    """A moment, always of the same length."""

    output_field = TextField()
    length = 26

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> CompiledSQL:
        written = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        return self.as_sql(compiler, connection, template=written)

    @staticmethod
    def read(text: str) -> dt.datetime:
        """The moment."""
        return dt.datetime.strptime(text, _DATETIME_FORMAT).replace(tzinfo=dt.UTC)


class _FixedWidthInteger(Func):
    """A whole number from 0 on, always of the same length."""

    output_field = TextField()
    length = 19

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> CompiledSQL:
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'FM0000000000000000000')")

    read = staticmethod(int)


def is_copy_available() -> bool:
    """Whether the database is one that can."""
    return connection.vendor == "postgresql"


def copy_csv_blocks(
    page: FetchPage, cells: Sequence[Any], ordering: KeysetOrdering, *, size: int, first: int
) -> Iterator[bytes]:
    """The bytes of the rows that `page` gives: each cell is an expression, the first of them the id; lines end as
    RFC 4180 has it.

    The first column of `ordering` is a moment, or a number of a joined table. Each block is read to its end before it
    is handed on, so that nothing of the database stays open while a slow reader reads.
    """
    wanted = min(first, size)
    position: KeysetPosition | None = None
    column = ordering[0].lstrip("-")
    place = _FixedWidthInteger(column) if "__" in column else _FixedWidthDateTime(column)
    end = place.length + len(",\n")  # what stands at a line's end: by what the list is ordered
    while True:
        lines = _copy_lines(_select_cells(page(position, wanted), place, cells))
        if lines:
            # The server sends a row at a time: lines that lie within a cell are never taken for its end.
            yield b"\r\n".join([line[:-end] for line in lines] + [b""])
        if len(lines) < wanted:
            return
        at = place.read(bytes(lines[-1][-end + 1 : -1]).decode())
        pk = int(bytes(lines[-1]).partition(b",")[0])
        position, wanted = (at, pk), size


def _select_cells(rows: QuerySet[Any], place: Func, cells: Sequence[Any]) -> QuerySet[Any]:
    named = {f"cell_{at}": cell for at, cell in enumerate([*cells, place])}
    valued: QuerySet[Any] = rows.annotate(**named).values_list(*named)
    return valued


def _copy_lines(rows: QuerySet[Any]) -> list[Any]:
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # there can be none
        return []
    with connection.cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params)
        with cursor.copy(statement) as copy:
            return list(copy)
