"""CSV written by PostgreSQL itself (`COPY`), block by block."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Model, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

from claims.export.tabular.sql_expressions import CompiledSQL
from claims.search.keyset import KeysetOrdering, KeysetPosition

FetchPage = Callable[[KeysetPosition | None, int], QuerySet[Model]]  # returns so many rows after a position, in order
_DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f"


class _FixedWidthDateTime(Func):
    """A timestamp as text of fixed length."""

    output_field = TextField()
    length = 26

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object) -> CompiledSQL:
        template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        return self.as_sql(compiler, connection, template=template)

    @staticmethod
    def read(text: str) -> dt.datetime:
        return dt.datetime.strptime(text, _DATETIME_FORMAT).replace(tzinfo=dt.UTC)


class _FixedWidthInteger(Func):
    """A non-negative integer as text of fixed length."""

    output_field = TextField()
    length = 19

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object) -> CompiledSQL:
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'FM0000000000000000000')")

    read = staticmethod(int)


def is_copy_available() -> bool:
    return connection.vendor == "postgresql"


def copy_csv_blocks(
    fetch_page: FetchPage, cells: Sequence[Combinable], ordering: KeysetOrdering, *, size: int, first: int
) -> Iterator[bytes]:
    """Yields the bytes of the fetched pages. Each cell is an expression; the first is the id. Lines end in CRLF.

    The first column of `ordering` is a timestamp, or an integer of a joined table. Each block is read to its end before
    it is yielded, so that no database resource stays open while a slow client reads.
    """
    limit = min(first, size)
    position: KeysetPosition | None = None
    column = ordering[0].lstrip("-")
    position_cell = _FixedWidthInteger(column) if "__" in column else _FixedWidthDateTime(column)
    suffix_length = position_cell.length + len(",\n")  # each line ends in its keyset position, which is cut off
    while True:
        lines = _copy_lines(_select_cells(fetch_page(position, limit), [*cells, position_cell]))
        if lines:
            # The server sends one row at a time, so a line break within a cell is never mistaken for the row's end.
            yield b"\r\n".join([line[:-suffix_length] for line in lines] + [b""])
        if len(lines) < limit:
            return
        value = position_cell.read(bytes(lines[-1][-suffix_length + 1 : -1]).decode())
        pk = int(bytes(lines[-1]).partition(b",")[0])
        position, limit = (value, pk), size


def _select_cells(rows: QuerySet[Model], cells: Sequence[Combinable]) -> QuerySet[Model]:
    named = {f"cell_{index}": cell for index, cell in enumerate(cells)}
    selected: QuerySet[Model] = rows.annotate(**named).values_list(*named)
    return selected


def _copy_lines(rows: QuerySet[Model]) -> list[memoryview]:
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params)
        with cursor.copy(statement) as copy:
            return list(copy)
