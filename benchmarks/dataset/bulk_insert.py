"""Inserts rows in bulk with the database driver: COPY on PostgreSQL, `executemany` on SQLite."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, models

Row = dict[str, Any]


def bulk_insert(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Inserts rows of one model; missing columns get the model's default."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    columns_given = list(first)
    defaults = {
        name: field.get_default()
        for name, field in fields.items()
        if name not in first and not isinstance(field, models.AutoField)
    }
    columns = ", ".join(connection.ops.quote_name(name) for name in [*columns_given, *defaults])
    postgresql = connection.vendor == "postgresql"
    default_values = [
        json.dumps(value) if isinstance(value, (list, dict)) else to_sqlite_value(value) for value in defaults.values()
    ]

    def values() -> Iterator[list[Any]]:
        for row in (first, *rows):
            yield [
                *(row[name] if postgresql else to_sqlite_value(row[name]) for name in columns_given),
                *default_values,
            ]

    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if postgresql:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row_values in values():
                    copy.write_row(row_values)
            if isinstance(fields.get("id"), models.AutoField) and "id" in first:
                last_id = f"(SELECT max(id) FROM {table})"
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), {last_id})")
        else:
            placeholders = ", ".join(["%s"] * (len(columns_given) + len(defaults)))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({placeholders})", values())


def to_sqlite_value(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return value.isoformat() if isinstance(value, dt.date) else value
