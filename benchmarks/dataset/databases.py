"""The two databases of a run: one with a few quotes, and one with all of them, which begins as its copy.

Both lie in a folder. Where that is kept, the next run with as many quotes finds them there and fills nothing.
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
    """The address of the database with a few, in this folder; a server is stopped afterwards."""
    place = folder.absolute() / vendor
    place.mkdir(exist_ok=True)
    if vendor == "sqlite":
        yield f"sqlite:///{place / SMALL_DATABASE_NAME[vendor]}"
        return
    from tests.databases import TemporaryPostgres, package_binaries, system_binaries  # noqa: PLC0415  # needs the test tools

    binaries = system_binaries() or package_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL here: install your system's package, or run `make install-dev`")
    server = TemporaryPostgres(binaries, kept=place)
    try:
        yield server.start()
    finally:
        server.stop()


def switch_database(name: str) -> None:
    """Go on with this database; nothing is remembered of the other."""
    given = str(connection.settings_dict["NAME"])
    connection.close()
    connection.settings_dict["NAME"] = str(Path(given).with_name(name)) if connection.vendor == "sqlite" else name
    apps.get_model("contenttypes", "ContentType").objects.clear_cache()
    cache.clear()


def copy_and_fill(name: str, fill: Callable[[], None]) -> None:
    """Make a database of this name from the one in use and go on with it; what is there and whole is not made again."""
    made = f"{name}_unfinished"
    if connection.vendor == "sqlite":
        folder = Path(str(connection.settings_dict["NAME"])).parent
        if not (folder / name).exists():
            (folder / made).unlink(missing_ok=True)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(folder / made)])
            switch_database(made)
            fill()
            connection.close()
            (folder / made).rename(folder / name)
    elif not _database_exists(name):
        few = str(connection.settings_dict["NAME"])
        switch_database("template1")
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {made}")
            cursor.execute(f"CREATE DATABASE {made} TEMPLATE {few}")
        switch_database(made)
        fill()
        switch_database("template1")
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {made} RENAME TO {name}")
    switch_database(name)


def _database_exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def recreate_database(address: str) -> None:
    """An empty database, in the place of what is there."""
    drop_database(address)
    if not address.startswith("sqlite"):
        _execute_on_server(address, "CREATE DATABASE {}")


def drop_database(address: str) -> None:
    """Nothing in its place."""
    if address.startswith("sqlite"):
        for ending in ("", "-wal", "-shm"):
            Path(f"{address.removeprefix('sqlite:///')}{ending}").unlink(missing_ok=True)
    else:
        _execute_on_server(address, "DROP DATABASE IF EXISTS {}")


def _execute_on_server(address: str, statement: str) -> None:
    import psycopg  # noqa: PLC0415  # for PostgreSQL only

    server_address, _, asked = address.partition("?")
    start, _, name = server_address.rpartition("/")
    with psycopg.connect(f"{start}/postgres?{asked}", autocommit=True) as server:
        server.execute(statement.format(name))
