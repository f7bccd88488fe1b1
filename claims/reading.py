"""Which database is read: the writer, or for readers' requests a replica of it (`FACTBASE_READ_DATABASE_URL`).

A request may go from the replica to the writer, never back: what it has read so far can then only be older than what it
reads next, as if somebody had written in between. The middleware decides where a request starts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django import db
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

WRITER = DEFAULT_DB_ALIAS
REPLICA = "replica"
# Keys are refused as soon as they are revoked, and no attempt to sign in goes uncounted. The index of vectors is a
# file that all processes of a machine share, so it must not follow now the one database, now the other.
WRITER_MODELS = {"cacheentry", "readerkey", "claimvector"}

_alias: ContextVar[str] = ContextVar("database that is read", default=WRITER)


def current_alias() -> str:
    return _alias.get()


def read_connection() -> BaseDatabaseWrapper:
    """Returns the connection for reading what readers see by SQL of one's own."""
    return connections[_alias.get()]


def is_reading_replica() -> bool:
    return _alias.get() == REPLICA


def is_replica_failure(error: Exception) -> bool:
    """Whether this error came of reading the replica: the same may succeed with the writer."""
    driver: Any = connections[REPLICA].Database if is_reading_replica() else None  # type: ignore[attr-defined]  # of each backend
    return driver is not None and isinstance(error, (db.Error, driver.Error))


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    token = _alias.set(alias)
    try:
        yield
    finally:
        _alias.reset(token)


def read_from_replica() -> None:
    """Reads from the replica until the end of the request, which has read nothing yet."""
    _alias.set(REPLICA)


def read_from_writer() -> None:
    """Reads from the writer until the end of the request, such as after something was written for it."""
    _alias.set(WRITER)


class ReadRouter:
    """Reads the app's tables from the current database; writes, transactions and all else use the writer.

    What belongs to a row of a third database, such as one that is being migrated, stays there.
    """

    def db_for_read(self, model: type[Model], instance: Model | None = None, **_: Any) -> str:
        options = model._meta
        is_for_readers = options.app_label == "claims" and options.model_name not in WRITER_MODELS
        current = _alias.get() if is_for_readers and not connections[WRITER].in_atomic_block else WRITER
        return _third_database(instance) or current

    def db_for_write(self, model: type[Model], instance: Model | None = None, **_: Any) -> str:  # noqa: ARG002  # Django's signature
        return _third_database(instance) or WRITER

    def allow_relation(self, *_: Model, **__: Any) -> bool:
        return True  # both have the same rows

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool:  # noqa: ARG002  # Django's signature
        return db != REPLICA  # whose server refuses changes


def _third_database(instance: Model | None) -> str | None:
    alias = instance._state.db if instance else None
    return alias if alias not in {WRITER, REPLICA} else None
