"""Copies a database into a file while the site serves, and back: SQLite by its API, PostgreSQL by its programs."""

import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from claims.management.backup.errors import BackupError

PSYCOPG_PARAMETERS = {"context", "cursor_factory", "prepare_threshold"}  # which are not libpq's
DEBIAN_BINARIES = Path("/usr/lib/postgresql")


def has_tables() -> bool:
    """Whether there is anything in the database. Creates no SQLite file where there is none."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    return bool(connection.introspection.table_names())


def save_database(path: Path) -> None:
    """Writes the database as it is at one moment into an existing file. Whoever writes meanwhile does not wait."""
    if connection.vendor == "sqlite":
        with (
            _sqlite_errors(),
            closing(sqlite3.connect(_sqlite_file())) as source,
            closing(sqlite3.connect(path)) as target,
        ):
            target.execute("PRAGMA journal_mode=OFF")  # one file: what breaks off is thrown away
            source.backup(target)
    else:
        _run_program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def load_database(path: Path) -> None:
    """Fills an empty database from a file, in one transaction."""
    connection.close()
    if connection.vendor == "sqlite":
        with _sqlite_errors(), closing(sqlite3.connect(path)) as source:
            source.execute("PRAGMA schema_version")  # fails here if it is no database, before there is a new file
            _sqlite_file().touch(mode=0o600)
            with closing(sqlite3.connect(_sqlite_file())) as target:
                source.backup(target)
    else:
        _run_program(
            "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(path)
        )


@contextmanager
def _sqlite_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BackupError(f"the database cannot be copied: {error}") from error


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _run_program(name: str, *arguments: str) -> None:
    """Runs a program of PostgreSQL on the site's database. Raises BackupError with what it says if it fails."""
    program = _find_program(name)
    connection.close()
    parameters = connection.get_connection_params()
    address = {key: value for key, value in parameters.items() if key not in PSYCOPG_PARAMETERS}
    with tempfile.TemporaryFile() as password_file:  # among the arguments, other users of the machine could see it
        if password := address.pop("password", None):
            password_file.write(b"*:*:*:*:%s\n" % re.sub(r"([:\\])", r"\\\1", password).encode())
            password_file.seek(0)
            address["passfile"] = f"/dev/fd/{password_file.fileno()}"
        done = subprocess.run(  # noqa: S603  # no shell; the program was found by name
            [program, f"--dbname={make_conninfo(**address)}", "--no-password", *arguments],
            pass_fds=[password_file.fileno()],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    if done.returncode:
        said = "; ".join(line.strip() for line in done.stderr.splitlines()[:3]) or f"exit status {done.returncode}"
        raise BackupError(f"{program} failed: {said}")


def _find_program(name: str) -> str:
    """Finds a program of PostgreSQL on the PATH, or else that of the newest version where Debian installs it."""
    if program := shutil.which(name):
        return program
    programs = [path for path in DEBIAN_BINARIES.glob(f"*/bin/{name}") if re.fullmatch(r"[\d.]+", path.parts[-3])]
    if not programs:
        raise BackupError(f"{name} was not found: install PostgreSQL's client programs (Debian: postgresql-client)")
    return str(max(programs, key=lambda path: float(path.parts[-3])))
