"""Rows as JSON Lines: one JSON object a line, in UTF-8."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
from django.db.models import QuerySet

from claims.export.tabular import claim_rows as flat

MEDIA_TYPE = "application/jsonl"


def stream_json_lines(blocks: Iterable[Iterable[Mapping[str, Any] | orjson.Fragment]]) -> Iterator[bytes]:
    """The bytes of these rows, a block at a time."""
    for rows in blocks:
        yield b"".join(orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def stream_claims_jsonl(claims: QuerySet[Any]) -> Iterator[bytes]:
    """The bytes of the claims' table: the CSV's columns, typed."""
    yield from stream_json_lines(map(_iter_objects, flat.iter_claim_blocks(claims)))


def _iter_objects(rows: Iterable[flat.ClaimRow]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {column.name: column.typed(cell) for column, cell in zip(flat.CLAIM_COLUMNS, row, strict=True)}
