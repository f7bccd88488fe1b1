"""Columns of the statements that answers are read with, in the very form that readers get them, on both databases.

A moment is ISO 8601 in UTC with a `Z`, with six digits of a second or none; a day is `YYYY-MM-DD`. An object that
belongs to a row (its speaker) comes as one column of JSON, and so do the rows that hang on it (its names, its quotes).
"""

from collections.abc import Sequence
from typing import Any

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
from django.utils import timezone

from claims.api.query.db_version import SNAPSHOT_SQL


class Placeholder:
    """A parameter whose value is known only when the statement is run."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __deepcopy__(self, _: Any) -> "Placeholder":
        return self


EXECUTION_TIME = Placeholder("the moment at which it is asked")
REQUESTED_IDS = Placeholder("the ids that are asked for")
REQUESTED_IDS_SLOT = "/*asked*/"


class ExecutionTime(Expression):
    """The moment at which a statement is run."""

    output_field = DateTimeField()

    def as_sql(self, *_: Any) -> Any:
        """A parameter."""
        return "%s", [EXECUTION_TIME]


class CompilationTime(Expression):
    """The moment at which a statement is written: for rows that are kept and narrowed each time they are asked for."""

    output_field = DateTimeField()

    def as_sql(self, _: Any, connection: Any) -> Any:
        """A value."""
        return "%s", [connection.ops.adapt_datetimefield_value(timezone.now())]


class RequestedIds(Expression):
    """The ids of the rows that are asked for: a query of its own, put here when the statement is run."""

    output_field = DateTimeField()  # never looked at

    def as_sql(self, *_: Any) -> Any:
        """The place for it."""
        return f"({REQUESTED_IDS_SLOT})", [REQUESTED_IDS]


class DatabaseVersion(Expression):
    """The state of the database that the statement itself sees; of PostgreSQL."""

    output_field = TextField()

    def as_sql(self, *_: Any) -> Any:
        """Told once, not for each row."""
        return f"({SNAPSHOT_SQL})", []


class MatchedIds(Expression):
    """The ids of `found`, which is what was asked for with its places."""

    output_field = DateTimeField()  # as above

    def as_sql(self, *_: Any) -> Any:
        """All of them."""
        return "(SELECT found.id FROM found)", []


class MatchedPosition(Func):
    """The row's place in `found`."""

    output_field = IntegerField()
    template = "(SELECT found.place FROM found WHERE found.id = %(expressions)s)"


class _VendorTemplate(Func):
    """Written in one way by SQLite and in another by PostgreSQL."""

    arity = 1
    sqlite: str
    postgresql: str

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """There."""
        return self.as_sql(compiler, connection, template=self.sqlite, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """There."""
        return self.as_sql(compiler, connection, template=self.postgresql, **extra)


class DateText(_VendorTemplate):
    """A day."""

    output_field = TextField()
    sqlite = postgresql = "CAST(%(expressions)s AS text)"


class RawJSON(_VendorTemplate):
    """JSON that is kept as such, or made as text, within JSON."""

    output_field = JSONField()
    sqlite = "json(%(expressions)s)"
    postgresql = "CAST(%(expressions)s AS json)"


class JSONFloat(_VendorTemplate):
    """A number with a point. SQLite writes it in JSON with fifteen digits, which are not always enough."""

    output_field = JSONField()
    sqlite = (
        "json(CASE WHEN CAST(printf('%%%%!.15g', %(expressions)s) AS real) = %(expressions)s"
        " THEN printf('%%%%!.15g', %(expressions)s) ELSE printf('%%%%!.17g', %(expressions)s) END)"
    )
    postgresql = "%(expressions)s"


class URLText(Func):
    """An address that ends in a column; null where that is."""

    output_field = TextField()
    template = "(CAST(%(expressions)s AS text))"
    arg_joiner = " AS text) || CAST("

    def __init__(self, start: str, path: str, end: str) -> None:
        super().__init__(Value(start), F(path), Value(end))


class JSONText(_VendorTemplate):
    """A value as the text of its JSON, `null` included."""

    output_field = TextField()
    sqlite = "json_quote(%(expressions)s)"
    postgresql = "COALESCE(CAST(to_json(%(expressions)s) AS text), 'null')"


class NestedObject(Func):
    """Columns as one JSON object, by their names; null where the one called `needed` is."""

    output_field = JSONField()

    def __init__(self, names: Sequence[str], columns: Sequence[Any], needed: str | None = None) -> None:
        super().__init__(*columns, *([F(needed)] if needed else []))
        self.names = names

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        """As each of the two has it."""
        is_sqlite = connection.vendor == "sqlite"
        parts = [compiler.compile(each) for each in self.get_source_expressions()]
        pairs = ", ".join(f"'{name}', {sql}" for name, (sql, _) in zip(self.names, parts, strict=False))
        parameters = [value for _, values in parts[: len(self.names)] for value in values]
        made = f"{'json_object' if is_sqlite else 'json_build_object'}({pairs})"
        if len(parts) == len(self.names):
            return made, parameters
        needed, before = parts[-1]
        made = f"CASE WHEN {needed} IS NULL THEN NULL ELSE {made} END"
        # SQLite need not remember, behind a CASE, that a text is JSON.
        return f"json({made})" if is_sqlite else f"({made})", [*before, *parameters]


class NestedArray(Subquery):
    """All rows of a query with the one column `item`, in its order, as the text of a JSON array."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """There."""
        return self._joined(compiler, connection, "group_concat(gathered.item, ',')")

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """There."""
        return self._joined(compiler, connection, "string_agg(CAST(gathered.item AS text), ',')")

    def _joined(self, compiler: Any, connection: Any, joined: str) -> Any:
        template = f"(SELECT '[' || COALESCE({joined}, '') || ']' FROM (%(subquery)s) gathered)"  # noqa: S608  # of the two above  # nosec B608
        return self.as_sql(compiler, connection, template=template)


class RowCount(Subquery):
    """How many rows a query has."""

    output_field = IntegerField()
    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
