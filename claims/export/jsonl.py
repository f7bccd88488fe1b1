"""Claims as JSON Lines: the CSV's columns, typed, one object a line."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.db.models import QuerySet

from claims.export import claims as flat


def blocks(claims: QuerySet[Any]) -> Iterator[bytes]:
    """The bytes of the whole list, a block of rows at a time."""
    for rows in flat.blocks(claims):
        yield b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z) for row in rows)
