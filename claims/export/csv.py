"""Claims as CSV: RFC 4180, UTF-8, safe to open in a spreadsheet."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from claims.export import claims as flat

COLUMNS = tuple(field.name for field in fields(flat.ClaimRow))
BOM = "\ufeff"

# What a spreadsheet runs as a formula, also in the wide forms and after the blanks and invisible marks that some of
# them skip; and the characters that put what follows into a cell of its own.
_FORMULA = re.compile(r"[\s\0\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠]|[\t\r\n\0]")


def blocks(claims: QuerySet[Any], *, raw: bool = False, bom: bool = False) -> Iterator[bytes]:
    """The bytes of the whole list, a block of rows at a time; the first block is the line of names.

    Text that a spreadsheet would run as a formula gets a leading `'`, unless `raw`.
    """
    yield ((BOM if bom else "") + _written([COLUMNS])).encode()
    values = attrgetter(*COLUMNS)
    for rows in flat.blocks(claims):
        yield _written([_cell(value, raw=raw) for value in values(row)] for row in rows).encode()


def _cell(value: Any, *, raw: bool) -> str | int:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    return text if raw or not _FORMULA.match(text) else f"'{text}"


def _written(rows: Any) -> str:
    block = io.StringIO(newline="")
    csv.writer(block, lineterminator="\r\n").writerows(rows)
    return block.getvalue()
