"""What a process says, and does not save, when the file of its database is removed or replaced."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import ConnectionHandler, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.sqlite3"


def connect(path: Path, *, create: bool = False) -> BaseDatabaseWrapper:
    config = {"ENGINE": "claims.database.connections.sqlite", "NAME": path}
    connection = ConnectionHandler({"default": config})["default"]
    connection.creates_file = create
    return connection


def execute(connection: BaseDatabaseWrapper, sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        return list(cursor.execute(sql).fetchall())


@pytest.fixture
def database(path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    with django_db_blocker.unblock():
        connection = connect(path, create=True)
        execute(connection, "CREATE TABLE t (a)")
        connection.creates_file = False
        yield connection
        connection.close()


def test_only_its_owner_reads_a_new_file(database: BaseDatabaseWrapper, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_is_not_made_by_the_way(path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    with (
        django_db_blocker.unblock(),
        pytest.raises(OperationalError, match=r"there is no database at .* run `migrate`"),
    ):
        connect(path).ensure_connection()
    assert not path.exists()


@pytest.mark.parametrize("happening", ["removed", "replaced"])
def test_nothing_is_read_from_or_saved_into_a_file_without_a_name(
    happening: str, database: BaseDatabaseWrapper, path: Path
) -> None:
    moved = path.rename(path.with_suffix(".moved"))
    if happening == "replaced":
        path.write_bytes(moved.read_bytes())
    message = {"removed": "was removed: put it back", "replaced": "another file has taken the place"}[happening]
    for connection in (database, connect(path)):  # one that was open, and a new one
        for sql in ("SELECT * FROM t", "INSERT INTO t VALUES (1)"):
            with pytest.raises(OperationalError, match=message):
                execute(connection, sql)
    moved.replace(path)
    assert execute(database, "SELECT * FROM t") == []
    execute(database, "INSERT INTO t VALUES (1)")
    assert execute(database, "SELECT * FROM t") == [(1,)]


def test_a_transaction_whose_file_was_removed_is_not_committed(database: BaseDatabaseWrapper, path: Path) -> None:
    database.set_autocommit(False)
    execute(database, "INSERT INTO t VALUES (1)")
    moved = path.rename(path.with_suffix(".moved"))
    with pytest.raises(OperationalError, match="was removed"):
        database.commit()
    database.rollback()
    moved.replace(path)
    database.set_autocommit(True)
    assert execute(database, "SELECT * FROM t") == []
