"""Claims as CSV: RFC 4180, UTF-8, safe to open in a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import F, Model, QuerySet
from django.db.models.expressions import Combinable

from claims.export.tabular import claim_rows, pg_copy
from claims.export.tabular.columns import Datatype
from claims.export.tabular.csv_format import BOM, SEPARATOR, format_csv
from claims.export.tabular.csv_injection import SUSPECT_FIRST_CHARACTERS, guard_formula
from claims.search.full_text import list_ordering
from claims.search.keyset import KeysetOrdering, KeysetPosition

CSV_HEADER = tuple(column.name for column in claim_rows.CLAIM_COLUMNS)
# Text columns that users do not write: generated, or constrained by the database. The others are guarded.
_GENERATED_COLUMNS = {"quote_kind", "snapshot_sha256", "url"}
_USER_TEXT_INDEXES = tuple(
    index
    for index, column in enumerate(claim_rows.CLAIM_COLUMNS)
    if column.datatype is Datatype.TEXT and column.name not in _GENERATED_COLUMNS
)


def stream_claims_csv(
    claims: QuerySet[Model],
    *,
    ordering: KeysetOrdering = claim_rows.DEFAULT_ORDERING,
    raw: bool = False,
    bom: bool = False,
    size: int = claim_rows.BLOCK_SIZE,
    first: int = claim_rows.FIRST_BLOCK_SIZE,
) -> Iterator[bytes]:
    """Yields the claims as CSV, block by block; the first block is the header. The same bytes on both databases.

    Text that a spreadsheet would run as a formula is guarded by a leading `'`, unless `raw`.
    """
    yield ((BOM if bom else "") + format_csv([CSV_HEADER])).encode()
    ordering = list_ordering(claims, ordering)
    if pg_copy.is_copy_available():
        fetch_page = partial(_fetch_claims_page, claims, ordering)
        yield from pg_copy.copy_csv_blocks(fetch_page, _cell_expressions(raw=raw), ordering, size=size, first=first)
        return
    blocks = claim_rows.iter_claim_blocks(claims, ordering=ordering, topic_separator=SEPARATOR, size=size, first=first)
    for block in blocks:
        yield format_csv(block if raw else _guard_rows(block)).encode()


def _fetch_claims_page(
    claims: QuerySet[Model], ordering: KeysetOrdering, position: KeysetPosition | None, size: int
) -> QuerySet[Model]:
    return claim_rows.claims_page(claims, ordering, position, size=size, topic_separator=SEPARATOR)


def _cell_expressions(*, raw: bool) -> list[Combinable]:
    """Returns the expressions that PostgreSQL writes. Empty text becomes null, as it would be written in quotes."""
    cells: list[Any] = [F(path) for path in claim_rows.cell_paths()]
    for index in _USER_TEXT_INDEXES:
        cells[index] = pg_copy.null_if_empty(cells[index] if raw else pg_copy.FormulaGuard(cells[index]))
    return cells


def _guard_rows(rows: Iterable[claim_rows.ClaimRow]) -> Iterator[Sequence[object]]:
    for row in rows:
        for index in _USER_TEXT_INDEXES:
            if (text := row[index]) and text[0] in SUSPECT_FIRST_CHARACTERS:
                yield tuple(guard_formula(cell) for cell in row)
                break
        else:
            yield row
