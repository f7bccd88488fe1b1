"""CSV written by PostgreSQL itself: one `COPY` for the whole list, which sees the database as it was at its start."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Model, QuerySet, TextField, Value
from django.db.models.expressions import Col, Combinable
from django.db.models.functions import NullIf
from django.db.models.sql.compiler import SQLCompiler

from claims.export.tabular.csv_injection import BLANKS, FORMULAS, OPENINGS
from claims.reading import read_connection
from claims.resources.sql.expressions import CompiledSQL
from claims.resources.sql.sql_table import Column, Datatype, SQLTable
from claims.search.keyset import KeysetOrdering


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


def is_guarded(column: Column) -> bool:
    """Whether people may have written the text in this column."""
    return column.datatype is Datatype.TEXT and not column.is_generated


def null_if_empty(expression: Combinable) -> Func:
    """Returns an expression for null if a text is empty: `COPY` would write empty text in quotes."""
    return NullIf(expression, Value(""), output_field=TextField())


class _DecimalText(Func):
    """A float as Python writes it: 1.0, where PostgreSQL writes 1."""

    output_field = TextField()
    template = (
        "(CAST(%(expressions)s AS text) || CASE WHEN %(expressions)s = trunc(%(expressions)s) THEN '.0' ELSE '' END)"
    )


def is_copy_available() -> bool:
    return connection.vendor == "postgresql"


def copy_csv_blocks(
    table: SQLTable,
    whole_list: QuerySet[Model],
    rows: QuerySet[Model] | None,
    ordering: KeysetOrdering,
    *,
    raw: bool,
    size: int,
    first: int,
) -> Iterator[bytes]:
    """Yields the bytes of these rows of a list, or of all of it, in blocks. Lines end in CRLF.

    Empty text becomes null, as it would be written in quotes.
    """

    def write_cell(column: Column, cell: Combinable) -> Combinable:
        if column.datatype is Datatype.NUMBER and not column.is_list:
            return _DecimalText(cell)
        if not is_guarded(column):
            return cell
        return null_if_empty(cell if raw else FormulaGuard(cell))

    try:
        statement = table.statement(whole_list, rows, ordering, wrap_cell=write_cell)
    except EmptyResultSet:  # Django can tell that no row matches
        return
    lines = _copy_lines(*statement, is_whole_list=rows is None)
    with closing(lines):
        yield _join_lines(islice(lines, first))
        while block := _join_lines(islice(lines, size)):
            yield block


def _join_lines(lines: Iterable[memoryview]) -> bytes:
    return b"".join([part for line in lines for part in (line, b"\r\n")])


# A whole list is read along the index that it is ordered by: rows come at once, nothing is sorted on the disk, and one
# core does the work, at the speed of the plan that PostgreSQL would choose to have the last row soonest.
_WHOLE_LIST_SETTINGS = "".join(
    f"SET LOCAL {setting};"
    for setting in (
        *("enable_hashjoin = off", "enable_mergejoin = off", "enable_sort = off"),
        "max_parallel_workers_per_gather = 0",
    )
)


def _copy_lines(sql: str, parameters: Sequence[Any], *, is_whole_list: bool) -> Generator[memoryview]:
    """Yields the rows as lines without their ends."""
    connection = read_connection()
    with connection.cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({sql}) TO STDOUT (FORMAT csv)", parameters)
    # Rolled back: the settings hold for this statement alone, inside another transaction too.
    with connection.connection.transaction(force_rollback=True), connection.cursor() as cursor:
        if is_whole_list:
            cursor.execute(_WHOLE_LIST_SETTINGS)
        # The server sends one row at a time, so a line break within a cell is never mistaken for the row's end.
        with cursor.copy(statement) as copy:
            for line in copy:
                yield line[:-1]
