"""`explain_resource`: prints what is derived from the declaration of a public resource."""

from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.management.base import BaseCommand
from django.db import connection

from claims.database.triggers.changes import change_triggers
from claims.resources import RESOURCES
from claims.resources.resource import Resource
from claims.resources.sql.prepared_query import IdQuery, PreparedQuery
from claims.resources.sql.sql_serializer import all_field_names, expandable_names, sql_serializer_for
from claims.search.keyset import KeysetOrdering, order_by_keyset
from claims.services.changefeed.change_dependencies import CLAIM_DEPENDENTS, CLAIM_SOURCES, DEPENDENCIES

PAGE_SIZE = 50


class Command(BaseCommand):
    help = "Print what is derived from the declaration of a public resource: SQL, filters, columns, change tracking."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("resource", choices=list(RESOURCES))

    def handle(self, *, resource: str, **options: object) -> None:
        for title, lines in explain(RESOURCES[resource]):
            self.stdout.write(self.style.MIGRATE_HEADING(title))
            for line in lines:
                self.stdout.write(f"  {line}")


def explain(resource: Resource) -> Iterator[tuple[str, list[str]]]:
    """Yields titles, each with lines about the resource."""
    name = resource.name
    yield "Fields", all_field_names(resource.serializer_class)
    yield "Expandable fields", expandable_names(resource.serializer_class)
    filters = resource.filterset_class.base_filters.items()
    yield "Filters", [f"{parameter}: {row_filter.description}" for parameter, row_filter in filters]
    yield "Orderings", [f"{ordering}: {columns or 'by rank'}" for ordering, columns in resource.orderings.items()]
    yield "Formats", ["json", "csv", "jsonl", "xlsx", *resource.page_formats]
    columns = resource.table.columns
    yield "CSV columns", [f"{column.name} ({column.datatype}): {column.description}" for column in columns]
    ordering = resource.default_ordering
    yield "SQL of a page", [_page_sql(resource, sql_serializer_for(resource.serializer_class).prepared_query(ordering))]
    yield "SQL of the CSV", [_page_sql(resource, resource.table.prepare(ordering))]
    statements = [statement for derived in change_triggers(connection) for statement in derived.statements]
    yield "Change triggers", [statement for statement in statements if f"'{name}'" in statement]
    edges = [*CLAIM_SOURCES, *CLAIM_DEPENDENTS, *DEPENDENCIES]
    yield "Changes with", sorted({f"{edge.kind} ({edge.lookup})" for edge in edges if edge.dependent_kind == name})
    yield "Changes", sorted({f"{edge.dependent_kind} ({edge.lookup})" for edge in edges if edge.kind == name})


def _page_sql(resource: Resource, query: PreparedQuery) -> str:
    ordering: KeysetOrdering = resource.default_ordering
    ids = IdQuery.of(order_by_keyset(resource.rows(), ordering)[:PAGE_SIZE])
    return query.statement(ids)[0] if ids else ""
