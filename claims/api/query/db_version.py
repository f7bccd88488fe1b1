"""In which state the database is: as long as that is the same, nothing that was committed has changed.

PostgreSQL says which transactions can be seen. SQLite counts, for a connection, the commits of all others: one
connection is kept for each process that only ever asks for that count.
"""

import os
import secrets
import sqlite3
from pathlib import Path
from threading import Lock, local
from typing import Any

from django.db import connection

SNAPSHOT_SQL = (
    "SELECT pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text || ' ' || current_database()"
)


def current_version() -> str | None:
    """What tells the state; None where it cannot be told.

    The same text means that all that is committed is the same; another may mean the same. Within a transaction there is
    none: what it wrote itself is seen by it, and is in no state yet.
    """
    if connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        return _sqlite_version(str(connection.settings_dict["NAME"]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(SNAPSHOT_SQL)
            return str(cursor.fetchone()[0])
    return None


def record_version(state: str) -> None:
    """A statement that read rows said in which state they are."""
    _thread_version.state = None if connection.in_atomic_block else state


def pop_recorded_version() -> str | None:
    """What was told in this thread since this was asked last."""
    state: str | None = getattr(_thread_version, "state", None)
    _thread_version.state = None
    return state


class _CommitCounter:
    """A connection that looks for commits of others."""

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
        # Counts begin anew with each connection.
        self.name = secrets.token_hex(8)

    def state(self) -> str:
        """The count, with whose it is."""
        return f"{self.name} {self.connection.execute('PRAGMA data_version').fetchone()[0]}"


# Connections are kept from request to request, in each of the server's threads: together they stay small so.
_CACHE_SIZE_PRAGMA = "PRAGMA cache_size=-8000"

_commit_counters: dict[Any, _CommitCounter] = {}
_thread_connection = local()
_thread_version = local()
_lock = Lock()


def _sqlite_version(path: str) -> str | None:
    try:
        file = Path(path).stat()  # a file that was put in the place of another is not the one that is watched
        key = (os.getpid(), path, file.st_dev, file.st_ino)
        with _lock:
            if key not in _commit_counters:
                _commit_counters.clear()
                _commit_counters[key] = _CommitCounter(path)
            state = _commit_counters[key].state()
    except (OSError, sqlite3.Error):  # in memory; or busy for long
        return None
    _reconnect_if_replaced(key)
    return state


def _reconnect_if_replaced(file: Any) -> None:
    """See that this thread's connection is to this file, and not to one whose place it has taken."""
    if connection.connection is not None and getattr(_thread_connection, "connection", None) == (
        connection.connection,
        file,
    ):
        return
    connection.close()
    connection.ensure_connection()
    connection.connection.execute(_CACHE_SIZE_PRAGMA)
    _thread_connection.connection = connection.connection, file
