"""The version of the database's content: while it stays the same, nothing that is committed has changed.

PostgreSQL tells which transactions are visible. SQLite counts, for each connection, the commits of all others: each
process keeps one connection that does nothing but ask for that count.
"""

import os
import secrets
import sqlite3
from pathlib import Path
from threading import Lock, local

from django.db import connection

SNAPSHOT_SQL = (
    "SELECT pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text || ' ' || current_database()"
)


def current_version() -> str | None:
    """Returns the version; None if it is unknown.

    Equal versions mean equal content; different versions may too. Within a transaction the version is unknown, as the
    transaction sees its own writes, which belong to no version yet.
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


def record_version(version: str) -> None:
    """Records the version that a query returned along with its rows, for this thread."""
    _thread_version.value = None if connection.in_atomic_block else version


def pop_recorded_version() -> str | None:
    """Returns what was recorded in this thread since the last call."""
    version: str | None = getattr(_thread_version, "value", None)
    _thread_version.value = None
    return version


class _CommitCounter:
    """A connection to an SQLite file that counts the commits of all others."""

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
        # SQLite's count is of one connection only.
        self.name = secrets.token_hex(8)

    def version(self) -> str:
        return f"{self.name} {self.connection.execute('PRAGMA data_version').fetchone()[0]}"


# Connections stay open from request to request, in each of the server's threads: this bounds their memory.
_CACHE_SIZE_PRAGMA = "PRAGMA cache_size=-8000"

_FileKey = tuple[int, str, int, int]  # process, path, device and inode
_commit_counters: dict[_FileKey, _CommitCounter] = {}
_thread_connection = local()
_thread_version = local()
_lock = Lock()


def _sqlite_version(path: str) -> str | None:
    try:
        file = Path(path).stat()  # a file that replaced another is not the one that is counted
        file_key = (os.getpid(), path, file.st_dev, file.st_ino)
        with _lock:
            if file_key not in _commit_counters:
                _commit_counters.clear()
                _commit_counters[file_key] = _CommitCounter(path)
            version = _commit_counters[file_key].version()
    except (OSError, sqlite3.Error):  # in memory, or locked for too long
        return None
    _reconnect_if_replaced(file_key)
    return version


def _reconnect_if_replaced(file_key: _FileKey) -> None:
    """Makes sure that this thread's connection is to this file, not to one that the file has replaced."""
    known = getattr(_thread_connection, "value", None)
    if connection.connection is not None and known == (connection.connection, file_key):
        return
    connection.close()
    connection.ensure_connection()
    connection.connection.execute(_CACHE_SIZE_PRAGMA)
    _thread_connection.value = connection.connection, file_key
