"""Which errors of a database mean that it cannot work at the moment; each is raised by a real one."""

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django import db
from django.db import ConnectionHandler, connection

from claims.database.connections.outages import OutageError, find_outage, outage_logged


def write_to_locked(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with closing(sqlite3.connect(path, timeout=0)) as database:
            database.execute("INSERT INTO t VALUES (1)")


def write_to_full(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA max_page_count = 2")
        database.execute("INSERT INTO t VALUES (zeroblob(100000))")


def write_to_read_only(path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        database.execute("INSERT INTO t VALUES (1)")


def read_damaged(path: Path) -> None:
    path.write_bytes(b"x" * 10_000)
    run_sql(path)


def read_removed(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        database.execute("SELECT * FROM t")


def run_sql(path: Path, sql: str = "SELECT * FROM t") -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(sql)


def read_with_syntax_error(path: Path) -> None:
    run_sql(path, "SELECT FROM t")


def read_missing_table(path: Path) -> None:
    run_sql(path, "SELECT * FROM u")


@pytest.mark.parametrize(
    ("fail", "message"),
    [
        (write_to_locked, "database is locked"),
        (write_to_full, "database or disk is full"),
        (write_to_read_only, "attempt to write a readonly database"),
        (read_damaged, "file is not a database"),
        (read_removed, "unable to open database file"),
        (read_with_syntax_error, None),
        (read_missing_table, None),
    ],
)
def test_errors_of_sqlite(fail: Callable[[Path], None], message: str | None, tmp_path: Path) -> None:
    path = tmp_path / "facts.sqlite3"
    run_sql(path, "CREATE TABLE t (a)")
    handler = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}})
    with pytest.raises(db.DatabaseError) as error, handler["default"].wrap_database_errors:
        fail(path)
    assert find_outage(error.value) == message


def raise_error(code: str) -> None:
    if connection.vendor == "sqlite":
        raise psycopg.errors.lookup(code)("said by no server")
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'said by the server' USING ERRCODE = '{code}'; END $$")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "is_outage"),
    [
        ("53100", True),  # disk full
        ("53300", True),  # too many connections
        ("57P03", True),  # it is starting
        ("57014", True),  # canceled by a timeout
        ("25006", True),  # read-only
        ("40P01", True),  # deadlock
        ("58030", True),  # input or output failed
        ("54000", False),  # the statement is too large
        ("42P01", False),  # no such table
        ("23505", False),  # not unique
    ],
)
def test_errors_of_postgresql(code: str, is_outage: bool) -> None:
    with pytest.raises((db.Error, psycopg.Error)) as raised:
        raise_error(code)
    assert bool(find_outage(raised.value)) is is_outage


def test_a_cause_counts_and_what_was_raised_instead_does_not() -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    wrapped = RuntimeError("no")
    wrapped.__cause__ = full
    assert find_outage(wrapped) == "[Errno 28] No space left on device"
    instead = RuntimeError("no")
    instead.__context__, instead.__suppress_context__ = full, True
    assert find_outage(instead) is None
    assert find_outage(OSError(errno.ENOENT, "No such file")) is None
    assert find_outage(None) is None


def test_what_is_done_later_is_logged_in_a_line_every_ten_seconds(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        with outage_logged(consequence="this is done later"):
            raise OutageError("no space left")
    assert caplog.messages == ["the database is not available, this is done later: no space left"]
    assert caplog.records[0].exc_info is None
    with pytest.raises(db.IntegrityError), outage_logged(consequence="this is done later"):
        raise db.IntegrityError("a fault of ours")
