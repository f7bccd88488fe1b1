"""Rows as the API shows them, for templates: what is public, and how it reads, is decided in one place."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

from claims.resources.resource import Resource
from claims.resources.sql.prepared_query import IdQuery
from claims.resources.sql.sql_serializer import SerializerClass, load_row, sql_serializer_for
from claims.search.parameter_values import MAX_ID

APIRow = dict[str, Any]


def read_rows(
    resource: Resource,
    rows: QuerySet[Model] | IdQuery,
    *,
    fields: Sequence[str] | None = None,
    expand: Sequence[str] = (),
    serializer_class: SerializerClass | None = None,
) -> list[APIRow]:
    """Reads these rows in their order, by one statement. They are selected among the resource's `rows()`.

    `serializer_class` is one with more fields than the resource's own.
    """
    serializer = sql_serializer_for(serializer_class or resource.serializer_class, fields, expand)
    return [load_row(row) for row in serializer.rows(rows)]


def read_row(
    resource: Resource,
    pk: int,
    *,
    fields: Sequence[str] | None = None,
    expand: Sequence[str] = (),
    serializer_class: SerializerClass | None = None,
) -> APIRow | None:
    """Reads one row; None if it is not public."""
    if pk > MAX_ID:
        return None
    rows = read_rows(resource, resource.row(pk), fields=fields, expand=expand, serializer_class=serializer_class)
    return rows[0] if rows else None
