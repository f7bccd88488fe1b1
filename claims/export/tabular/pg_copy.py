"""CSV written by PostgreSQL itself (`COPY`), block by block."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Model, QuerySet, TextField, Value
from django.db.models.expressions import Col, Combinable
from django.db.models.functions import NullIf
from django.db.models.sql.compiler import SQLCompiler

from claims.export.tabular.csv_injection import BLANKS, FORMULAS, OPENINGS
from claims.resources.sql.expressions import CompiledSQL
from claims.resources.sql.prepared_query import IdQuery, iter_blocks
from claims.resources.sql.sql_table import Column, Datatype, SQLTable
from claims.search.full_text import list_ordering
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


class _HexText(Func):
    """A value's text in hexadecimal digits, which `COPY` never quotes."""

    output_field = TextField()
    template = "encode(convert_to(CAST(%(expressions)s AS text), 'UTF8'), 'hex')"


def is_copy_available() -> bool:
    return connection.vendor == "postgresql"


def copy_csv_blocks(
    table: SQLTable, rows: QuerySet[Model], ordering: KeysetOrdering, *, raw: bool, size: int, first: int
) -> Iterator[bytes]:
    """Yields the bytes of these rows in blocks. Lines end in CRLF.

    Empty text becomes null, as it would be written in quotes.
    """

    def write_cell(column: Column, cell: Combinable) -> Combinable:
        if column.datatype is Datatype.NUMBER and not column.is_list:
            return _DecimalText(cell)
        if not is_guarded(column):
            return cell
        return null_if_empty(cell if raw else FormulaGuard(cell))

    query = table.prepare(list_ordering(rows, ordering), wrap_cell=write_cell, wrap_position=_HexText)

    def copy(ids: IdQuery) -> list[tuple[str, int, bytes]]:
        return [_split_position(line) for line in _copy_lines(*query.statement(ids))]

    for block in iter_blocks(copy, rows, ordering, size=size, first=first):
        yield b"\r\n".join([line for _, _, line in block] + [b""])


def _copy_lines(sql: str, parameters: Sequence[Any]) -> list[memoryview]:
    with connection.cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({sql}) TO STDOUT (FORMAT csv)", parameters)
        # The server sends one row at a time, so a line break within a cell is never mistaken for the row's end.
        with cursor.copy(statement) as copy:
            return list(copy)


def _split_position(line: memoryview) -> tuple[str, int, bytes]:
    value, pk, cells = bytes(line[:-1]).split(b",", 2)
    return _read_hex(value), int(_read_hex(pk)), cells


def _read_hex(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode()
