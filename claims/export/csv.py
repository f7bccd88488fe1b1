"""Claims as CSV: RFC 4180, UTF-8, safe to open in a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable

from claims.export import claims as flat
from claims.export import copying
from claims.export.cells import BOM, SEPARATOR, SUSPECT, guarded, written
from claims.export.columns import Datatype
from claims.export.expressions import Guarded, empty_is_null
from claims.search.keyset import Ordering, Position
from claims.search.words import order_of

COLUMNS = tuple(column.name for column in flat.COLUMNS)
# Texts that somebody wrote; those of the others that are text are made here, or held to a shape by the database.
_OURS = {"quote_kind", "snapshot_sha256", "url"}
_THEIRS = tuple(
    at for at, column in enumerate(flat.COLUMNS) if column.datatype is Datatype.TEXT and column.name not in _OURS
)


def blocks(  # noqa: PLR0913  # which claims in which order, how they are written, how many at once
    claims: QuerySet[Any],
    *,
    ordering: Ordering = flat.ORDERING,
    raw: bool = False,
    bom: bool = False,
    size: int = flat.BLOCK,
    first: int = flat.FIRST,
) -> Iterator[bytes]:
    """The bytes of the whole list, a block of rows at a time; the first block is the line of names.

    Text that a spreadsheet would run as a formula gets a leading `'`, unless `raw`. The bytes are the same whichever
    database makes them.
    """
    yield ((BOM if bom else "") + written([COLUMNS])).encode()
    ordering = order_of(claims, ordering)
    if copying.possible():
        page = partial(_page, claims, ordering)
        yield from copying.blocks(page, _cells(raw=raw), ordering, size=size, first=first)
        return
    for block in flat.blocks(claims, ordering=ordering, between=SEPARATOR, size=size, first=first):
        yield written(block if raw else _safe(block)).encode()


def _page(claims: QuerySet[Any], ordering: Ordering, position: Position | None, size: int) -> QuerySet[Any]:
    return flat.page(claims, ordering, position, size=size, between=SEPARATOR)


def _cells(*, raw: bool) -> list[Combinable]:
    """What PostgreSQL writes: no text that is empty, for which it would write quote marks."""
    paths: list[Any] = [F(path) for path in flat.cells()]
    for at in _THEIRS:
        paths[at] = empty_is_null(paths[at] if raw else Guarded(paths[at]))
    return paths


def _safe(rows: Iterable[flat.Row]) -> Iterator[Sequence[Any]]:
    for row in rows:
        for at in _THEIRS:
            if (text := row[at]) and text[0] in SUSPECT:
                yield tuple(guarded(cell) for cell in row)
                break
        else:
            yield row
