"""Maintenance of the full-text index: bulk loads, checks and rebuilding."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from claims.database.definitions import ObjectKind
from claims.database.derived_objects import MISSING, drop, find_differences, full_text_objects, restore
from claims.database.full_text import DOCUMENT_KINDS, count_wrong_documents


@contextmanager
def suspend_index() -> Iterator[None]:
    """Suspends the index during a bulk load and rebuilds it at the end, also after an error.

    The triggers are gone for all connections until then, so nobody else may write. If the process is killed,
    `check --database` reports it and `migrate` repairs it. Do not use this in a transaction that has written.
    """
    drop(connection, [derived for derived in full_text_objects(connection) if derived.kind == ObjectKind.TRIGGER])
    try:
        yield
    finally:
        rebuild_index()


def rebuild_index() -> None:
    """Rebuilds the index from the rows, and restores all derived objects, in one transaction."""
    with transaction.atomic():
        drop(connection, [derived for derived in full_text_objects(connection) if derived.kind == ObjectKind.TABLE])
        restore(connection)


def find_index_faults() -> list[str]:
    """Compares derived objects with what they must be, and the index with the rows. Reads every row."""
    differences = find_differences(connection)
    faults = [str(difference) for difference in differences]
    missing = {difference.name for difference in differences if difference.problem == MISSING}
    for kind in DOCUMENT_KINDS:
        if kind.table in missing:
            continue
        wrong_count = _fetch_value(count_wrong_documents(kind, connection.vendor))
        if wrong_count:
            faults.append(f"{kind.table}: {wrong_count} documents differ from their rows")
        if connection.vendor == "sqlite":
            faults.extend(_fts5_faults(kind.table))
    return faults


def _fetch_value(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        value: int = cursor.fetchone()[0]
        return value


def _fts5_faults(table: str) -> list[str]:
    """Runs the integrity check of FTS5, which raises an error for a damaged index."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    except DatabaseError as error:
        return [f"{table}: {error}"]
    return []
