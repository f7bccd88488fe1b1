"""Query expressions that write values as the JSON that readers get, the same on SQLite and PostgreSQL.

Timestamps are ISO 8601 in UTC with a `Z`, with six decimals of a second or none; dates are `YYYY-MM-DD`. A related
object (a quote's speaker) is one JSON column, and so is a list of related rows (a speaker's names).
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
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from claims.api.query.db_version import SNAPSHOT_SQL
from claims.export.tabular.sql_expressions import CompiledSQL


class Placeholder:
    """A parameter whose value is known only when the query is run."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __deepcopy__(self, _: object) -> "Placeholder":
        return self


EXECUTION_TIME = Placeholder("time of execution")
REQUESTED_IDS = Placeholder("ids of the requested rows")
REQUESTED_IDS_SLOT = "/*requested ids*/"


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


class RequestedIds(Expression):
    """The slot for the query that selects the ids of the requested rows, filled in when the query is run."""

    output_field = DateTimeField()  # unused, but Django wants one

    def as_sql(self, *_: object) -> CompiledSQL:
        return f"({REQUESTED_IDS_SLOT})", [REQUESTED_IDS]


class DatabaseVersion(Expression):
    """The database version that the query itself sees (PostgreSQL only). Evaluated once, as a subquery."""

    output_field = TextField()

    def as_sql(self, *_: object) -> CompiledSQL:
        return f"({SNAPSHOT_SQL})", []


class MatchedIds(Expression):
    """The ids in `found`: the full-text matches with their positions (see `PreparedQuery`)."""

    output_field = DateTimeField()  # unused, but Django wants one

    def as_sql(self, *_: object) -> CompiledSQL:
        return "(SELECT found.id FROM found)", []


class MatchedPosition(Func):
    """The row's position in `found`."""

    output_field = IntegerField()
    template = "(SELECT found.place FROM found WHERE found.id = %(expressions)s)"


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
    """A JSON column, or JSON as text, nested in JSON."""

    output_field = JSONField()
    sqlite = "json(%(expressions)s)"
    postgresql = "CAST(%(expressions)s AS json)"


class JSONFloat(_VendorTemplate):
    """A float with as many digits as it needs to be read back unchanged. SQLite's JSON writes fifteen."""

    output_field = JSONField()
    sqlite = (
        "json(CASE WHEN CAST(printf('%%%%!.15g', %(expressions)s) AS real) = %(expressions)s"
        " THEN printf('%%%%!.15g', %(expressions)s) ELSE printf('%%%%!.17g', %(expressions)s) END)"
    )
    postgresql = "%(expressions)s"


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
        pairs = ", ".join(f"'{name}', {sql}" for name, (sql, _) in zip(self.names, compiled, strict=False))
        parameters = [value for _, values in compiled[: len(self.names)] for value in values]
        sql = f"{'json_object' if is_sqlite else 'json_build_object'}({pairs})"
        if len(compiled) == len(self.names):
            return sql, parameters
        required, required_parameters = compiled[-1]
        sql = f"CASE WHEN {required} IS NULL THEN NULL ELSE {sql} END"
        # SQLite may forget, behind a CASE, that a text is JSON.
        return f"json({sql})" if is_sqlite else f"({sql})", [*required_parameters, *parameters]


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
