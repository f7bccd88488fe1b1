"""Query expressions for the cells of public tables: ISO 8601 dates and timestamps, joined texts, guarded formulas."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Col, Combinable
from django.db.models.functions import Cast, NullIf
from django.db.models.sql.compiler import SQLCompiler

from claims.export.tabular.csv_injection import BLANKS, FORMULAS, OPENINGS

CompiledSQL = tuple[str, Any]


class ISODate(Func):
    """A date, or the date of a timestamp in UTC, as `2025-05-16`."""

    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object) -> CompiledSQL:
        # Stored as ISO 8601.
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 10)")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object) -> CompiledSQL:
        # Independent of the session's date style and time zone.
        is_datetime = self.source_expressions[0].output_field.get_internal_type() == "DateTimeField"
        zone = " AT TIME ZONE 'UTC'" if is_datetime else ""
        return self.as_sql(compiler, connection, template=f"to_char(%(expressions)s{zone}, 'YYYY-MM-DD')")


class ISODateTime(Func):
    """A timestamp as `2025-05-16T09:30:00Z`, with microseconds if it has any, as `format_timestamp` writes it."""

    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object) -> CompiledSQL:
        # Stored in UTC, with a space between date and time.
        return self.as_sql(compiler, connection, template="(replace(%(expressions)s, ' ', 'T') || 'Z')")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object) -> CompiledSQL:
        # Independent of the session's date style and time zone.
        text = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
        return self.as_sql(compiler, connection, template=f"replace({text}, '.000000Z', 'Z')")


class JoinedText(Subquery):
    """The column `label` of a query's rows, in their order, joined by a separator."""

    output_field = TextField()
    template = "(SELECT {function}(joined.label, '{separator}') FROM (%(subquery)s) joined)"

    def __init__(self, rows: QuerySet[Any], *, separator: str) -> None:
        self.separator = separator
        super().__init__(rows)

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: object, **extra: object
    ) -> CompiledSQL:
        # Both databases aggregate in the order of the subquery.
        function = "string_agg" if connection.vendor == "postgresql" else "group_concat"
        template = self.template.replace("{function}", function).replace("{separator}", self.separator)
        return super().as_sql(compiler, connection, template=template, **extra)


class CodePointOrder(Func):
    """A text to order by code points, whatever the database's collation."""

    output_field = TextField()
    template = "%(expressions)s"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object) -> CompiledSQL:
        # SQLite's default collation is by code points already.
        return self.as_sql(compiler, connection, template='(%(expressions)s COLLATE "C")')


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


def permalink_expression(prefix: str, pk: str) -> Func:
    """Returns an expression for the permalink of the row with this id."""
    return ConcatText(Value(prefix), Cast(pk, TextField()), Value("/"))


class ConcatText(Func):
    """The concatenation of texts that are not null."""

    output_field = TextField()
    template = "(%(expressions)s)"
    arg_joiner = " || "


def null_if_empty(expression: Combinable) -> Func:
    """Returns an expression for null if a text is empty: `COPY` would write empty text in quotes."""
    return NullIf(expression, Value(""), output_field=TextField())
