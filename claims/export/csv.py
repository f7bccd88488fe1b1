"""Claims as CSV: RFC 4180, UTF-8, safe to open in a spreadsheet."""

from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from claims.export import claims as flat
from claims.export.cells import BOM, guarded, said, written

COLUMNS = tuple(field.name for field in fields(flat.ClaimRow))


def blocks(claims: QuerySet[Any], *, raw: bool = False, bom: bool = False) -> Iterator[bytes]:
    """The bytes of the whole list, a block of rows at a time; the first block is the line of names.

    Text that a spreadsheet would run as a formula gets a leading `'`, unless `raw`.
    """
    yield ((BOM if bom else "") + written([COLUMNS])).encode()
    values = attrgetter(*COLUMNS)
    for rows in flat.blocks(claims):
        cells = ([said(value) for value in values(row)] for row in rows)
        yield written(cells if raw else [[guarded(cell) for cell in row] for row in cells]).encode()
