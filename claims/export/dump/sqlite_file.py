"""All that is released as one SQLite file: a table for each resource, with keys and full-text search."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
from django.db.models import Model, QuerySet

from claims.export.tabular.resource_csv import iter_cell_blocks
from claims.resources import RESOURCES
from claims.resources.resource import Resource
from claims.resources.sql.sql_table import UNIT_SEPARATOR, Column, Datatype, sql_table_for

MEDIA_TYPE = "application/vnd.sqlite3"
_TYPES = {Datatype.INTEGER: "INTEGER", Datatype.BOOLEAN: "INTEGER", Datatype.NUMBER: "REAL"}
SEARCHED_COLUMNS = {
    "quotes": ("quote", "speaker", "source_title"),
    "claims": ("claim", "explanation", "speaker", "quote"),
    "speakers": ("name", "names", "description"),
    "sources": ("title", "publisher", "authors"),
    "verifications": ("claim", "explanation"),
    "topics": ("name", "description"),
    "corrections": ("text", "reason", "subject"),
}
MAY_REFER_TO_WHAT_IS_GONE = {"corrections"}


def write_sqlite(path: Path, rows: Mapping[str, QuerySet[Model]], about: Mapping[str, str]) -> None:
    """Writes the file. `about` goes into a table of its own. Lists of values are JSON arrays."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # Nobody reads it before it is complete, and a broken one is thrown away.
        for statement in ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "BEGIN"):
            database.execute(statement)
        for name, queryset in rows.items():
            _write_table(database, RESOURCES[name], queryset)
        database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        database.execute("COMMIT")
        database.execute("ANALYZE")


def foreign_keys(resource: Resource) -> Iterator[tuple[str, str, str]]:
    """Yields the columns that are ids of rows in other tables, each with that table and its primary key."""
    if resource.name in MAY_REFER_TO_WHAT_IS_GONE:
        return
    keys = {other.table.columns[0].name: other.name for other in RESOURCES.values()}
    for column in resource.table.columns[1:]:
        for key, table in keys.items():
            if column.name == key or column.name.endswith(f"_{key}"):
                yield column.name, table, key


def _write_table(database: sqlite3.Connection, resource: Resource, queryset: QuerySet[Model]) -> None:
    table = sql_table_for(resource.serializer_class, resource.columns, UNIT_SEPARATOR)
    references = {name: f' REFERENCES "{other}" ("{key}")' for name, other, key in foreign_keys(resource)}
    first, *others = table.columns
    definitions = [f'"{first.name}" INTEGER PRIMARY KEY']
    definitions += [f"{_definition(column)}{references.get(column.name, '')}" for column in others]
    database.execute(f'CREATE TABLE "{resource.name}" ({", ".join(definitions)})')
    marks = ", ".join("?" * len(table.columns))
    insert = f'INSERT INTO "{resource.name}" VALUES ({marks})'  # noqa: S608  # names of our own
    for block in iter_cell_blocks(table, queryset, resource.default_ordering):
        database.executemany(insert, (_values(table.columns, row) for row in block))
    for name in references:
        database.execute(f'CREATE INDEX "{resource.name}_{name}" ON "{resource.name}" ("{name}")')
    if searched := SEARCHED_COLUMNS.get(resource.name):
        columns = ", ".join(f'"{name}"' for name in searched)
        database.execute(
            f'CREATE VIRTUAL TABLE "{resource.name}_fts" USING fts5 ({columns}, content="{resource.name}",'
            f' content_rowid="{first.name}", tokenize="unicode61 remove_diacritics 2")'
        )
        database.execute(f'INSERT INTO "{resource.name}_fts" ("{resource.name}_fts") VALUES (\'rebuild\')')  # noqa: S608  # likewise


def _definition(column: Column) -> str:
    required = " NOT NULL" if column.required or column.is_list else ""
    return f'"{column.name}" {_TYPES.get(column.datatype, "TEXT")}{required}'


def _values(columns: Sequence[Column], row: Sequence[Any]) -> list[Any]:
    values = [column.json_value(cell) for column, cell in zip(columns, row, strict=True)]
    return [orjson.dumps(value).decode() if isinstance(value, list) else value for value in values]
