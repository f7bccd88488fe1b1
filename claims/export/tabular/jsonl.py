"""JSON Lines: one JSON object per line, in UTF-8."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
from django.db.models import Model, QuerySet

from claims.export.tabular.resource_csv import iter_cell_blocks
from claims.resources.resource import Resource
from claims.resources.sql.sql_table import UNIT_SEPARATOR, sql_table_for

MEDIA_TYPE = "application/jsonl"


def stream_json_lines(blocks: Iterable[Iterable[Mapping[str, Any] | orjson.Fragment]]) -> Iterator[bytes]:
    """Yields the bytes of these rows, block by block."""
    for rows in blocks:
        yield b"".join(orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def stream_table_jsonl(resource: Resource, rows: QuerySet[Model]) -> Iterator[bytes]:
    """Yields rows of a resource with the CSV's columns as typed members, block by block."""
    table = sql_table_for(resource.serializer_class, resource.columns, UNIT_SEPARATOR)
    for block in iter_cell_blocks(table, rows, resource.default_ordering):
        objects = (zip(table.columns, row, strict=True) for row in block)
        yield from stream_json_lines(
            [[{column.name: column.json_value(cell) for column, cell in row} for row in objects]]
        )
