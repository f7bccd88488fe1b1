"""Copies the rows of a table between databases, and tells what a table has in it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Model, QuerySet

ROWS_PER_BLOCK = 500
CHECKSUM_BITS = 256
ROWS_PER_REPORT = 100_000

Report = Callable[[str], None]
Row = tuple[Any, ...]


@dataclass
class TableContents:
    """The number of rows and a checksum of them that their order does not change."""

    rows: int = 0
    checksum: int = 0

    def add(self, row: Row) -> None:
        digest = hashlib.sha256(orjson.dumps(row, default=_to_json, option=orjson.OPT_SORT_KEYS)).digest()
        self.rows += 1
        self.checksum = (self.checksum + int.from_bytes(digest)) % (1 << CHECKSUM_BITS)


def _to_json(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"no checksum of a {type(value).__name__}")


def stored_models() -> list[type[Model]]:
    """Returns the models whose rows move: not the queue's, made from deliveries, nor search indexes."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label != "procrastinate"
    ]


def copy_rows(model: type[Model], source: str, target: str, *, report: Report) -> TableContents:
    """Copies all rows into an empty table, value by value: times to the microsecond, keys as they are."""
    contents = TableContents()
    fields = _columns(model)
    connection = connections[target]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)

    def prepared_rows() -> Iterator[Row]:
        for row in _read_rows(model, source):
            contents.add(row)
            if contents.rows % ROWS_PER_REPORT == 0:
                report(f"{model._meta.db_table}: {contents.rows:,} rows so far")
            yield tuple(
                field.get_db_prep_save(value, connection=connection) for field, value in zip(fields, row, strict=True)
            )

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in prepared_rows():
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            statement = f"INSERT INTO {table} ({names}) VALUES ({places})"
            cursor.executemany(statement, prepared_rows())  # type: ignore[arg-type]  # any iterable will do
    return contents


def read_contents(model: type[Model], alias: str) -> TableContents:
    contents = TableContents()
    for row in _read_rows(model, alias):
        contents.add(row)
    return contents


def _read_rows(model: type[Model], alias: str) -> Iterator[Row]:
    names = [field.attname for field in _columns(model)]
    rows: Iterable[Row] = QuerySet(model, using=alias).order_by().values_list(*names).iterator(ROWS_PER_BLOCK)
    return iter(rows)


def _columns(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def read_last_ids(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """Returns the highest id that each table ever gave, by its name: the ids of deleted rows are not given again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return dict(cursor.fetchall())
        last_ids = {}
        for table, sequence in _sequences(connection):
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
            last_ids[table] = cursor.fetchone()[0]
        return last_ids


def write_last_ids(connection: BaseDatabaseWrapper, last_ids: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence")
            tables = {model._meta.db_table for model in _numbered_models()}
            given = [(table, last) for table, last in last_ids.items() if table in tables and last]
            cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", given)
            return
        for table, sequence in _sequences(connection):
            last = last_ids.get(table, 0)
            cursor.execute("SELECT setval(%s::regclass, %s, %s)", [sequence, max(last, 1), last > 0])


def _numbered_models() -> Iterator[type[Model]]:
    return (model for model in stored_models() if isinstance(model._meta.pk, AutoField))


def _sequences(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Returns the tables with a sequence, and its name, on PostgreSQL."""
    with connection.cursor() as cursor:
        named = []
        for model in _numbered_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, model._meta.pk.column])
            named.append((model._meta.db_table, cursor.fetchone()[0]))
        return named
