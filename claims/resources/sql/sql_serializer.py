"""Compiles a serializer into one SQL query that returns each row's JSON.

The serializers are declarations: they never run. `sql_serializer_for` reads a serializer's fields once and turns them
into the query's columns, each of them JSON text, and a template for the row's JSON. Related single rows are joined;
lists of related rows are one column (see `claims.resources.sql.expressions`). So a list takes one query whatever is
nested in its rows, the database writes what readers get, and a row costs Python a microsecond. A field that is not a
plain column says itself how it is read (see `claims.resources.fields`). A request may select fields (`fields`), and ask
for nested objects in full (`expand`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Self

import orjson
from django.conf import settings
from django.db.models import F, FilteredRelation, Model, QuerySet
from django.db.models.expressions import Combinable
from rest_framework import serializers

from claims.resources.fields import (
    ComputedField,
    CurrentVerificationMixin,
    ListURLField,
    PermalinkField,
    RelatedRows,
    SpansField,
)
from claims.resources.sql.expressions import (
    DateText,
    ISODateTime,
    JSONFloat,
    JSONText,
    NestedArray,
    NestedObject,
    RawJSON,
    SpansJSON,
)
from claims.resources.sql.prepared_query import IdQuery, PreparedQuery
from claims.search.suggestions import did_you_mean, must_be_one_of

MAX_FIELD_NAMES = 100  # in one parameter

BoundField = Any  # a field or nested serializer, which has a `source`
SerializerClass = Any  # a serializer, which may have `expandable` fields
JSONRow = orjson.Fragment  # a row as JSON text
Annotations = dict[str, FilteredRelation]

_PLAIN_FIELDS = (
    serializers.CharField,
    serializers.IntegerField,
    serializers.ChoiceField,
)


class UnknownFieldError(Exception):
    """The resource has no fields of these names, or none that can be expanded: `messages` has them by parameter."""

    def __init__(self, serializer: SerializerClass, fields: Sequence[str], expand: Sequence[str]) -> None:
        expandable = expandable_names(serializer)
        self.known_fields = all_field_names(serializer)
        unknown_fields = [f"unknown field {name[:100]!r}{did_you_mean(name, self.known_fields)}" for name in fields]
        unexpandable = [f"{name[:100]!r} {must_be_one_of(name, expandable)}" for name in expand]
        messages = {"fields": unknown_fields, "expand": unexpandable}
        self.messages = {parameter: texts for parameter, texts in messages.items() if texts}
        super().__init__("; ".join([*unknown_fields, *unexpandable]))


@dataclass(frozen=True, slots=True)
class FieldSelection:
    """The selection within one object: dotted names of its fields (None for all), and the fields to expand."""

    fields: frozenset[str] | None = None
    expand: frozenset[str] = frozenset()

    @classmethod
    def of(cls, serializer: SerializerClass, fields: Sequence[str] | None, expand: Sequence[str]) -> Self:
        """Checks the names. Selecting a field that only an expansion has implies the expansion.

        Raises UnknownFieldError.
        """
        known, own = all_field_names(serializer), field_names(serializer)
        unknown_fields = [name for name in dict.fromkeys(fields or ()) if name not in known]
        unexpandable = sorted(set(expand) - set(expandable_names(serializer)))
        if unknown_fields or unexpandable:
            raise UnknownFieldError(serializer, unknown_fields, unexpandable)
        implied = {name.partition(".")[0] for name in fields or () if name not in own}
        return cls(None if fields is None else frozenset(fields), frozenset(expand) | implied)

    def selected_fields(self, serializer: SerializerClass) -> Iterator[tuple[str, BoundField]]:
        """Yields the names and bound fields that are selected, in the serializer's order."""
        for name, field in bound_fields(serializer, self.expand):
            if (
                self.fields is None
                or name in self.fields
                or any(selected.startswith(f"{name}.") for selected in self.fields)
            ):
                yield name, field

    def nested(self, name: str) -> "FieldSelection":
        """Returns the selection within the object in this field."""
        if self.fields is None or name in self.fields:
            return FieldSelection()
        prefix = f"{name}."
        return FieldSelection(
            frozenset(selected.removeprefix(prefix) for selected in self.fields if selected.startswith(prefix))
        )


def expandable_names(serializer: SerializerClass) -> list[str]:
    return sorted(getattr(serializer, "expandable", {}))


@cache  # serializers do not change
def field_names(serializer: SerializerClass) -> list[str]:
    """Returns the names of all fields, those of nested objects as dotted names."""
    return list(_iter_field_names(serializer, frozenset()))


@cache  # serializers do not change
def all_field_names(serializer: SerializerClass) -> list[str]:
    """Returns `field_names`, and the names that expansions add."""
    expanded = _iter_field_names(serializer, frozenset(expandable_names(serializer)))
    return list(dict.fromkeys([*field_names(serializer), *expanded]))


def bound_fields(serializer: SerializerClass, expand: frozenset[str]) -> list[tuple[str, BoundField]]:
    instance = serializer()
    fields = dict(instance.fields.items())
    for name in sorted(expand):
        fields[name] = serializer.expandable[name]()
        fields[name].bind(name, instance)
    return list(fields.items())


def _iter_field_names(serializer: SerializerClass, expand: frozenset[str]) -> Iterator[str]:
    for name, field in bound_fields(serializer, expand):
        yield name
        item = field.child if isinstance(field, serializers.ListSerializer) else field
        if isinstance(item, serializers.BaseSerializer):
            yield from (f"{name}.{nested}" for nested in _iter_field_names(type(item), frozenset()))


def column_paths(
    serializer: SerializerClass, fields: Sequence[str], expand: Sequence[str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Returns the columns of a table with these fields, or with those of the expanded objects, and what to expand.

    A column is called like the path of its field. An object or a list has a column for each of its fields.

    Raises UnknownFieldError.
    """
    selection = FieldSelection.of(serializer, fields, expand)
    names = list(_iter_field_names(serializer, selection.expand))
    plain = [name for name in names if not any(other.startswith(f"{name}.") for other in names)]
    selected = [
        name for wanted in fields or expand for name in plain if name == wanted or name.startswith(f"{wanted}.")
    ]
    return dict(zip(selected, selected, strict=True)), selection.expand


class SQLSerializer:
    """Reads the selected fields of a serializer for the rows of its model."""

    def __init__(self, serializer: SerializerClass, selection: FieldSelection) -> None:
        self.model: type[Model] = serializer.Meta.model
        self.annotations: Annotations = {}
        columns = dict(field_columns(serializer, selection, "", self.annotations))
        self.columns = [column if isinstance(column, NestedArray) else JSONText(column) for column in columns.values()]
        self.template = "{" + ",".join(f'"{name}":%s' for name in columns) + "}"
        self._queries: dict[tuple[str, ...], PreparedQuery] = {}

    def rows(self, rows: QuerySet[Model] | IdQuery) -> list[JSONRow]:
        """Reads these rows in their order, by one query."""
        return [row for _, _, row in self.rows_with_positions(rows)]

    def rows_with_positions(self, rows: QuerySet[Model] | IdQuery) -> list[tuple[Any, int, JSONRow]]:
        """Reads these rows in their order, by one query, each behind its keyset position in that order."""
        template = self.template
        return [(row[0], row[1], JSONRow(template % row[2:])) for row in self._read(rows)]

    def _read(self, rows: QuerySet[Model] | IdQuery) -> list[Any]:
        ids = rows if isinstance(rows, IdQuery) else IdQuery.of(rows)
        return [] if ids is None else self.prepared_query(ids.ordering).read(ids)

    def prepared_query(self, ordering: Any) -> PreparedQuery:
        query = self._queries.get(ordering)
        if query is None:
            query = PreparedQuery(self.model, ordering, self.annotations, self.columns)
            self._queries[ordering] = query
        return query


def load_row(row: JSONRow) -> Any:
    """Returns what the row's JSON text says."""
    return orjson.loads(orjson.dumps(row))


@lru_cache(maxsize=1000)  # by all that the SQL depends on; `base_url` begins its URLs
def _cached_sql_serializer(serializer: SerializerClass, selection: FieldSelection, base_url: str) -> SQLSerializer:  # noqa: ARG001  # URLs in the query begin with it
    return SQLSerializer(serializer, selection)


def sql_serializer_for(
    serializer: SerializerClass, fields: Sequence[str] | None = None, expand: Sequence[str] = ()
) -> SQLSerializer:
    """Returns the SQL serializer for these `fields` (None for all) with the nested objects in `expand` in full.

    Raises UnknownFieldError.
    """
    return _cached_sql_serializer(serializer, FieldSelection.of(serializer, fields, expand), settings.FACTBASE_BASE_URL)


def field_columns(
    serializer: SerializerClass, selection: FieldSelection, prefix: str, annotations: Annotations
) -> Iterator[tuple[str, Combinable]]:
    """Yields each field's name and column, for the row at this lookup prefix. Adds what they need to `annotations`."""
    for name, field in selection.selected_fields(serializer):
        if isinstance(field, serializers.ListSerializer | serializers.ManyRelatedField):
            yield name, _nested_array(field, serializer.related_rows[name], selection.nested(name), prefix)
        elif isinstance(field, serializers.BaseSerializer):
            yield name, _nested_object(field, selection.nested(name), prefix, annotations)
        elif isinstance(field, ComputedField):
            expression, field_annotations = field.expression(prefix)
            annotations.update(field_annotations)
            yield name, expression
        else:
            yield name, column_factory(field)(column_lookup(field, prefix))


def column_lookup(field: BoundField, prefix: str) -> str:
    lookup: str = prefix + field.source.replace(".", "__")
    return f"{lookup[:-2]}id" if lookup == "pk" or lookup.endswith("__pk") else lookup


def object_lookup(field: BoundField, prefix: str, annotations: Annotations) -> str:
    """Returns the lookup of a related row. Adds what it needs to `annotations`."""
    if not isinstance(field, CurrentVerificationMixin):
        return column_lookup(field, prefix)
    lookup, field_annotations = field.lookup(prefix)
    annotations.update(field_annotations)
    return lookup


def _nested_object(field: BoundField, selection: FieldSelection, prefix: str, annotations: Annotations) -> NestedObject:
    """Returns the column for a related row: null if there is none, or where the row is not shown."""
    lookup = object_lookup(field, prefix, annotations)
    required = required_lookup(type(field), f"{lookup}__")
    return _build_object(type(field), selection, f"{lookup}__", annotations, required=required)


def required_lookup(serializer: SerializerClass, prefix: str) -> str:
    """Returns the lookup of the column that is null if there is no row at this lookup prefix, or none to show.

    A serializer may name a column of its model, `null_unless`: related rows in which that is null are not shown.
    """
    return f"{prefix}{getattr(serializer, 'null_unless', 'id')}"


def _build_object(
    serializer: SerializerClass,
    selection: FieldSelection,
    prefix: str,
    annotations: Annotations,
    required: str | None = None,
) -> NestedObject:
    columns = dict(field_columns(serializer, selection, prefix, annotations))
    values = [RawJSON(column) if isinstance(column, NestedArray) else column for column in columns.values()]
    return NestedObject(tuple(columns), values, required)


def _nested_array(field: BoundField, related: RelatedRows, selection: FieldSelection, prefix: str) -> NestedArray:
    """Returns the column for a list of related rows."""
    annotations: Annotations = {}
    item = (
        JSONText(F(field.child_relation.slug_field))  # type: ignore[attr-defined]  # a SlugRelatedField
        if isinstance(field, serializers.ManyRelatedField)
        else _build_object(type(field.child), selection, "", annotations)
    )
    rows = related.rows(f"{prefix}pk").annotate(**annotations).values(item=item)
    return NestedArray(rows[: related.limit] if related.limit else rows)


def column_factory(field: BoundField) -> Callable[[str], Combinable]:
    """Returns the expression class for the column of a plain field."""
    if isinstance(field, PermalinkField | ListURLField):
        return field.column
    if isinstance(field, serializers.DateTimeField):
        return ISODateTime
    if isinstance(field, serializers.DateField):
        return DateText
    if isinstance(field, SpansField):
        return SpansJSON
    if isinstance(field, serializers.FloatField):
        return JSONFloat
    if isinstance(field, _PLAIN_FIELDS):
        return F
    raise TypeError(f"no SQL expression for the field {field!r}")
