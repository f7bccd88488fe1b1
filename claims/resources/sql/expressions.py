"""Query expressions that write values as readers get them, the same bytes on SQLite and PostgreSQL.

Timestamps are ISO 8601 in UTC with a `Z`, with six decimals of a second or none; dates are `YYYY-MM-DD`. JSON has no
spaces. In it, a related object (a quote's speaker) is one column, and so is a list of related rows (a speaker's names).
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    DateTimeField,
    Expression,
    F,
    Func,
    IntegerField,
    JSONField,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

CompiledSQL = tuple[str, Any]


class Placeholder:
    """A parameter whose value is known only when the query is run."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __deepcopy__(self, _: object) -> "Placeholder":
        return self


EXECUTION_TIME = Placeholder("time of execution")


class ExecutionTime(Expression):
    """The time at which the query is run. For queries that are compiled once and run often."""

    output_field = DateTimeField()

    def as_sql(self, *_: object) -> CompiledSQL:
        return "%s", [EXECUTION_TIME]


class CompilationTime(Expression):
    """The time at which the query is compiled. For querysets that are kept, and filtered and compiled per request."""

    output_field = DateTimeField()

    def as_sql(self, _: object, connection: BaseDatabaseWrapper) -> CompiledSQL:
        return "%s", [connection.ops.adapt_datetimefield_value(timezone.now())]


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


class SpansText(Func):
    """Pairs of offsets as text: `12-40; 52-60`."""

    output_field = TextField()
    # The JSON is [[12, 40], [52, 60]], with or without the spaces.
    template = "trim(replace(replace(replace(CAST(%(expressions)s AS text), ' ', ''), '],[', '; '), ',', '-'), '[]')"


class CodePointOrder(Func):
    """A text to order by code points, whatever the database's collation."""

    output_field = TextField()
    template = "%(expressions)s"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object) -> CompiledSQL:
        # SQLite's default collation is by code points already.
        return self.as_sql(compiler, connection, template='(%(expressions)s COLLATE "C")')


class _VendorTemplate(Func):
    """A function with a template for each database."""

    arity = 1
    sqlite: str
    postgresql: str

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> CompiledSQL:
        return self.as_sql(compiler, connection, template=self.sqlite, **extra)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> CompiledSQL:
        return self.as_sql(compiler, connection, template=self.postgresql, **extra)


class DateText(_VendorTemplate):
    output_field = TextField()
    sqlite = postgresql = "CAST(%(expressions)s AS text)"


class RawJSON(_VendorTemplate):
    """JSON as text, nested in JSON."""

    output_field = JSONField()
    sqlite = "json(%(expressions)s)"
    postgresql = "CAST(%(expressions)s AS json)"


class SpansJSON(RawJSON):
    """Pairs of offsets as JSON: `[[12,40],[52,60]]`."""

    # PostgreSQL writes a space behind each comma.
    postgresql = "CAST(replace(CAST(%(expressions)s AS text), ' ', '') AS json)"


class JSONFloat(_VendorTemplate):
    """A float with as many digits as it needs to be read back unchanged."""

    output_field = JSONField()
    sqlite = "json(claims_float(%(expressions)s))"
    postgresql = "%(expressions)s"


def float_text(value: float | None) -> str | None:
    """Writes a float as PostgreSQL does: `0.85`, `1`. SQLite calls it as `claims_float`, whose own JSON rounds."""
    return None if value is None else repr(float(value)).removesuffix(".0")


class JSONBoolean(_VendorTemplate):
    """A condition as JSON: true, false, or null where it is unknown."""

    output_field = JSONField()
    # SQLite has no booleans.
    sqlite = "json(CASE %(expressions)s WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"
    postgresql = "to_json(%(expressions)s)"


class URLText(Func):
    """A URL that contains the value of a column; null where the column is."""

    output_field = TextField()
    template = "(CAST(%(expressions)s AS text))"
    arg_joiner = " AS text) || CAST("

    def __init__(self, prefix: str, path: str, suffix: str) -> None:
        super().__init__(Value(prefix), F(path), Value(suffix))


class JSONText(_VendorTemplate):
    """A value as JSON text; NULL as `null`."""

    output_field = TextField()
    sqlite = "json_quote(%(expressions)s)"
    postgresql = "COALESCE(CAST(to_json(%(expressions)s) AS text), 'null')"


class NestedObject(Func):
    """Columns as one JSON object, by name; null where the column `required` is."""

    output_field = JSONField()

    def __init__(self, names: Sequence[str], columns: Sequence[Combinable], required: str | None = None) -> None:
        super().__init__(*columns, *([F(required)] if required else []))
        self.names = names

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: object, **__: object) -> CompiledSQL:
        is_sqlite = connection.vendor == "sqlite"
        compiled = [compiler.compile(expression) for expression in self.get_source_expressions()]
        columns, required = compiled[: len(self.names)], compiled[len(self.names) :]
        build = self._sqlite_object if is_sqlite else self._postgresql_object
        sql = build({name: column for name, (column, _) in zip(self.names, columns, strict=True)})
        if required:
            sql = f"CASE WHEN {required[0][0]} IS NULL THEN NULL ELSE {sql} END"
            # SQLite may forget, behind a CASE, that a text is JSON.
            sql = f"json({sql})" if is_sqlite else f"({sql})"
        return sql, [value for _, values in [*required, *columns] for value in values]

    @staticmethod
    def _sqlite_object(columns: dict[str, str]) -> str:
        pairs = ", ".join(f"'{name}', {sql}" for name, sql in columns.items())
        return f"json_object({pairs})"

    @staticmethod
    def _postgresql_object(columns: dict[str, str]) -> str:
        """Does without json_build_object, which puts spaces in and takes longer."""
        members = " || ',' || ".join(
            f"""'"{name}":' || COALESCE(CAST(to_json({sql}) AS text), 'null')""" for name, sql in columns.items()
        )
        return f"CAST('{{' || {members} || '}}' AS json)"


class NestedArray(Subquery):
    """All rows of a query with the one column `item`, in its order, as the text of a JSON array."""

    output_field = TextField()
    template = "(SELECT '[' || COALESCE({aggregate}, '') || ']' FROM (%(subquery)s) nested)"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> CompiledSQL:
        return self._aggregate(compiler, connection, "group_concat(nested.item, ',')")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> CompiledSQL:
        return self._aggregate(compiler, connection, "string_agg(CAST(nested.item AS text), ',')")

    def _aggregate(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, aggregate: str) -> CompiledSQL:
        return self.as_sql(compiler, connection, template=self.template.replace("{aggregate}", aggregate))


class RowCount(Subquery):
    output_field = IntegerField()
    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
