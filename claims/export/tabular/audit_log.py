"""The audit log as CSV and JSON Lines. Only the latter can be checked: spreadsheets get cells that they can't run."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import orjson

from claims.export.tabular.csv_format import format_csv
from claims.export.tabular.csv_injection import guard_formula
from claims.export.tabular.jsonl import stream_json_lines

BLOCK_ROWS = 1000
AUDIT_FORMATS = {"csv": "text/csv", "jsonl": "application/jsonl"}  # media types
AUDIT_COLUMNS = (
    *("number", "at", "actor_name", "action", "kind", "object_id", "history_id", "details"),
    *("previous_hash", "hash"),
)


def stream_audit_log(records: Iterable[Mapping[str, Any]], form: str) -> Iterator[bytes]:
    """Yields the bytes of these entries in one of `AUDIT_FORMATS`, block by block."""
    if form == "jsonl":
        yield from stream_json_lines(_blocks(records))
        return
    yield format_csv([AUDIT_COLUMNS]).encode()
    for block in _blocks(records):
        yield format_csv([_csv_row(record) for record in block]).encode()


def _csv_row(record: Mapping[str, Any]) -> list[str | int | float]:
    cells = {**record, "details": orjson.dumps(record["details"]).decode()}
    return ["" if cells[name] is None else guard_formula(cells[name]) for name in AUDIT_COLUMNS]


def _blocks(records: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    remaining = iter(records)
    while block := list(islice(remaining, BLOCK_ROWS)):
        yield block
