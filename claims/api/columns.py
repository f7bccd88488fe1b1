"""Columns of the statements that answers are read with, in the very form that readers get them, on both databases.

A moment is ISO 8601 in UTC with a `Z`, with six digits of a second or none; a day is `YYYY-MM-DD`. Rows that hang on a
row (its names, its quotes) come as one column: a JSON array of them, each an array of its own columns.
"""

from typing import Any

from django.db.models import DateTimeField, Expression, Func, IntegerField, JSONField, QuerySet, Subquery, TextField


class Mark:
    """A parameter whose value is known only when the statement is run."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __deepcopy__(self, _: Any) -> "Mark":
        return self


NOW = Mark("the moment at which it is asked")
ASKED = Mark("the ids that are asked for")
PLACE_OF_ASKED = "/*asked*/"


class AskedAt(Expression):
    """The moment at which a statement is run."""

    output_field = DateTimeField()

    def as_sql(self, *_: Any) -> Any:
        """A parameter."""
        return "%s", [NOW]


class AskedFor(Expression):
    """The ids of the rows that are asked for: a query of its own, put here when the statement is run."""

    output_field = DateTimeField()  # never looked at

    def as_sql(self, *_: Any) -> Any:
        """The place for it."""
        return f"({PLACE_OF_ASKED})", [ASKED]


class FoundIds(Expression):
    """The ids of `found`, which is what was asked for with its places."""

    output_field = DateTimeField()  # as above

    def as_sql(self, *_: Any) -> Any:
        """All of them."""
        return "(SELECT found.id FROM found)", []


class FoundPlace(Func):
    """The row's place in `found`."""

    output_field = IntegerField()
    template = "(SELECT found.place FROM found WHERE found.id = %(expressions)s)"


class _Written(Func):
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


class MomentText(_Written):
    """A moment."""

    output_field = TextField()
    sqlite = "replace(%(expressions)s, ' ', 'T') || 'Z'"
    postgresql = (
        "replace(to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), '.000000Z', 'Z')"
    )


class DayText(_Written):
    """A day."""

    output_field = TextField()
    sqlite = postgresql = "CAST(%(expressions)s AS text)"


class JSONText(_Written):
    """JSON that is kept as such, as text."""

    output_field = TextField()
    sqlite = postgresql = "CAST(%(expressions)s AS text)"


class JSONPart(_Written):
    """JSON within JSON."""

    output_field = JSONField()
    sqlite = "json(%(expressions)s)"
    postgresql = "%(expressions)s"


class FloatPart(_Written):
    """A number within JSON; SQLite writes it there with fifteen digits only, so it comes as text."""

    output_field = TextField()
    sqlite = "printf('%%%%!.17g', %(expressions)s)"
    postgresql = "%(expressions)s"


class Packed(Func):
    """Several columns as one JSON array."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """There."""
        return self.as_sql(compiler, connection, function="json_array", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """There."""
        return self.as_sql(compiler, connection, function="json_build_array", **extra)


class Gathered(Subquery):
    """All rows of a query with the one column `item`, in its order, as one JSON array; null where there is none."""

    output_field = TextField()

    def __init__(self, rows: QuerySet[Any], *, part: bool) -> None:
        """`part` where it goes into JSON itself."""
        super().__init__(rows)
        self.part = part

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """There."""
        template = "(SELECT json_group_array(json(gathered.item)) FROM (%(subquery)s) gathered)"
        return self.as_sql(compiler, connection, template=f"json({template})" if self.part else template)

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """There."""
        template = "(SELECT json_agg(gathered.item) FROM (%(subquery)s) gathered)"
        return self.as_sql(compiler, connection, template=template if self.part else f"CAST({template} AS text)")


class Counted(Subquery):
    """How many rows a query has."""

    output_field = IntegerField()
    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
