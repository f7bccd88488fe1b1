"""CSV written by PostgreSQL itself (`COPY`), block by block."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Model, QuerySet, TextField, Value
from django.db.models.expressions import Col, Combinable
from django.db.models.functions import NullIf
from django.db.models.sql.compiler import SQLCompiler

from claims.export.tabular.csv_injection import BLANKS, FORMULAS, OPENINGS
from claims.resources.sql.expressions import CompiledSQL
from claims.search.keyset import KeysetOrdering, KeysetPosition

FetchPage = Callable[[KeysetPosition | None, int], QuerySet[Model]]  # returns so many rows after a position, in order
_DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f"


class FormulaGuard(Func):
    """`claims.export.tabular.csv_injection.guard_formula` in SQL, for PostgreSQL only.

    For nearly every text, the first character rules out that it is a formula.
    """

    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object) -> CompiledSQL:  # noqa: ARG002  # Django's signature
        (text,) = self.source_expressions
        sql, params = compiler.compile(text)
        # PostgreSQL's text contains no NUL and no lone surrogates.
        blanks, openings = BLANKS.replace("\0", ""), OPENINGS.replace("\0", "")
        pattern = f"^([{blanks}]*[{FORMULAS}]|[{openings}])"
        guarded = f"regexp_replace({sql}, %s, '''\\&')"
        if not isinstance(text, Col):  # an expensive expression must not be evaluated twice
            return guarded, [*params, pattern]
        first = f"ascii({sql})"
        is_safe = f"({first} BETWEEN 65 AND 132 OR {first} BETWEEN 1024 AND 5000 OR {first} IN (34, 8216, 8220, 8222))"
        return f"(CASE WHEN {is_safe} THEN {sql} ELSE {guarded} END)", [pattern]


def null_if_empty(expression: Combinable) -> Func:
    """Returns an expression for null if a text is empty: `COPY` would write empty text in quotes."""
    return NullIf(expression, Value(""), output_field=TextField())


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
