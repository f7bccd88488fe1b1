"""Upkeep of the full-text index (migration 0013): fill it once after a bulk load, and see that it is right."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import DatabaseError, connection, transaction

_words: Any = import_module("claims.migrations._words")  # migrations have no types


@contextmanager
def suspended() -> Iterator[None]:
    """Rows may be loaded in bulk: the index is not kept meanwhile, and is made anew at the end, however that comes.

    The triggers are gone for everybody until then, so let nobody else write. Where the process is killed in between,
    `wrong` says so, and `rebuild` makes it good. Not to be used within a transaction that has written already.
    """
    with connection.schema_editor() as editor:
        _words.remove_word_triggers(editor)
    try:
        yield
    finally:
        rebuild()


def rebuild() -> None:
    """Make the index of the rows that are there, and have it kept: all of it or, where that fails, nothing."""
    with connection.schema_editor() as editor:
        _words.install_words(None, editor)


def wrong() -> list[str]:
    """What is wrong with the index: nothing where it holds what the rows say. Reads every row."""
    missing = sorted(_words.trigger_names(connection) - _there())
    found = [f"full text is not kept: the trigger {name} is missing" for name in missing]
    for kind in _words.KINDS:
        differing = _one(_words.differing(kind, postgresql=connection.vendor == "postgresql"))
        if differing:
            found.append(f"{kind.table}: {differing} documents are not what their rows say")
        if connection.vendor == "sqlite":
            found.extend(_damage(kind.table))
    return found


def _there() -> set[str]:
    if connection.vendor == "postgresql":
        return _names("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    return _names("SELECT name FROM sqlite_master WHERE type = 'trigger'")


def _names(query: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def _one(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def _damage(table: str) -> list[str]:
    """What FTS5 says of its own tables, as one line."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608  # our names  # nosec B608
    except DatabaseError as error:
        return [f"{table}: {error}"]
    return []
