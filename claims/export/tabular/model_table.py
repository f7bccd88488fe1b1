"""Exports of any model as a flat table, for editors: the rows with given ids, in the order of these."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from claims.export.tabular.csv_format import format_cell, format_csv
from claims.export.tabular.csv_injection import guard_reversibly

TABLE_BLOCK_SIZE = 2000  # rows per query, one parameter each: SQLite takes 32,766 at most


@dataclass(frozen=True, slots=True)
class ModelColumn:
    """A column: the value at a lookup, passed through `convert`; or what `collect` returns for a block of ids."""

    name: str
    lookup: str = ""
    convert: Callable[[Any], object] | None = None
    collect: Callable[[Sequence[int]], Mapping[int, object]] | None = None


@dataclass(frozen=True, slots=True)
class ModelTable:
    """The table of a model. `rows` returns all its rows, annotated as the columns' lookups need."""

    name: str
    rows: Callable[[], QuerySet[Model]]
    columns: tuple[ModelColumn, ...]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


def collect_ids(rows: QuerySet[Model]) -> "array[int]":
    """Returns the ids of these rows in order. An array takes eight bytes per id."""
    return array("q", rows.values_list("pk", flat=True).iterator(chunk_size=TABLE_BLOCK_SIZE))


def iter_table_blocks(
    table: ModelTable, ids: Sequence[int], *, size: int = TABLE_BLOCK_SIZE
) -> Iterator[list[list[object]]]:
    """Yields the values of these rows in blocks, in the order of `ids`. Rows deleted since are left out.

    A block takes one query, and one more for each column that collects. No cursor stays open while a slow client reads.
    """
    lookups = list(dict.fromkeys(column.lookup for column in table.columns if column.lookup))
    for start in range(0, len(ids), size):
        block_ids = list(ids[start : start + size])
        rows = {row[0]: row for row in table.rows().filter(pk__in=block_ids).order_by().values_list("pk", *lookups)}
        collected = {column.name: column.collect(block_ids) for column in table.columns if column.collect}
        yield [
            [_cell_value(column, rows[pk], lookups, collected) for column in table.columns]
            for pk in block_ids
            if pk in rows
        ]


def stream_table_csv(table: ModelTable, ids: Sequence[int]) -> Iterator[bytes]:
    """Yields the table as CSV, block by block; the first is the header.

    Text that a spreadsheet would run as a formula is guarded by a `'`, which an import removes again.
    """
    yield format_csv([table.header]).encode()
    for rows in iter_table_blocks(table, ids, size=TABLE_BLOCK_SIZE):
        yield format_csv([guard_reversibly(format_cell(value)) for value in row] for row in rows).encode()


def _cell_value(
    column: ModelColumn, row: Sequence[Any], lookups: Sequence[str], collected: Mapping[str, Mapping[int, object]]
) -> object:
    if column.collect:
        return collected[column.name].get(row[0])
    value = row[1 + lookups.index(column.lookup)]
    return column.convert(value) if column.convert and value is not None else value
