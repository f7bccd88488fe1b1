"""Reads JSON Lines whose records have text fields, line by line."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

MAX_LINE_BYTES = 1_000_000


class LineError(Exception):
    """A line that was refused; the message says which and why."""


def read_json_lines(path: Path, fields: Sequence[str]) -> Iterator[dict[str, str] | LineError]:
    """Yields the records with these text fields of a file, or of standard input for "-"; an error for each other line.

    Blank lines are skipped. Raises OSError if the file cannot be read.
    """
    with nullcontext(sys.stdin.buffer) if str(path) == "-" else path.open("rb") as lines:
        number = 0
        while line := lines.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > MAX_LINE_BYTES:
                while line and not line.endswith(b"\n"):
                    line = lines.readline(MAX_LINE_BYTES)
                yield LineError(f"line {number}: longer than {MAX_LINE_BYTES:,} bytes")
            elif line.strip():
                yield _read_record(line, number, fields)


def _read_record(line: bytes, number: int, fields: Sequence[str]) -> dict[str, str] | LineError:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return LineError(f"line {number}: no JSON in UTF-8 ({error})")
    if not isinstance(record, dict):
        return LineError(f"line {number}: no JSON object")
    for field in fields:
        if not isinstance(record.get(field), str) or not record[field].strip():
            return LineError(f'line {number}: "{field}" must be a text')
    return {field: record[field] for field in fields}
