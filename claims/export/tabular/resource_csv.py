"""Resources as CSV: RFC 4180, UTF-8, safe to open in a spreadsheet."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from claims.export.tabular import pg_copy
from claims.export.tabular.csv_format import BOM, format_csv, format_csv_columns
from claims.export.tabular.csv_injection import SUSPECT_FIRST_CHARACTERS, guard_formula
from claims.resources.resource import Resource
from claims.resources.sql.prepared_query import iter_blocks
from claims.resources.sql.sql_table import SQLTable
from claims.search.full_text import list_ordering
from claims.search.keyset import KeysetOrdering

FIRST_BLOCK_SIZE = 100  # rows: small, so that the first bytes are sent at once
BLOCK_SIZE = 2000  # rows of all other blocks: few enough to stay small in memory, enough to be fast

Cells = tuple[Any, ...]  # numbers and text, in the order of the columns


def iter_cell_blocks(
    table: SQLTable,
    rows: QuerySet[Model],
    ordering: KeysetOrdering,
    *,
    size: int = BLOCK_SIZE,
    first: int = FIRST_BLOCK_SIZE,
) -> Iterator[list[Cells]]:
    """Yields the cells of these rows in blocks."""
    query = table.prepare(list_ordering(rows, ordering))
    for block in iter_blocks(query.read, rows, ordering, size=size, first=first):
        yield [row[2:] for row in block]


def stream_csv(
    resource: Resource,
    rows: QuerySet[Model] | None = None,
    *,
    ordering: KeysetOrdering | None = None,
    raw: bool = False,
    bom: bool = False,
    table: SQLTable | None = None,
    size: int = BLOCK_SIZE,
    first: int = FIRST_BLOCK_SIZE,
) -> Iterator[bytes]:
    """Yields these rows of a resource, or all, as CSV, block by block; the first is the header.

    The same bytes on both databases. Text that a spreadsheet would run as a formula is guarded by a leading `'`, unless
    `raw`. `table` has other columns than those of the resource.
    """
    table, ordering = table or resource.table, ordering or resource.default_ordering
    yield ((BOM if bom else "") + format_csv([table.header])).encode()
    if pg_copy.is_copy_available():
        yield from pg_copy.copy_csv_blocks(
            table, resource.rows(), rows, ordering, raw=raw, size=size, first=min(first, size)
        )
        return
    is_guarded = [not raw and pg_copy.is_guarded(column) for column in table.columns]
    rows = resource.rows() if rows is None else rows
    for block in iter_cell_blocks(table, rows, ordering, size=size, first=first):
        columns = zip(is_guarded, zip(*block, strict=True), strict=True)
        yield format_csv_columns([_guard_column(cells) if guard else cells for guard, cells in columns]).encode()


def typed_blocks(
    resource: Resource, rows: QuerySet[Model], *, ordering: KeysetOrdering | None = None
) -> Iterator[list[list[Any]]]:
    """Yields the cells of these rows in blocks, with dates and datetimes as such, as a workbook needs them."""
    table = resource.table
    for block in iter_cell_blocks(table, rows, ordering or resource.default_ordering):
        yield [[column.typed_value(cell) for column, cell in zip(table.columns, row, strict=True)] for row in block]


def _guard_column(cells: Sequence[Any]) -> list[Any]:
    return [guard_formula(text) if text and text[0] in SUSPECT_FIRST_CHARACTERS else text for text in cells]
