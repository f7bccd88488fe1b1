"""What a table's cells hold, made by the database itself: days and moments as ISO 8601, several values as one text."""

from typing import Any

from django.db.models import Func, Subquery, TextField, Value
from django.db.models.expressions import Col
from django.db.models.functions import Cast, NullIf

from claims.export.tabular.csv_injection import BLANKS, FORMULAS, OPENINGS

CompiledSQL = tuple[str, Any]


class ISODate(Func):
    """A day, or the day of a moment in UTC, as `2025-05-16`."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> CompiledSQL:
        """Stored as ISO 8601 already."""
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 10)")

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> CompiledSQL:
        """Whatever the session's style of dates and its zone are."""
        moment = self.source_expressions[0].output_field.get_internal_type() == "DateTimeField"
        zone = " AT TIME ZONE 'UTC'" if moment else ""
        return self.as_sql(compiler, connection, template=f"to_char(%(expressions)s{zone}, 'YYYY-MM-DD')")


class ISODateTime(Func):
    """A moment as `2025-05-16T09:30:00Z`, with microseconds where it has any, as Python writes it."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> CompiledSQL:
        """Stored in UTC, with a blank in its middle."""
        return self.as_sql(compiler, connection, template="(replace(%(expressions)s, ' ', 'T') || 'Z')")

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> CompiledSQL:
        """Whatever the session's style of dates and its zone are."""
        written = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
        return self.as_sql(compiler, connection, template=f"replace({written}, '.000000Z', 'Z')")


class JoinedText(Subquery):
    """The one column, named `label`, of a query's rows in their order, with a separator between them."""

    output_field = TextField()
    template = "(SELECT {function}(joined.label, '{separator}') FROM (%(subquery)s) joined)"

    def __init__(self, rows: Any, *, separator: str) -> None:
        self.separator = separator
        super().__init__(rows)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> CompiledSQL:
        """Both databases take the rows in the order of the innermost query."""
        function = "string_agg" if connection.vendor == "postgresql" else "group_concat"
        filled = self.template.replace("{function}", function).replace("{separator}", self.separator)
        return super().as_sql(compiler, connection, template=filled, **extra)


class CodePointOrder(Func):
    """A text to order by, code point by code point, whatever the database's language is."""

    output_field = TextField()
    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> CompiledSQL:
        """SQLite does so by itself."""
        return self.as_sql(compiler, connection, template='(%(expressions)s COLLATE "C")')


class FormulaGuard(Func):
    """A text with a leading `'` where a spreadsheet would run it as a formula: `claims.export.tabular.csv_injection.guard_formula` in SQL.

    For PostgreSQL only. The first character says of nearly every text that nothing need be done.
    """

    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> CompiledSQL:  # noqa: ARG002  # Django's signature
        """NUL and lone surrogates are in no text there."""
        (inner,) = self.source_expressions
        sql, params = compiler.compile(inner)
        blanks, openings = BLANKS.replace("\0", ""), OPENINGS.replace("\0", "")
        pattern = f"^([{blanks}]*[{FORMULAS}]|[{openings}])"
        guarded = f"regexp_replace({sql}, %s, '''\\&')"
        if not isinstance(inner, Col):  # what is dear to make is made once
            return guarded, [*params, pattern]
        first = f"ascii({sql})"
        plain = f"({first} BETWEEN 65 AND 132 OR {first} BETWEEN 1024 AND 5000 OR {first} IN (34, 8216, 8220, 8222))"
        return f"(CASE WHEN {plain} THEN {sql} ELSE {guarded} END)", [pattern]


def permalink_expression(prefix: str, pk: str) -> Any:
    """The permanent address of the row of this id."""
    return ConcatText(Value(prefix), Cast(pk, TextField()), Value("/"))


class ConcatText(Func):
    """Texts, one after another; none of them is null."""

    output_field = TextField()
    template = "(%(expressions)s)"
    arg_joiner = " || "


def null_if_empty(expression: Any) -> Any:
    """Nothing where a text is empty: `COPY` would write quote marks for it."""
    return NullIf(expression, Value(""), output_field=TextField())
