"""JSON Lines: one JSON object per line, in UTF-8."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
from django.db.models import Model, QuerySet

from claims.export.tabular.claim_rows import CLAIM_COLUMNS, ClaimRow, iter_claim_blocks

MEDIA_TYPE = "application/jsonl"


def stream_json_lines(blocks: Iterable[Iterable[Mapping[str, Any] | orjson.Fragment]]) -> Iterator[bytes]:
    """Yields the bytes of these rows, block by block."""
    for rows in blocks:
        yield b"".join(orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def stream_claims_jsonl(claims: QuerySet[Model]) -> Iterator[bytes]:
    """Yields the claims with the CSV's columns as typed members, block by block."""
    yield from stream_json_lines(map(_iter_objects, iter_claim_blocks(claims)))


def _iter_objects(rows: Iterable[ClaimRow]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {column.name: column.json_value(cell) for column, cell in zip(CLAIM_COLUMNS, row, strict=True)}
