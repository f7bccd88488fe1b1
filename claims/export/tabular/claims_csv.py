"""Claims as CSV: RFC 4180, UTF-8, safe to open in a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable

from claims.export.tabular import claim_rows as flat
from claims.export.tabular import pg_copy
from claims.export.tabular.columns import Datatype
from claims.export.tabular.csv_injection import BOM, SEPARATOR, SUSPECT_FIRST_CHARACTERS, format_csv, guard_formula
from claims.export.tabular.sql_expressions import FormulaGuard, null_if_empty
from claims.search.full_text import list_ordering
from claims.search.keyset import KeysetOrdering, KeysetPosition

CSV_HEADER = tuple(column.name for column in flat.CLAIM_COLUMNS)
# Texts that somebody wrote; those of the others that are text are made here, or held to a shape by the database.
_GENERATED_COLUMNS = {"quote_kind", "snapshot_sha256", "url"}
_USER_TEXT_INDEXES = tuple(
    at
    for at, column in enumerate(flat.CLAIM_COLUMNS)
    if column.datatype is Datatype.TEXT and column.name not in _GENERATED_COLUMNS
)


def stream_claims_csv(  # noqa: PLR0913  # which claims in which order, how they are written, how many at once
    claims: QuerySet[Any],
    *,
    ordering: KeysetOrdering = flat.DEFAULT_ORDERING,
    raw: bool = False,
    bom: bool = False,
    size: int = flat.BLOCK_SIZE,
    first: int = flat.FIRST_BLOCK_SIZE,
) -> Iterator[bytes]:
    """The bytes of the whole list, a block of rows at a time; the first block is the line of names.

    Text that a spreadsheet would run as a formula gets a leading `'`, unless `raw`. The bytes are the same whichever
    database makes them.
    """
    yield ((BOM if bom else "") + format_csv([CSV_HEADER])).encode()
    ordering = list_ordering(claims, ordering)
    if pg_copy.is_copy_available():
        page = partial(_fetch_claims_page, claims, ordering)
        yield from pg_copy.copy_csv_blocks(page, _cell_expressions(raw=raw), ordering, size=size, first=first)
        return
    for block in flat.iter_claim_blocks(claims, ordering=ordering, between=SEPARATOR, size=size, first=first):
        yield format_csv(block if raw else _guard_rows(block)).encode()


def _fetch_claims_page(
    claims: QuerySet[Any], ordering: KeysetOrdering, position: KeysetPosition | None, size: int
) -> QuerySet[Any]:
    return flat.claims_page(claims, ordering, position, size=size, between=SEPARATOR)


def _cell_expressions(*, raw: bool) -> list[Combinable]:
    """What PostgreSQL writes: no text that is empty, for which it would write quote marks."""
    paths: list[Any] = [F(path) for path in flat.cell_paths()]
    for at in _USER_TEXT_INDEXES:
        paths[at] = null_if_empty(paths[at] if raw else FormulaGuard(paths[at]))
    return paths


def _guard_rows(rows: Iterable[flat.ClaimRow]) -> Iterator[Sequence[Any]]:
    for row in rows:
        for at in _USER_TEXT_INDEXES:
            if (text := row[at]) and text[0] in SUSPECT_FIRST_CHARACTERS:
                yield tuple(guard_formula(cell) for cell in row)
                break
        else:
            yield row
