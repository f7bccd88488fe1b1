"""Rows stored in bulk, by the driver: COPY on PostgreSQL, `executemany` on SQLite."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, models

Row = dict[str, Any]


def bulk_insert(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Store rows of one model; what is not given has the model's default."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    given = list(first)
    others = {
        name: field.get_default()
        for name, field in fields.items()
        if name not in first and not isinstance(field, models.AutoField)
    }
    columns = ", ".join(connection.ops.quote_name(name) for name in [*given, *others])
    postgresql = connection.vendor == "postgresql"
    rest = [
        json.dumps(value) if isinstance(value, (list, dict)) else to_sqlite_value(value) for value in others.values()
    ]

    def values() -> Iterator[list[Any]]:
        for row in (first, *rows):
            yield [*(row[name] if postgresql else to_sqlite_value(row[name]) for name in given), *rest]

    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if postgresql:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for line in values():
                    copy.write_row(line)
            if isinstance(fields.get("id"), models.AutoField) and "id" in first:
                last = f"(SELECT max(id) FROM {table})"  # noqa: S608  # a model's table
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), {last})")
        else:
            places = ", ".join(["%s"] * (len(given) + len(others)))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values())  # noqa: S608  # as above


def to_sqlite_value(value: Any) -> Any:
    """As SQLite stores it."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return value.isoformat() if isinstance(value, dt.date) else value
