"""All data moves to another database and back, and is the same there; whatever fails, nothing is lost."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database.definitions import ObjectKind
from claims.database.derived_objects import derived_objects
from claims.management.moving import move, table_copy
from claims.management.moving.table_copy import TableContents, stored_models
from claims.models import Quote, Rating, Source
from claims.services.changefeed.processor import process_pending
from tests import factories as make
from tests.admin.sample_data import change_sample_rows, create_sample_rows
from tests.commands.conftest import shell
from tests.commands.shell import Shell
from tests.database_templates import database_url

__all__ = ["shell"]

ROOT = Path(__file__).resolve().parents[3]
NEW_DATABASE = "moved"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def new_database() -> Iterator[str]:
    """The URL of an empty database on the server of this run."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{NEW_DATABASE}"')
    yield database_url().replace(f"/{connection.settings_dict['NAME']}?", f"/{NEW_DATABASE}?")
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{NEW_DATABASE}" WITH (FORCE)')


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "facts.sqlite3"


def create_rows_of_every_kind() -> None:
    editor = make.UserFactory(username="ann", is_superuser=True, is_staff=True)
    create_sample_rows(2, by=editor)
    change_sample_rows(editor)
    session = SessionStore()
    session["_auth_user_id"] = str(editor.pk)
    session.save()
    make.QuoteFactory(accepted=True, claim__text="=1+1; реки\u2028 “поднимаются”")
    Quote.objects.get(pk=make.QuoteFactory().pk).delete()  # its id must not be given again


def read_rows(database: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """Every row of every table as the database itself has it, and the next ids; what is derived, check_index checks."""
    rows: dict[str, list[str]] = {}
    with database.cursor() as cursor:
        for table in sorted(model._meta.db_table for model in stored_models()):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows[table] = sorted(repr(row) for row in cursor.fetchall())
    last_ids = table_copy.read_last_ids(database)
    rows["sequences"] = sorted(f"{table} {last}" for table, last in last_ids.items() if last and table in rows)
    return rows


def manage(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.postgresql_suffices
@pytest.mark.nightly
def test_a_move_to_sqlite_keeps_every_row(shell: Shell, file: Path) -> None:
    create_rows_of_every_kind()
    process_pending()  # as the command does first
    before = read_rows(connection)
    moved = shell("move_database", f"sqlite:///{file}")
    assert (moved.status, moved.err) == (0, "")
    assert re.search(r"\d+/\d+ claims_quote: \d+ rows", moved.out)
    assert "every row and every export is the same in both databases" in moved.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert read_rows(connection) == before, "the source is as it was"


@pytest.mark.nightly
@pytest.mark.postgresql_suffices
def test_a_move_to_sqlite_and_back_keeps_every_row(
    shell: Shell, file: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """On PostgreSQL, back into a second database of the server; on SQLite, into a second file."""
    create_rows_of_every_kind()
    process_pending()  # as the command does first
    before = read_rows(connection)
    assert shell("move_database", f"sqlite:///{file}").status == 0
    assert read_rows(connection) == before, "the source is as it was"

    if connection.vendor == "postgresql":
        url = request.getfixturevalue("new_database")
        copy = connection.copy()
        copy.settings_dict = {**copy.settings_dict, "NAME": NEW_DATABASE}
    else:
        url = f"sqlite:///{tmp_path / 'back.sqlite3'}"
        copy = connection.copy()
        copy.settings_dict = {**copy.settings_dict, "NAME": str(tmp_path / "back.sqlite3")}
    back = manage(f"sqlite:///{file}", "move_database", url)
    assert back.returncode == 0, back.stderr
    try:
        assert read_rows(copy) == before
    finally:
        copy.close()
    for command in (["migrate", "-v0"], ["check_anchors"], ["check_index"], ["check_audit"], ["check"]):
        done = manage(url, *command)
        assert (done.returncode, done.stderr) == (0, ""), command


@pytest.mark.sqlite_suffices
@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://ann:secret@host/name", "the target must be a URL"),
        ("sqlite://", "lacks the name of a database"),
        ("sqlite:///{directory}/none/facts.sqlite3", "none is no directory"),
        ("sqlite:///{directory}/full.sqlite3", "full.sqlite3 exists: move it away"),
        ("postgres://ann:secret@127.0.0.1:1/facts", "onnection refused"),
    ],
)
def test_a_target_that_will_not_do_is_refused(url: str, reason: str, shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "full.sqlite3").touch()
    result = shell("move_database", url.format(directory=tmp_path))
    assert (result.status, result.out) == (1, "")
    assert reason in result.err
    assert result.err.endswith("Nothing was moved.\n")
    assert result.err.count("\n") == 1
    assert "secret" not in result.err


def test_a_target_with_tables_is_refused(shell: Shell) -> None:
    if connection.vendor == "postgresql":
        assert "the target is not empty" in shell("move_database", database_url()).err
    else:
        assert "exists: move it away" in shell("move_database", database_url()).err


def fail_at(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_rows = table_copy.copy_rows

    def copy_or_fail(model: Any, *arguments: Any, **options: Any) -> TableContents:
        if model._meta.db_table == table:
            raise OSError(28, "No space left on device")
        return copy_rows(model, *arguments, **options)

    monkeypatch.setattr(move, "copy_rows", copy_or_fail)


@pytest.mark.nightly
def test_a_move_that_breaks_off_leaves_both_as_they_were(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, file: Path, request: pytest.FixtureRequest
) -> None:
    make.QuoteFactory(accepted=True)
    process_pending()  # as the command does first
    before = read_rows(connection)
    fail_at("claims_quote", monkeypatch)
    url = f"sqlite:///{file}"
    if connection.vendor == "postgresql":
        url = request.getfixturevalue("new_database")
    result = shell("move_database", url)
    assert (result.status, result.err) == (1, "CommandError: [Errno 28] No space left on device. Nothing was moved.\n")
    assert read_rows(connection) == before
    assert not list(file.parent.iterdir())
    monkeypatch.undo()
    assert User.objects.create_user("ben"), "writers are let in again"


@pytest.mark.sqlite_suffices
def test_a_difference_is_seen(shell: Shell, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    make.QuoteFactory(accepted=True)
    copy_rows = table_copy.copy_rows

    def copy_and_change(model: Any, source: str, target: str, **options: Any) -> TableContents:
        contents = copy_rows(model, source, target, **options)
        if model is Source:
            with connections[target].cursor() as cursor:
                cursor.execute("UPDATE claims_source SET created_at = '2020-01-01 00:00:00.000001'")
        return contents

    monkeypatch.setattr(move, "copy_rows", copy_and_change)
    result = shell("move_database", f"sqlite:///{file}")
    assert result.status == 1
    assert "claims_source is not the same in both databases (1 rows were read, 1 are stored)" in result.err
    assert not list(file.parent.iterdir())


@pytest.mark.sqlite_suffices
@pytest.mark.nightly
def test_what_a_killed_move_left_is_removed(shell: Shell, file: Path) -> None:
    file.with_name("facts.sqlite3.part").write_text("of a process that was killed")
    file.with_name("facts.sqlite3.part-journal").touch()
    (Path(settings.DATA_DIR) / ".move.killed" / "0").mkdir(parents=True)
    assert shell("move_database", f"sqlite:///{file}").status == 0
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert not list(Path(settings.DATA_DIR).glob(".move.*"))
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT count(*) FROM claims_rating").fetchone() == (Rating.objects.count(),)


def test_every_table_moves_that_is_not_derived() -> None:
    """A table that no model describes would be left behind."""
    moved = {model._meta.db_table for model in stored_models()}
    derived = tuple(name for kind, name in derived_objects(connection) if kind == ObjectKind.TABLE)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - moved
    left = {table for table in tables if not table.startswith(("procrastinate_", *derived))}
    assert left == {"django_migrations"}
