"""Upkeep of the full-text index (migration 0013): fill it once after a bulk load, and see that it is right."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import DatabaseError, connection, transaction

_full_text_schema: Any = import_module("claims.migrations._full_text")  # migrations have no types


@contextmanager
def suspend_index() -> Iterator[None]:
    """Rows may be loaded in bulk: the index is not kept meanwhile, and is made anew at the end, however that comes.

    The triggers are gone for everybody until then, so let nobody else write. Where the process is killed in between,
    `wrong` says so, and `rebuild` makes it good. Not to be used within a transaction that has written already.
    """
    with connection.schema_editor() as editor:
        _full_text_schema.remove_word_triggers(editor)
    try:
        yield
    finally:
        rebuild_index()


def rebuild_index() -> None:
    """Make the index of the rows that are there, and have it kept: all of it or, where that fails, nothing."""
    with connection.schema_editor() as editor:
        _full_text_schema.install_words(None, editor)


def find_index_faults() -> list[str]:
    """What is wrong with the index: nothing where it holds what the rows say. Reads every row."""
    missing = sorted(_full_text_schema.trigger_names(connection) - _existing_triggers())
    found = [f"full text is not kept: the trigger {name} is missing" for name in missing]
    for kind in _full_text_schema.KINDS:
        differing = _fetch_value(_full_text_schema.differing(kind, postgresql=connection.vendor == "postgresql"))
        if differing:
            found.append(f"{kind.table}: {differing} documents are not what their rows say")
        if connection.vendor == "sqlite":
            found.extend(_fts5_faults(kind.table))
    return found


def _existing_triggers() -> set[str]:
    if connection.vendor == "postgresql":
        return _fetch_names("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    return _fetch_names("SELECT name FROM sqlite_master WHERE type = 'trigger'")


def _fetch_names(query: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def _fetch_value(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def _fts5_faults(table: str) -> list[str]:
    """What FTS5 says of its own tables, as one line."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608  # our names  # nosec B608
    except DatabaseError as error:
        return [f"{table}: {error}"]
    return []
