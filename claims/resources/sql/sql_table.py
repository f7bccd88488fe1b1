"""Compiles the table of a resource: its fields, flattened into the columns of a CSV or a workbook.

A column is declared as the path of a field in the resource's serializer (`speaker.name`), which gives its SQL, its
datatype and its description. A path through a list joins the values of all its rows into one cell (`topics.name`), or
takes the first row (`quotes.first.role`).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Case, F, Q, QuerySet, TextField, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from rest_framework import serializers

from claims.resources.fields import ComputedField, PermalinkField, SpansField
from claims.resources.sql.expressions import ISODate, JoinedText, SpansText
from claims.resources.sql.prepared_query import PreparedQuery, with_execution_time
from claims.resources.sql.sql_serializer import (
    Annotations,
    BoundField,
    SerializerClass,
    bound_fields,
    column_factory,
    column_lookup,
    object_lookup,
    required_lookup,
)
from claims.search.full_text import list_ordering
from claims.search.keyset import KeysetOrdering, order_by_keyset

SEPARATOR = "; "  # between the values of a cell that holds several
UNIT_SEPARATOR = "\x1f"  # the same, where they are split again
FIRST = "first"  # in a path: the first row of a list
_GENERATED_FIELDS = (PermalinkField, serializers.ChoiceField)  # their text is not written by people


class Datatype(StrEnum):
    """The datatypes of CSV on the Web that are used here."""

    INTEGER = "integer"
    NUMBER = "double"
    BOOLEAN = "boolean"
    TEXT = "string"
    DATE = "date"
    DATETIME = "dateTime"


_DATATYPES: tuple[tuple[type, Datatype], ...] = (
    (serializers.IntegerField, Datatype.INTEGER),
    (serializers.FloatField, Datatype.NUMBER),
    (serializers.BooleanField, Datatype.BOOLEAN),
    (serializers.DateTimeField, Datatype.DATETIME),
    (serializers.DateField, Datatype.DATE),
)


@dataclass(frozen=True, slots=True)
class Path:
    """The path of a field, where a column differs from it in its description, or shows only the date of a time."""

    path: str
    description: str = ""
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column. No cell is empty if it is `required`; a cell may hold several values if it `is_list`.

    `is_key`: it has the row's id.
    """

    name: str
    datatype: Datatype
    description: str
    required: bool = False
    is_list: bool = False
    is_generated: bool = False
    is_key: bool = False

    def json_value(self, cell: Any) -> Any:
        """Returns the value for JSON: lists as lists, and empty text as such instead of null."""
        if self.is_list:
            return cell.split(UNIT_SEPARATOR) if cell else []
        if self.datatype is Datatype.BOOLEAN:
            return None if cell is None else cell in {"true", True}
        return "" if cell is None and self.datatype is Datatype.TEXT else cell

    def typed_value(self, cell: Any) -> Any:
        """Returns the value for a workbook: dates and datetimes as such."""
        if cell and isinstance(cell, str):
            if self.datatype is Datatype.DATE:
                return dt.date.fromisoformat(cell)
            if self.datatype is Datatype.DATETIME:
                return dt.datetime.fromisoformat(cell)
        return cell


class SQLTable:
    """The columns of a resource's table, and the queries for its rows."""

    def __init__(
        self,
        serializer: SerializerClass,
        paths: Mapping[str, "str | Path"],
        separator: str,
        expand: frozenset[str] = frozenset(),
    ) -> None:
        self.serializer, self.separator, self.expand = serializer, separator, expand
        self.annotations: Annotations = {}
        self.condition: Q | None = None
        cells = [self._cell(name, path if isinstance(path, Path) else Path(path)) for name, path in paths.items()]
        self.columns = tuple(column for column, _ in cells)
        self.cells = tuple(cell for _, cell in cells)

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    def prepare(
        self,
        ordering: KeysetOrdering,
        *,
        wrap_cell: Callable[[Column, Combinable], Combinable] = lambda _, cell: cell,
        wrap_position: Callable[[Combinable], Combinable] = lambda position: position,
    ) -> PreparedQuery:
        """Prepares the query for the cells of rows in this order, behind their keyset position."""
        return PreparedQuery(
            self.serializer.Meta.model,
            ordering,
            self.annotations,
            list(map(wrap_cell, self.columns, self.cells)),
            condition=self.condition,
            wrap_position=wrap_position,
        )

    def statement(
        self,
        whole_list: QuerySet[Any],
        rows: QuerySet[Any] | None,
        ordering: KeysetOrdering,
        *,
        wrap_cell: Callable[[Column, Combinable], Combinable],
    ) -> tuple[str, list[Any]]:
        """Returns one statement for the cells of these rows of a list, or of all of it, and its parameters.

        The conditions of the list itself are not in a subquery, so that the database can walk the index of its order.
        """
        selected = whole_list
        if rows is not None:
            ordering = list_ordering(rows, ordering)
            selected = whole_list.filter(pk__in=rows.order_by().values("pk"))
        # Django stores its own state in the aliases that it is given.
        selected = selected.annotate(**{name: alias.clone() for name, alias in self.annotations.items()})
        if self.condition is not None:
            selected = selected.filter(self.condition)
        cells = map(wrap_cell, self.columns, self.cells)
        return with_execution_time(order_by_keyset(selected, ordering).values_list(*cells).query.sql_with_params())

    def _cell(self, name: str, path: Path) -> tuple[Column, Combinable]:
        serializer, prefix, annotations = self.serializer, "", self.annotations
        required = ""  # the lookup that is null where the row that the path leads to is not shown
        # Of each list that the path goes through: its rows, their annotations, and `required` of what has the list.
        lists: list[tuple[QuerySet[Any], Annotations, str]] = []
        list_description = ""
        is_required = True
        field: BoundField = None
        for part in path.path.split("."):
            if part == FIRST:
                lists.pop()
                list_description, prefix, annotations = "", f"{field.source}__", self.annotations
                self.condition = self.serializer.related_rows[field.source].is_first
                if self.condition is None:
                    raise TypeError(f"{path.path}: nothing says which of the {field.source} is the first")
                continue
            expand = self.expand if field is None else frozenset[str]()
            field = dict(bound_fields(serializer, expand))[part]
            if isinstance(field, serializers.ListSerializer | serializers.ManyRelatedField):
                rows, annotations = serializer.related_rows[part].rows(f"{prefix}pk"), {}
                lists.append((rows, annotations, required))
                list_description, prefix, required = str(field.help_text or ""), "", ""
                serializer = type(getattr(field, "child", None))
            elif isinstance(field, serializers.BaseSerializer):
                prefix = f"{object_lookup(field, prefix, annotations)}__"
                serializer, is_required = type(field), is_required and not field.allow_null
                required = required_lookup(serializer, prefix) if hasattr(serializer, "null_unless") else required
        cell = _expression(field, serializer, prefix, annotations, is_date=path.is_date)
        cell = _null_without(required, cell)
        datatype = next((datatype for kind, datatype in _DATATYPES if isinstance(field, kind)), Datatype.TEXT)
        if datatype is Datatype.BOOLEAN:
            cell = Cast(cell, TextField())  # as SQLite, which has none, shows it
        if lists and datatype is not Datatype.TEXT:
            cell = Cast(cell, TextField())
        for rows, row_annotations, list_required in reversed(lists):
            joined = JoinedText(rows.annotate(**row_annotations).values(label=cell), separator=self.separator)
            cell = _null_without(list_required, joined)
        column = Column(
            name,
            Datatype.DATE if path.is_date else datatype,
            path.description or (list_description or field.help_text or "").removesuffix("."),
            required=is_required and not field.allow_null and not lists,  # a list may be empty
            is_list=bool(lists) or isinstance(field, SpansField),
            is_generated=not lists and isinstance(field, _GENERATED_FIELDS),
            is_key=path.path == "id",
        )
        return column, cell


@lru_cache(maxsize=100)  # by all that the SQL depends on; `base_url` begins its URLs
def _cached_sql_table(
    serializer: SerializerClass,
    paths: tuple[tuple[str, str | Path], ...],
    separator: str,
    expand: frozenset[str],
    base_url: str,  # noqa: ARG001  # part of the cache key
) -> SQLTable:
    return SQLTable(serializer, dict(paths), separator, expand)


def sql_table_for(
    serializer: SerializerClass,
    paths: Mapping[str, str | Path],
    separator: str = SEPARATOR,
    expand: frozenset[str] = frozenset(),
) -> SQLTable:
    """Returns the table of these columns, each the path of a field, with the objects in `expand` in full."""
    return _cached_sql_table(serializer, tuple(paths.items()), separator, expand, settings.FACTBASE_BASE_URL)


def _null_without(required: str, cell: Combinable) -> Combinable:
    return Case(When(**{f"{required}__isnull": False}, then=cell)) if required else cell


def _expression(
    field: BoundField, serializer: SerializerClass, prefix: str, annotations: Annotations, *, is_date: bool
) -> Combinable:
    """Returns the SQL of a field as text or a number, for the row at this lookup prefix."""
    if isinstance(field, serializers.ManyRelatedField):
        return F(field.child_relation.slug_field)  # type: ignore[attr-defined]  # a SlugRelatedField
    if isinstance(field, serializers.ListSerializer):
        text: Combinable = serializer.as_text()
        return text
    if isinstance(field, ComputedField):
        expression, field_annotations = field.expression(prefix)
        annotations.update(field_annotations)
        # Of a related row that is missing, it would say something.
        return Case(When(**{f"{prefix}id__isnull": False}, then=expression)) if prefix else expression
    lookup = column_lookup(field, prefix)
    if isinstance(field, SpansField):
        return SpansText(lookup)
    if is_date or isinstance(field, serializers.DateField):
        return ISODate(lookup)
    return F(lookup) if isinstance(field, serializers.FloatField) else column_factory(field)(lookup)
