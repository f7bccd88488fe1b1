"""Maintenance of the full-text index (migration 0013): bulk loads, checks and rebuilding."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import DatabaseError, connection, transaction

_full_text_schema: Any = import_module("claims.migrations._full_text")  # migrations have no types


@contextmanager
def suspend_index() -> Iterator[None]:
    """Suspends the index during a bulk load and rebuilds it at the end, also after an error.

    The triggers are gone for all connections until then, so nobody else may write. If the process is killed,
    `find_index_faults` reports it and `rebuild_index` repairs it. Do not use this in a transaction that has written.
    """
    with connection.schema_editor() as editor:
        _full_text_schema.remove_full_text_triggers(editor)
    try:
        yield
    finally:
        rebuild_index()


def rebuild_index() -> None:
    """Rebuilds the index from the rows and restores its triggers, in one transaction."""
    with connection.schema_editor() as editor:
        _full_text_schema.install_full_text_index(None, editor)


def find_index_faults() -> list[str]:
    """Compares the index with the rows and describes every fault. Reads every row."""
    missing = sorted(_full_text_schema.full_text_trigger_names(connection) - _existing_triggers())
    faults = [f"full-text index is not updated: trigger {name} is missing" for name in missing]
    for kind in _full_text_schema.DOCUMENT_KINDS:
        query = _full_text_schema.count_wrong_documents(kind, postgresql=connection.vendor == "postgresql")
        wrong_count = _fetch_value(query)
        if wrong_count:
            faults.append(f"{kind.table}: {wrong_count} documents differ from their rows")
        if connection.vendor == "sqlite":
            faults.extend(_fts5_faults(kind.table))
    return faults


def _existing_triggers() -> set[str]:
    if connection.vendor == "postgresql":
        return _fetch_names("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    return _fetch_names("SELECT name FROM sqlite_master WHERE type = 'trigger'")


def _fetch_names(query: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


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
