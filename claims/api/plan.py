"""How a resource is read: a serializer, which declares what an answer looks like, made into columns of one statement.

Serializers do not run. `plan_for` asks one for its fields once, and makes of them the columns to be read, each the text
of its JSON, and the text that they are put into: relations to one row are joined, and rows that hang on a row come as
one column (see `claims.api.columns`). So a list is one statement, whatever hangs on its rows, the database writes what
readers get, and a row costs a microsecond here. A field that is not a plain column says itself how it is read: see
`claims.api.serializers.fields`.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.db.models import F, Model, QuerySet
from rest_framework import serializers

from claims.api.columns import DayText, FloatPart, Gathered, JSONPart, Packed, Written
from claims.api.selection import Selection
from claims.api.serializers.fields import AddressField, Computed, Hanging, ListAddressField, OfCurrent, Spans
from claims.api.statement import Statement
from claims.api.walk import Asked
from claims.export.expressions import Moment
from claims.search.keyset import Ordering, Position

Row = orjson.Fragment  # of an answer, as JSON already
Aliases = dict[str, Any]

_AS_THEY_ARE = (
    serializers.CharField,
    serializers.IntegerField,
    serializers.ChoiceField,
)


class Plan:
    """How rows of one model are read, as one serializer says, or those of its fields that were chosen."""

    def __init__(self, serializer: Any, selection: Selection) -> None:
        self.model: type[Model] = serializer.Meta.model
        self.aliases: Aliases = {}
        columns = dict(_columns(serializer, selection, "", self.aliases))
        self.columns = [each if isinstance(each, Gathered) else Written(each) for each in columns.values()]
        self.text = "{" + ",".join(f'"{name}":%s' for name in columns) + "}"
        self._statements: dict[Ordering | tuple[()], Statement] = {}

    def rows(self, queryset: QuerySet[Any]) -> list[Row]:
        """These rows, in their order, by one query."""
        return [row for _, row in self.placed(queryset)]

    def placed(self, asked: QuerySet[Any] | Asked) -> list[tuple[Position, Row]]:
        """The same, each with its position in the order that the rows are in."""
        text, end = self.text, len(self.columns)
        return [(row[end : end + 2], Row(text % row[:end])) for row in self._read(asked)]

    def _read(self, rows: QuerySet[Any] | Asked) -> list[Any]:
        asked = rows if isinstance(rows, Asked) else Asked.of(rows)
        return [] if asked is None else self._statement(asked.ordering).read(asked)

    def _statement(self, ordering: Any) -> Statement:
        statement = self._statements.get(ordering)
        if statement is None:
            place = [_as_kept(column.lstrip("-"), self.model) for column in ordering or ("id", "id")]
            statement = Statement(self.model, ordering, self.aliases, [*self.columns, *place])
            self._statements[ordering] = statement
        return statement


def parts(row: Row) -> Any:
    """What the row says, for forms that say it in another way."""
    return orjson.loads(orjson.dumps(row))


@lru_cache(maxsize=1000)
def _plan(serializer: Any, selection: Selection, base: str) -> Plan:  # noqa: ARG001  # addresses begin with it
    return Plan(serializer, selection)


def plan_for(serializer: Any, fields: Sequence[str] | None = None, expand: Sequence[str] = ()) -> Plan:
    """The plan for what this serializer declares; of its `fields` only these, and with more of what is in `expand`.

    Raises UnknownFieldError for a name that it has not.
    """
    return _plan(serializer, Selection.of(serializer, fields, expand), settings.FACTBASE_BASE_URL)


def _as_kept(column: str, model: type[Model]) -> Any:
    """A column of the model, or a number of a joined table, as a cursor holds it."""
    if "__" in column:
        return F(column)
    kind = model._meta.get_field(column).get_internal_type()  # noqa: SLF001  # Django's documented API
    return Moment(column) if kind == "DateTimeField" else F(column)


def _columns(serializer: type[Any], selection: Selection, at: str, aliases: Aliases) -> Iterator[tuple[str, Any]]:
    """Each field's name, and the column that it is of the row at this path; what that needs goes into `aliases`."""
    for name, field in selection.fields_of(serializer):
        if isinstance(field, serializers.ListSerializer | serializers.ManyRelatedField):
            yield name, _gathered(field, serializer.hanging[name], selection.within(name), at)
        elif isinstance(field, serializers.BaseSerializer):
            yield name, _object(field, selection.within(name), at, aliases)
        elif isinstance(field, Computed):
            column, more = field.computed(at)
            aliases.update(more)
            yield name, column
        else:
            yield name, _writing(field)(_path(field, at))


def _path(field: Any, at: str) -> str:
    path: str = at + field.source.replace(".", "__")
    return f"{path[:-2]}id" if path == "pk" or path.endswith("__pk") else path


def _object(field: Any, selection: Selection, at: str, aliases: Aliases) -> Packed:
    """A relation to one row: null where there is none."""
    path = _path(field, at)
    if isinstance(field, OfCurrent):
        path, more = field.related(at)
        aliases.update(more)
    return _packed(type(field), selection, f"{path}__", aliases, needed=f"{path}__id")


def _packed(
    serializer: type[Any], selection: Selection, at: str, aliases: Aliases, needed: str | None = None
) -> Packed:
    columns = dict(_columns(serializer, selection, at, aliases))
    within = [JSONPart(each) if isinstance(each, Gathered) else each for each in columns.values()]
    return Packed(tuple(columns), within, needed)


def _gathered(field: Any, hanging: Hanging, selection: Selection, at: str) -> Gathered:
    """Rows that hang on the row: a list."""
    aliases: Aliases = {}
    item = (
        Written(F(field.child_relation.slug_field))  # type: ignore[attr-defined]  # names are told by a column
        if isinstance(field, serializers.ManyRelatedField)
        else _packed(type(field.child), selection, "", aliases)
    )
    rows = hanging.rows(f"{at}pk").annotate(**aliases).values(item=item)
    return Gathered(rows[: hanging.most] if hanging.most else rows)


def _writing(field: Any) -> Callable[[str], Any]:
    """How a plain column is written."""
    if isinstance(field, AddressField | ListAddressField):
        return field.column
    if isinstance(field, serializers.DateTimeField):
        return Moment
    if isinstance(field, serializers.DateField):
        return DayText
    if isinstance(field, Spans):
        return JSONPart
    if isinstance(field, serializers.FloatField):
        return FloatPart
    if isinstance(field, _AS_THEY_ARE):
        return F
    raise TypeError(f"{field!r} does not say how it is read")
