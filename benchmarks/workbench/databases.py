"""The two databases of a run: one with a few quotes, and one with all of them, which begins as its copy.

Both lie in a folder. Where that is kept, the next run with as many quotes finds them there and fills nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.cache import cache
from django.db import connection

FEW = {"sqlite": "few", "postgresql": "postgres"}


@contextmanager
def served(vendor: str, folder: Path) -> Iterator[str]:
    """The address of the database with a few, in this folder; a server is stopped afterwards."""
    place = folder.absolute() / vendor
    place.mkdir(exist_ok=True)
    if vendor == "sqlite":
        yield f"sqlite:///{place / FEW[vendor]}"
        return
    from tests.databases import Server, package_binaries, system_binaries  # noqa: PLC0415  # needs the test tools

    binaries = system_binaries() or package_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL here: install your system's package, or run `make install-dev`")
    server = Server(binaries, kept=place)
    try:
        yield server.start()
    finally:
        server.stop()


def use(name: str) -> None:
    """Go on with this database; nothing is remembered of the other."""
    given = str(connection.settings_dict["NAME"])
    connection.close()
    connection.settings_dict["NAME"] = str(Path(given).with_name(name)) if connection.vendor == "sqlite" else name
    apps.get_model("contenttypes", "ContentType").objects.clear_cache()
    cache.clear()


def copied(name: str, fill: Callable[[], None]) -> None:
    """Make a database of this name from the one in use and go on with it; what is there and whole is not made again."""
    made = f"{name}_unfinished"
    if connection.vendor == "sqlite":
        folder = Path(str(connection.settings_dict["NAME"])).parent
        if not (folder / name).exists():
            (folder / made).unlink(missing_ok=True)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(folder / made)])
            use(made)
            fill()
            connection.close()
            (folder / made).rename(folder / name)
    elif not _is_there(name):
        few = str(connection.settings_dict["NAME"])
        use("template1")
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {made}")
            cursor.execute(f"CREATE DATABASE {made} TEMPLATE {few}")
        use(made)
        fill()
        use("template1")
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {made} RENAME TO {name}")
    use(name)


def _is_there(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def made_anew(address: str) -> None:
    """An empty database, in the place of what is there."""
    removed(address)
    if not address.startswith("sqlite"):
        _administer(address, "CREATE DATABASE {}")


def removed(address: str) -> None:
    """Nothing in its place."""
    if address.startswith("sqlite"):
        for ending in ("", "-wal", "-shm"):
            Path(f"{address.removeprefix('sqlite:///')}{ending}").unlink(missing_ok=True)
    else:
        _administer(address, "DROP DATABASE IF EXISTS {}")


def _administer(address: str, statement: str) -> None:
    import psycopg  # noqa: PLC0415  # for PostgreSQL only

    server_address, _, asked = address.partition("?")
    start, _, name = server_address.rpartition("/")
    with psycopg.connect(f"{start}/postgres?{asked}", autocommit=True) as server:
        server.execute(statement.format(name))
