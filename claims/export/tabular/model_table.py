"""Rows of any model as a flat table, as editors export them: by their ids, in the order these are given."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from claims.export.tabular.csv_injection import format_cell, format_csv, guard_reversibly

TABLE_BLOCK_SIZE = 2000  # rows fetched and written at once; an SQLite query takes so many ids, and 32,766 at most


@dataclass(frozen=True, slots=True)
class ModelColumn:
    """One column: a path of `values()`, its value put through `convert`; or what `gather` finds for a block of ids."""

    name: str
    path: str = ""
    convert: Callable[[Any], Any] | None = None
    gather: Callable[[Sequence[int]], Mapping[int, Any]] | None = None


@dataclass(frozen=True, slots=True)
class ModelTable:
    """What an export of one model holds. `rows` are all its rows, with what the paths of the columns need."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    columns: tuple[ModelColumn, ...]

    @property
    def header(self) -> list[str]:
        """The columns' names."""
        return [column.name for column in self.columns]


def collect_ids(rows: QuerySet[Any]) -> "array[int]":
    """The ids of these rows in their order: eight bytes each, so that a million of them are eight megabytes."""
    return array("q", rows.values_list("pk", flat=True).iterator(chunk_size=TABLE_BLOCK_SIZE))


def iter_table_blocks(
    table: ModelTable, ids: Sequence[int], *, size: int = TABLE_BLOCK_SIZE
) -> Iterator[list[list[Any]]]:
    """The values of these rows in blocks, in the order of `ids`; what was deleted since is left out.

    A block takes one query, and one more for each column that gathers. No cursor stays open while a slow reader reads.
    """
    paths = list(dict.fromkeys(column.path for column in table.columns if column.path))
    for start in range(0, len(ids), size):
        wanted = list(ids[start : start + size])
        found = {row[0]: row for row in table.rows().filter(pk__in=wanted).order_by().values_list("pk", *paths)}
        gathered = {column.name: column.gather(wanted) for column in table.columns if column.gather}
        yield [
            [_cell_value(column, found[pk], paths, gathered) for column in table.columns]
            for pk in wanted
            if pk in found
        ]


def stream_table_csv(table: ModelTable, ids: Sequence[int]) -> Iterator[bytes]:
    """The bytes of the table as CSV, a block of rows at a time; the first is the line of names.

    Text that a spreadsheet would run as a formula gets a leading `'`; reading it back takes that away again.
    """
    yield format_csv([table.header]).encode()
    for rows in iter_table_blocks(table, ids, size=TABLE_BLOCK_SIZE):
        yield format_csv([guard_reversibly(format_cell(value)) for value in row] for row in rows).encode()


def _cell_value(
    column: ModelColumn, row: Sequence[Any], paths: Sequence[str], gathered: Mapping[str, Mapping[int, Any]]
) -> Any:
    if column.gather:
        return gathered[column.name].get(row[0])
    value = row[1 + paths.index(column.path)]
    return column.convert(value) if column.convert and value is not None else value
