"""Tells a database that cannot work at the moment from a fault of ours."""

import errno
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import psycopg
from django import db
from procrastinate.exceptions import ProcrastinateException


class OutageError(db.OperationalError):
    """The database cannot work, and it was not the database that said so. The message says what to do."""


_SQLITE_CODES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}
_LIMITS_OF_A_STATEMENT = "54"  # the class of PostgreSQL's errors
_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
SECONDS_BETWEEN_LINES = 10  # of the log, while everything fails for the same reason

logger = logging.getLogger("claims.database")
_next_line_at: dict[str, float] = {}  # by consequence


def find_outage(error: BaseException | None) -> str | None:
    """Returns what the database, or the disk, says in one line if that is why `error` was raised; else None.

    Such an error passes, by itself or when the operator mends it: it says nothing about the request.
    """
    for cause in _causes(error):
        if _is_outage(cause):
            return " ".join(str(cause).split())
    return None


def log_outage(outage: str, *, consequence: str) -> None:
    if time.monotonic() >= _next_line_at.get(consequence, 0.0):  # two threads that write a line each do no harm
        _next_line_at[consequence] = time.monotonic() + SECONDS_BETWEEN_LINES
        logger.error("the database is not available, %s: %s", consequence, outage)


@contextmanager
def outage_handled(handle: Callable[[str], None]) -> Iterator[None]:
    """Calls `handle` with the reason of an outage instead of raising it."""
    try:
        yield
    except (db.Error, OSError, ProcrastinateException) as error:
        outage = find_outage(error)
        if outage is None:
            raise
        handle(outage)


@contextmanager
def outage_logged(*, consequence: str) -> Iterator[None]:
    """Logs an outage instead of raising it, for what is done later if it cannot be done now."""
    with outage_handled(partial(log_outage, consequence=consequence)):
        yield


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yields the error and those that led to it: others' libraries wrap the database's errors in their own."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _is_outage(error: BaseException) -> bool:
    match error:
        case sqlite3.DatabaseError():
            return getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE_CODES  # without the details
        case psycopg.errors.ReadOnlySqlTransaction():  # a standby, or a server that was made read-only
            return True
        case psycopg.OperationalError():
            return not (error.sqlstate or "").startswith(_LIMITS_OF_A_STATEMENT)
        case OutageError():
            return True
        case OSError():
            return error.errno in _DISK_ERRORS
    return False
