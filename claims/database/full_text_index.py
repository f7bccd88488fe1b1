"""Maintenance of the full-text index: bulk loads, checks and rebuilding."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from claims.database.definitions import DerivedObject, ObjectKind
from claims.database.derived_objects import (
    MISSING,
    derived_objects,
    drop,
    find_differences,
    full_text_objects,
    restore,
)
from claims.database.full_text import DOCUMENT_KINDS, count_wrong_documents
from claims.database.shingle_index import SHINGLE_TABLE
from claims.database.trigram_index import TRIGRAM_COLUMNS, trigram_index_name


@contextmanager
def suspend_index() -> Iterator[None]:
    """Suspends the index during a bulk load and rebuilds it at the end, also after an error.

    The triggers are gone for all connections until then, so nobody else may write. If the process is killed,
    `check --database` reports it and `migrate` repairs it. Do not use this in a transaction that has written, nor while
    the API is read: answers to searches change without a new ETag.
    """
    drop(connection, [derived for derived in full_text_objects(connection) if derived.kind == ObjectKind.TRIGGER])
    try:
        yield
    finally:
        _rebuild_tables(full_text_objects(connection))


def rebuild_index() -> None:
    """Rebuilds the tables of all searches from the rows, and restores all derived objects, in one transaction."""
    _rebuild_tables(derived_objects(connection).values())


def _rebuild_tables(objects: Iterable[DerivedObject]) -> None:
    with transaction.atomic():
        drop(connection, [derived for derived in objects if derived.kind == ObjectKind.TABLE])
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
            faults.extend(
                _fts5_faults(kind.table, f"INSERT INTO {kind.table} ({kind.table}) VALUES ('integrity-check')")
            )
    if connection.vendor == "sqlite":
        for index in {trigram_index_name(table) for table, _ in TRIGRAM_COLUMNS} - missing:
            # With a rank of 1, FTS5 compares the index with the table of its words, too.
            check = f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"
            faults.extend(_fts5_faults(index, check))
        if SHINGLE_TABLE not in missing:
            check = f"INSERT INTO {SHINGLE_TABLE} ({SHINGLE_TABLE}) VALUES ('integrity-check')"
            faults.extend(_fts5_faults(SHINGLE_TABLE, check))
    return faults


def _fetch_value(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        value: int = cursor.fetchone()[0]
        return value


def _fts5_faults(table: str, check: str) -> list[str]:
    """Runs an integrity check of FTS5, which raises an error for a damaged index."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(check)
    except DatabaseError as error:
        return [f"{table}: {error}"]
    return []
