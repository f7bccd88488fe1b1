"""The two databases of a run: one with a few quotes, and one with all of them, which starts as a copy of the first.

Both are in a folder. If the folder is kept, the next run with the same number of quotes uses them again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.cache import cache
from django.db import connection

SMALL_DATABASE_NAME = {"sqlite": "few", "postgresql": "postgres"}


@contextmanager
def serve_database(vendor: str, folder: Path) -> Iterator[str]:
    """Yields the URL of the small database in this folder; stops the server of PostgreSQL afterwards."""
    directory = folder.absolute() / vendor
    directory.mkdir(exist_ok=True)
    if vendor == "sqlite":
        yield f"sqlite:///{directory / SMALL_DATABASE_NAME[vendor]}"
        return
    from tests.databases import TemporaryPostgres, package_binaries, system_binaries

    binaries = system_binaries() or package_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL found: install your system's package, or run `make install-dev`")
    server = TemporaryPostgres(binaries, kept=directory)
    try:
        yield server.start()
    finally:
        server.stop()


def switch_database(name: str) -> None:
    """Switches the connection to another database, and clears all caches."""
    current = str(connection.settings_dict["NAME"])
    connection.close()
    connection.settings_dict["NAME"] = str(Path(current).with_name(name)) if connection.vendor == "sqlite" else name
    apps.get_model("contenttypes", "ContentType").objects.clear_cache()
    cache.clear()


def copy_and_fill(name: str, fill: Callable[[], None]) -> None:
    """Copies the current database, fills the copy and switches to it. A complete copy is used again."""
    unfinished = f"{name}_unfinished"
    if connection.vendor == "sqlite":
        folder = Path(str(connection.settings_dict["NAME"])).parent
        if not (folder / name).exists():
            (folder / unfinished).unlink(missing_ok=True)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(folder / unfinished)])
            switch_database(unfinished)
            fill()
            connection.close()
            (folder / unfinished).rename(folder / name)
    elif not _database_exists(name):
        small = str(connection.settings_dict["NAME"])
        switch_database("template1")
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {unfinished}")
            cursor.execute(f"CREATE DATABASE {unfinished} TEMPLATE {small}")
        switch_database(unfinished)
        fill()
        switch_database("template1")
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")
    switch_database(name)


def _database_exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def recreate_database(url: str) -> None:
    """Creates an empty database in place of an existing one."""
    drop_database(url)
    if not url.startswith("sqlite"):
        _execute_on_server(url, "CREATE DATABASE {}")


def drop_database(url: str) -> None:
    if url.startswith("sqlite"):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{url.removeprefix('sqlite:///')}{suffix}").unlink(missing_ok=True)
    else:
        _execute_on_server(url, "DROP DATABASE IF EXISTS {}")


def _execute_on_server(url: str, statement: str) -> None:
    import psycopg

    server_url, _, query = url.partition("?")
    prefix, _, name = server_url.rpartition("/")
    with psycopg.connect(f"{prefix}/postgres?{query}", autocommit=True) as server:
        server.execute(statement.format(name))
