"""The empty database that the data moves to, as a second connection of this process."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import ConnectionHandler

from claims.database.catalog import drop_objects
from claims.database.connections.sqlite import base as sqlite
from claims.database.derived_objects import stored_objects
from claims.management.backup.write_backup import rename_durably

TARGET = "target"  # the alias of its connection
SCHEMES = {"sqlite", "postgres", "postgresql"}
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    # Until the file has its name, what breaks off is thrown away.
    "init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;",
}


class MoveError(Exception):
    """Nothing was moved. The message says why and what to do; the source is as it was."""


def parse_url(url: str) -> dict[str, Any]:
    """Returns the settings of the database that a URL names. Raises MoveError if it names no possible one."""
    if urlsplit(url).scheme not in SCHEMES:
        raise MoveError("the target must be a URL, postgres://user:password@host/name or sqlite:///path")
    try:
        config: dict[str, Any] = environ.Env.db_url_config(url)
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise MoveError(f"the target is not a database URL: {error}") from error
    if not config["NAME"] or config["NAME"] == ":memory:":
        raise MoveError("the URL of the target lacks the name of a database")
    return config


class Target:
    """Takes the settings of a database. A SQLite file gets its name when it is complete."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.file: Path | None = None
        if config["ENGINE"] == "django.db.backends.sqlite3":
            self.file = Path(config["NAME"])
            self._prepare_file(self.file)
            config |= {
                "ENGINE": "claims.database.connections.sqlite",
                "NAME": str(self.partial),
                "OPTIONS": SQLITE_OPTIONS,
            }
        self.connection = ConnectionHandler({DEFAULT_DB_ALIAS: config}).create_connection(DEFAULT_DB_ALIAS)
        self.connection.alias = TARGET
        connections[TARGET] = self.connection

    def check_empty(self) -> None:
        if self.connection.vendor == "postgresql" and self.connection.introspection.table_names():
            raise MoveError(
                "the target is not empty. If an earlier move was killed, drop that database and create it again; "
                "if it has data that you need, choose another"
            )

    @property
    def partial(self) -> Path:
        assert self.file is not None  # noqa: S101  # it is asked of SQLite only
        return self.file.with_name(f"{self.file.name}.part")

    def _prepare_file(self, file: Path) -> None:
        if file.exists():
            raise MoveError(f"{file} exists: move it away, or choose another name")
        if not file.parent.is_dir():
            raise MoveError(f"{file.parent} is no directory: create it first")
        self._remove_partial()  # of a process that was killed

    def create_tables(self) -> None:
        """Applies the migrations, except those of the queue, which are PostgreSQL's alone and which `migrate` adds.

        Not with `migrate`: what it adds after the migrations, rows and triggers, is copied and built here.
        """
        if isinstance(self.connection, sqlite.DatabaseWrapper):
            self.connection.creates_file = True
        executor = MigrationExecutor(self.connection)
        executor.migrate([leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] != "procrastinate"])

    def finish(self) -> None:
        self.close()
        if self.file is not None:
            rename_durably(self.partial, self.file)

    def clear(self) -> None:
        """Removes what was made, so that the target is as empty as it was."""
        if self.file is not None:
            self.close()
            self._remove_partial()
            return
        connection = self.connection
        connection.close()  # and with it a transaction that was under way
        drop_objects(connection, stored_objects(connection).values())
        if tables := connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE {', '.join(map(connection.ops.quote_name, tables))} CASCADE")

    def close(self) -> None:
        self.connection.close()

    def forget(self) -> None:
        self.close()
        del connections[TARGET]

    def _remove_partial(self) -> None:
        for path in self.partial.parent.glob(f"{self.partial.name}*"):
            path.unlink()
