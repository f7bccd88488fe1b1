"""Rows as CSV that PostgreSQL writes itself (`COPY`), a block at a time."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Func, QuerySet, TextField

from claims.export.expressions import Compiled
from claims.search.keyset import Ordering, beyond, in_order

_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
_PLACE = 26 + len(",\n")  # what stands at a line's end: the moment by which the list is ordered


class _Place(Func):
    """A moment, always of the same length."""

    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Compiled:
        written = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        return self.as_sql(compiler, connection, template=written)


def possible() -> bool:
    """Whether the database is one that can."""
    return connection.vendor == "postgresql"


def blocks(rows: QuerySet[Any], cells: Sequence[Any], ordering: Ordering, *, size: int, first: int) -> Iterator[bytes]:
    """The bytes of these rows: each cell is an expression, the first of them the id; lines end as RFC 4180 has it.

    The first column of `ordering` is a moment. Each block is read to its end before it is handed on, so that nothing
    of the database stays open while a slow reader reads.
    """
    wanted = min(first, size)
    after = rows
    while True:
        lines = _copied(_values(in_order(after, ordering), ordering, cells)[:wanted])
        if lines:
            # The server sends a row at a time: lines that lie within a cell are never taken for its end.
            yield b"\r\n".join([line[:-_PLACE] for line in lines] + [b""])
        if len(lines) < wanted:
            return
        at = dt.datetime.strptime(bytes(lines[-1][-_PLACE + 1 : -1]).decode(), _MOMENT).replace(tzinfo=dt.UTC)
        pk = int(bytes(lines[-1]).partition(b",")[0])
        after, wanted = rows.filter(beyond(ordering, (at, pk))), size


def _values(rows: QuerySet[Any], ordering: Ordering, cells: Sequence[Any]) -> QuerySet[Any]:
    named = {f"cell_{at}": cell for at, cell in enumerate([*cells, _Place(ordering[0].lstrip("-"))])}
    valued: QuerySet[Any] = rows.annotate(**named).values_list(*named)
    return valued


def _copied(rows: QuerySet[Any]) -> list[Any]:
    if rows.query.is_empty():
        return []
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params)
        with cursor.copy(statement) as copy:
            return list(copy)
