"""How a resource is read: a serializer, which declares what an answer looks like, made into columns of one statement.

Serializers do not run. `plan_for` asks one for its fields once, and makes of them the columns to be read, each the text
of its JSON, and the text that they are put into: relations to one row are joined, and rows that hang on a row come as
one column (see `claims.api.query.json_expressions`). So a list is one statement, whatever hangs on its rows, the database writes what
readers get, and a row costs a microsecond here. A field that is not a plain column says itself how it is read: see
`claims.api.query.sql_fields`.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.db.models import F, Model, QuerySet
from rest_framework import serializers

from claims.api.query.field_selection import FieldSelection
from claims.api.query.json_expressions import DateText, JSONFloat, JSONText, NestedArray, NestedObject, RawJSON
from claims.api.query.page_query import IdQuery
from claims.api.query.prepared_query import PreparedQuery
from claims.api.query.sql_fields import (
    ComputedField,
    CurrentVerificationMixin,
    ListURLField,
    PermalinkField,
    RelatedRows,
    SpansField,
)
from claims.export.tabular.sql_expressions import ISODateTime
from claims.search.keyset import KeysetOrdering, KeysetPosition

JSONRow = orjson.Fragment  # of an answer, as JSON already
ColumnAliases = dict[str, Any]

_PLAIN_FIELDS = (
    serializers.CharField,
    serializers.IntegerField,
    serializers.ChoiceField,
)


class SQLSerializer:
    """How rows of one model are read, as one serializer says, or those of its fields that were chosen."""

    def __init__(self, serializer: Any, selection: FieldSelection) -> None:
        self.model: type[Model] = serializer.Meta.model
        self.aliases: ColumnAliases = {}
        columns = dict(_field_columns(serializer, selection, "", self.aliases))
        self.columns = [each if isinstance(each, NestedArray) else JSONText(each) for each in columns.values()]
        self.text = "{" + ",".join(f'"{name}":%s' for name in columns) + "}"
        self._statements: dict[KeysetOrdering | tuple[()], PreparedQuery] = {}

    def rows(self, queryset: QuerySet[Any]) -> list[JSONRow]:
        """These rows, in their order, by one query."""
        return [row for _, row in self.placed(queryset)]

    def placed(self, asked: QuerySet[Any] | IdQuery) -> list[tuple[KeysetPosition, JSONRow]]:
        """The same, each with its position in the order that the rows are in."""
        text, end = self.text, len(self.columns)
        return [(row[end : end + 2], JSONRow(text % row[:end])) for row in self._read(asked)]

    def _read(self, rows: QuerySet[Any] | IdQuery) -> list[Any]:
        asked = rows if isinstance(rows, IdQuery) else IdQuery.of(rows)
        return [] if asked is None else self._statement(asked.ordering).read(asked)

    def _statement(self, ordering: Any) -> PreparedQuery:
        statement = self._statements.get(ordering)
        if statement is None:
            place = [_cursor_expression(column.lstrip("-"), self.model) for column in ordering or ("id", "id")]
            statement = PreparedQuery(self.model, ordering, self.aliases, [*self.columns, *place])
            self._statements[ordering] = statement
        return statement


def decode_row(row: JSONRow) -> Any:
    """What the row says, for forms that say it in another way."""
    return orjson.loads(orjson.dumps(row))


@lru_cache(maxsize=1000)
def _cached_sql_serializer(serializer: Any, selection: FieldSelection, base: str) -> SQLSerializer:  # noqa: ARG001  # addresses begin with it
    return SQLSerializer(serializer, selection)


def sql_serializer_for(
    serializer: Any, fields: Sequence[str] | None = None, expand: Sequence[str] = ()
) -> SQLSerializer:
    """The plan for what this serializer declares; of its `fields` only these, and with more of what is in `expand`.

    Raises UnknownFieldError for a name that it has not.
    """
    return _cached_sql_serializer(serializer, FieldSelection.of(serializer, fields, expand), settings.FACTBASE_BASE_URL)


def _cursor_expression(column: str, model: type[Model]) -> Any:
    """A column of the model, or a number of a joined table, as a cursor holds it."""
    if "__" in column:
        return F(column)
    kind = model._meta.get_field(column).get_internal_type()  # Django's documented API
    return ISODateTime(column) if kind == "DateTimeField" else F(column)


def _field_columns(
    serializer: type[Any], selection: FieldSelection, at: str, aliases: ColumnAliases
) -> Iterator[tuple[str, Any]]:
    """Each field's name, and the column that it is of the row at this path; what that needs goes into `aliases`."""
    for name, field in selection.fields_of(serializer):
        if isinstance(field, serializers.ListSerializer | serializers.ManyRelatedField):
            yield name, _nested_array(field, serializer.hanging[name], selection.within(name), at)
        elif isinstance(field, serializers.BaseSerializer):
            yield name, _nested_object(field, selection.within(name), at, aliases)
        elif isinstance(field, ComputedField):
            column, more = field.computed(at)
            aliases.update(more)
            yield name, column
        else:
            yield name, _column_factory(field)(_column_path(field, at))


def _column_path(field: Any, at: str) -> str:
    path: str = at + field.source.replace(".", "__")
    return f"{path[:-2]}id" if path == "pk" or path.endswith("__pk") else path


def _nested_object(field: Any, selection: FieldSelection, at: str, aliases: ColumnAliases) -> NestedObject:
    """A relation to one row: null where there is none."""
    path = _column_path(field, at)
    if isinstance(field, CurrentVerificationMixin):
        path, more = field.related(at)
        aliases.update(more)
    return _build_object(type(field), selection, f"{path}__", aliases, needed=f"{path}__id")


def _build_object(
    serializer: type[Any], selection: FieldSelection, at: str, aliases: ColumnAliases, needed: str | None = None
) -> NestedObject:
    columns = dict(_field_columns(serializer, selection, at, aliases))
    within = [RawJSON(each) if isinstance(each, NestedArray) else each for each in columns.values()]
    return NestedObject(tuple(columns), within, needed)


def _nested_array(field: Any, hanging: RelatedRows, selection: FieldSelection, at: str) -> NestedArray:
    """Rows that hang on the row: a list."""
    aliases: ColumnAliases = {}
    item = (
        JSONText(F(field.child_relation.slug_field))  # type: ignore[attr-defined]  # names are told by a column
        if isinstance(field, serializers.ManyRelatedField)
        else _build_object(type(field.child), selection, "", aliases)
    )
    rows = hanging.rows(f"{at}pk").annotate(**aliases).values(item=item)
    return NestedArray(rows[: hanging.most] if hanging.most else rows)


def _column_factory(field: Any) -> Callable[[str], Any]:
    """How a plain column is written."""
    if isinstance(field, PermalinkField | ListURLField):
        return field.column
    if isinstance(field, serializers.DateTimeField):
        return ISODateTime
    if isinstance(field, serializers.DateField):
        return DateText
    if isinstance(field, SpansField):
        return RawJSON
    if isinstance(field, serializers.FloatField):
        return JSONFloat
    if isinstance(field, _PLAIN_FIELDS):
        return F
    raise TypeError(f"{field!r} does not say how it is read")
