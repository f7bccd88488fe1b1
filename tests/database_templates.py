"""Migrated test databases, kept by a hash of what they are made from.

A run whose models, migrations and packages are those of an earlier one starts from that one's database instead of
migrating. A test that commits gets the migrated state back afterwards as a copy of it, which takes milliseconds where
emptying each table and loading its rows again takes a second; sequences start anew as well.
"""

import hashlib
import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[1]
KEPT_IN = ROOT / "var" / "test-databases"
MAX_KEPT = 5  # of each database: branches that are worked on in turns find theirs again
POSTGRES_TEMPLATE = "factbase_template"


def source_hash(*more: str) -> str:
    """The SHA-256 of what makes the schema, locked packages included, and of `more`. Triggers follow the resources."""
    digest = hashlib.sha256(repr(more).encode())
    packages = [ROOT / "claims" / package for package in ("database", "migrations", "models", "resources")]
    modules = [path for package in packages for path in package.rglob("*.py")]
    for path in sorted([*modules, ROOT / "claims" / "search" / "tokenizer.py", ROOT / "requirements.txt"]):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def database_url() -> str:
    """The address of the test's own database."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    return f"postgres://{config['USER']}@/{config['NAME']}?host={config['HOST'] or config['OPTIONS']['host']}"


def keep(unfinished: Path, path: Path) -> None:
    """Keeps a database under its name, and of the older ones of its kind only the newest few."""
    unfinished.rename(path)
    older = sorted(KEPT_IN.glob(f"*{path.suffix}"), key=lambda kept: kept.stat().st_mtime)[:-MAX_KEPT]
    for kept in older:
        kept.unlink(missing_ok=True)


class SQLiteTemplate:
    """A migrated database in a file; the test database is another file, which it is copied over."""

    def __init__(self) -> None:
        self.test_database = str(connection.settings_dict["TEST"]["NAME"])
        self.kept = KEPT_IN / f"{source_hash('sqlite', sqlite3.sqlite_version)}.sqlite3"
        self.is_new = not self.kept.exists()

    def load(self) -> None:
        """Creates the test database from the kept one."""
        if not self.is_new:
            self.restore()

    def save(self) -> None:
        """Keeps the migrated test database. Runs that do so at the same time keep one and the same."""
        if self.is_new:
            KEPT_IN.mkdir(parents=True, exist_ok=True)
            unfinished = self.kept.with_suffix(f".{os.getpid()}")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(unfinished)])
            keep(unfinished, self.kept)

    def restore(self) -> None:
        """Copies the kept database over the test database."""
        connections.close_all()
        with sqlite3.connect(self.kept) as kept, sqlite3.connect(self.test_database) as test_database:
            kept.backup(test_database)
        kept.close()
        test_database.close()


class PostgresTemplate:
    """A migrated database in the run's own server, of which the test database is a copy; kept as a dump."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.test_database = connection.creation._get_test_db_name()  # of each worker another
        version = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
        self.kept = KEPT_IN / f"{source_hash('postgresql', version.stdout)}.dump"
        self.is_new = not self.kept.exists()

    def load(self) -> None:
        """Creates the test database from the kept dump."""
        if not self.is_new:
            with self.maintenance_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{self.test_database}"')
            self.run("pg_restore", "--dbname", self.test_database, "--exit-on-error", str(self.kept))

    def save(self) -> None:
        """Makes the migrated test database the template of the run, and keeps it where pg_dump is installed."""
        connections.close_all()
        with self.maintenance_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{POSTGRES_TEMPLATE}" TEMPLATE "{self.test_database}"')
        if self.is_new and all((self.binaries / program).exists() for program in ("pg_dump", "pg_restore")):
            KEPT_IN.mkdir(parents=True, exist_ok=True)
            unfinished = self.kept.with_suffix(f".{os.getpid()}")
            self.run("pg_dump", "--format", "custom", "--file", str(unfinished), POSTGRES_TEMPLATE)
            keep(unfinished, self.kept)

    def restore(self) -> None:
        """Makes the test database anew from the template; whoever is still connected to it is cut off."""
        connections.close_all()
        with self.maintenance_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.test_database}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{self.test_database}" TEMPLATE "{POSTGRES_TEMPLATE}"')

    def maintenance_cursor(self) -> Any:
        """A cursor on the server's own database, outside of any transaction."""
        return connection._nodb_cursor()

    def run(self, program: str, *arguments: str) -> None:
        config = connection.settings_dict
        host = str(config["HOST"] or config["OPTIONS"]["host"])
        command = [self.binaries / program, "--host", host, "--username", str(config["USER"]), *arguments]
        subprocess.run(command, check=True, capture_output=True)


Template = SQLiteTemplate | PostgresTemplate
