"""How `pg_dump` is found and called. It needs no server: another program takes its place."""

import os
from pathlib import Path

import pytest
from django.db.backends.postgresql.base import DatabaseWrapper

from claims.management.backup import database_copy
from claims.management.backup.errors import BackupError

PRINT_ARGUMENTS = """#!/bin/sh
echo "$@" >&2
cat $(echo "$@" | grep -o '/dev/fd/[0-9]*') /dev/null >&2
exit 1
"""


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> DatabaseWrapper:
    options = {"host": "db.example.org", "sslmode": "require", "prepare_threshold": 5}
    names = {"NAME": "facts", "USER": "ann", "PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": options}
    wrapper = DatabaseWrapper(names | {"TIME_ZONE": None, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False})
    monkeypatch.setattr(database_copy, "connection", wrapper)
    return wrapper


def install(directory: Path) -> Path:
    directory.mkdir(parents=True)
    program = directory / "pg_dump"
    program.write_text(PRINT_ARGUMENTS)
    program.chmod(0o700)
    return program


@pytest.mark.parametrize(
    ("password", "line"),
    [("secret", "*:*:*:*:secret"), ("a:b\\c' d", "*:*:*:*:a\\:b\\\\c' d"), ("", "")],
    ids=["plain", "escaped", "none"],
)
def test_the_password_is_no_argument(
    password: str, line: str, database: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The program reads it from a file without a name."""
    install(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    database.settings_dict["PASSWORD"] = password
    with pytest.raises(BackupError) as refused:
        database_copy.save_database(tmp_path / "database")
    arguments, _, content = str(refused.value).partition("; ")
    assert content == line
    assert not password or password not in arguments
    assert "dbname=facts" in arguments
    assert "user=ann" in arguments
    assert "host=db.example.org" in arguments
    assert "sslmode=require" in arguments


def test_the_newest_that_debian_installs_is_used(
    database: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(database_copy, "DEBIAN_BINARIES", tmp_path)
    with pytest.raises(BackupError, match="pg_dump was not found: install PostgreSQL's client programs"):
        database_copy.save_database(tmp_path / "database")
    programs = [install(tmp_path / version / "bin") for version in ("9.6", "17", "15", "old")]
    with pytest.raises(BackupError, match=f"{programs[1]} failed"):
        database_copy.save_database(tmp_path / "database")
