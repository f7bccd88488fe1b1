"""How a resource is read: a serializer, which declares what an answer looks like, made into columns of one statement.

Serializers do not run. `plan_for` asks one for its fields once, and makes of them the columns to be read and what makes
the dict of a row from them: relations to one row are joined, and rows that hang on a row come as one JSON column (see
`claims.api.columns`). So a list is one statement, whatever hangs on its rows, and a row costs a few microseconds. A
field that is not a plain column says itself how it is read: see `claims.api.serializers.fields`.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

import orjson
from django.conf import settings
from django.db.models import F, Model, QuerySet
from rest_framework import serializers

from claims.api.columns import DayText, FloatPart, Gathered, JSONPart, JSONText, MomentText, Packed
from claims.api.selection import Selection
from claims.api.serializers.fields import AddressField, Computed, Hanging, ListAddressField, Related, Spans
from claims.api.statement import Statement
from claims.api.walk import Asked
from claims.search.keyset import Ordering, Position

Row = Sequence[Any]
Build = Callable[[Row], Any]
Fix = Callable[[Any], Any]

_AS_THEY_ARE = (
    serializers.CharField,
    serializers.IntegerField,
    serializers.ChoiceField,
)


class Plan:
    """How rows of one model are read, as one serializer says, or those of its fields that were chosen."""

    def __init__(self, serializer: Any, selection: Selection) -> None:
        self.model: type[Model] = serializer.Meta.model
        self.columns = Columns(within_json=False)
        self.build = _object(serializer, selection, "", self.columns)
        self._statements: dict[Ordering | tuple[()], Statement] = {}

    def rows(self, queryset: QuerySet[Any]) -> list[dict[str, Any]]:
        """The dicts of these rows, in their order, by one query. JSON can say all that is in them."""
        return [self.build(row) for row in self._read(queryset)]

    def placed(self, asked: QuerySet[Any] | Asked) -> list[tuple[Position, dict[str, Any]]]:
        """The same, each with its position in the order that the rows are in."""
        build = self.build
        return [((row[-2], row[-1]), build(row)) for row in self._read(asked)]

    def _read(self, rows: QuerySet[Any] | Asked) -> list[Row]:
        asked = rows if isinstance(rows, Asked) else Asked.of(rows)
        return [] if asked is None else self._statement(asked.ordering).read(asked)

    def _statement(self, ordering: Any) -> Statement:
        statement = self._statements.get(ordering)
        if statement is None:
            place = [self.columns.written(column.lstrip("-"), self.model) for column in ordering or ("id", "id")]
            statement = Statement(self.model, ordering, self.columns.aliases, [*self.columns.expressions, *place])
            self._statements[ordering] = statement
        return statement


class Columns:
    """The columns that are read, each once. Those `within_json` are written as JSON holds them."""

    def __init__(self, *, within_json: bool) -> None:
        self.within_json = within_json
        self.expressions: list[Any] = []
        self.aliases: dict[str, Any] = {}
        self._places: dict[str, int] = {}

    def place(self, key: str, expression: Any) -> int:
        """Where the column is in a row."""
        if key not in self._places:
            self._places[key] = len(self.expressions)
            self.expressions.append(expression)
        return self._places[key]

    def plain(self, path: str, write: Callable[[Any], Any] = F) -> int:
        """Where the column at this path is, as `write` writes it."""
        path = f"{path[:-2]}id" if path == "pk" or path.endswith("__pk") else path
        return self.place(path, write(path))

    @staticmethod
    def written(column: str, model: type[Model]) -> Any:
        """A column of the model, or a number of a joined table, as a cursor holds it."""
        if "__" in column:
            return F(column)
        kind = model._meta.get_field(column).get_internal_type()  # noqa: SLF001  # Django's documented API
        return MomentText(column) if kind == "DateTimeField" else F(column)


@lru_cache(maxsize=1000)
def _plan(serializer: Any, selection: Selection, base: str) -> Plan:  # noqa: ARG001  # addresses begin with it
    return Plan(serializer, selection)


def plan_for(serializer: Any, fields: Sequence[str] | None = None, expand: Sequence[str] = ()) -> Plan:
    """The plan for what this serializer declares; of its `fields` only these, and with more of what is in `expand`.

    Raises UnknownFieldError for a name that it has not.
    """
    return _plan(serializer, Selection.of(serializer, fields, expand), settings.FACTBASE_BASE_URL)


def _object(serializer: type[Any], selection: Selection, at: str, columns: Columns) -> Build:
    """What makes the dict of the row at this path."""
    fixes: list[tuple[str, Fix]] = []
    parts: list[tuple[str, Build]] = []
    names: list[str] = []
    places: list[int] = []
    for name, field in selection.fields_of(serializer):
        build: Build | None
        if isinstance(field, serializers.ListSerializer | serializers.ManyRelatedField):
            hanging = serializer.hanging[name]
            build, place, fix = _gathered(field, hanging, selection.within(name), at, columns), 0, None
        else:
            build, place, fix = _field(name, field, selection.within(name), at, columns)
        names.append(name)
        places.append(place)
        if build:
            parts.append((name, build))
        elif fix:
            fixes.append((name, fix))
    return _builder(tuple(names), tuple(places), tuple(fixes), tuple(parts))


def _builder(
    names: tuple[str, ...],
    places: tuple[int, ...],
    fixes: tuple[tuple[str, Fix], ...],
    parts: tuple[tuple[str, Build], ...],
) -> Build:
    pick: Callable[[Row], Row] = itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)

    def build(row: Row) -> dict[str, Any]:
        # What needs nothing done to it goes into its place at the speed of C; the rest is put right there.
        made = dict(zip(names, pick(row), strict=False))
        for name, fix in fixes:
            value = made[name]
            if value is not None:
                made[name] = fix(value)
        for name, part in parts:
            made[name] = part(row)
        return made

    return build


def _field(
    name: str, field: Any, selection: Selection, at: str, columns: Columns
) -> tuple[Build | None, int, Fix | None]:
    """What makes the field's value from a row; or else its place in the row, and what puts the value right."""
    path = at + field.source.replace(".", "__")
    if isinstance(field, serializers.BaseSerializer):
        if isinstance(field, Related):
            path, alias = field.related(at)
            columns.aliases.update(alias)
        return _joined(_object(type(field), selection, f"{path}__", columns), columns.plain(f"{path}__id")), 0, None
    if isinstance(field, Computed):
        expression, alias = field.computed(at)
        columns.aliases.update(alias)
        return None, columns.place(f"{at}{name}()", expression), None
    write, fix = _writing(field, within_json=columns.within_json)
    return None, columns.plain(path, write), fix


def _writing(field: Any, *, within_json: bool) -> tuple[Callable[[Any], Any], Fix | None]:
    """How a plain column is written, and what puts right how it comes."""
    if isinstance(field, AddressField | ListAddressField):
        return F, field.maker()
    if isinstance(field, serializers.DateTimeField):
        return MomentText, None
    if isinstance(field, serializers.DateField):
        return DayText, None
    if isinstance(field, Spans):
        return (JSONPart, None) if within_json else (JSONText, orjson.loads)
    if isinstance(field, serializers.FloatField):
        return (FloatPart, float) if within_json else (F, None)
    if isinstance(field, _AS_THEY_ARE):
        return F, None
    raise TypeError(f"{field!r} does not say how it is read")


def _joined(build: Build, place: int) -> Build:
    """A relation to one row: null where there is none."""
    return lambda row: None if row[place] is None else build(row)


def _gathered(field: Any, hanging: Hanging, selection: Selection, at: str, columns: Columns) -> Build:
    """Rows that hang on the row: a list."""
    inner = Columns(within_json=True)
    if isinstance(field, serializers.ManyRelatedField):
        inner.plain(field.child_relation.slug_field)  # type: ignore[attr-defined]  # names are told by a column
        build: Build = itemgetter(0)
    else:
        build = _object(type(field.child), selection, "", inner)
    rows = hanging.rows(f"{at}pk").annotate(**inner.aliases).values(item=Packed(*inner.expressions))
    rows = rows[: hanging.most] if hanging.most else rows
    place = columns.place(f"{at}{field.field_name}[]", Gathered(rows, part=columns.within_json))
    return partial(_unpacked if columns.within_json else _parsed, build, place)


def _parsed(build: Build, place: int, row: Row) -> list[Any]:
    text = row[place]
    return [build(item) for item in orjson.loads(text)] if text else []


def _unpacked(build: Build, place: int, row: Row) -> list[Any]:
    return [build(item) for item in row[place] or ()]
