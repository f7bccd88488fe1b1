"""The trigram index of substring search (`claims.search.substring`), on both databases.

On PostgreSQL, it is a GIN index of the columns in upper case. On SQLite, it is a full-text table without text of its
own beside the searched table; triggers update it. Creating the index reads all rows.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database.definitions import DerivedObject, ObjectKind, trigger

# table, columns
TRIGRAM_COLUMNS = [
    ("claims_quote", ["exact", "mention"]),
    ("claims_claim", ["text"]),
    ("claims_speakername", ["name"]),
    ("claims_source", ["title", "publisher", "authors", "url"]),
    ("claims_verification", ["explanation"]),
]


def trigram_index_name(table: str) -> str:
    return f"{table}_trigrams"


def sqlite_trigram_table(table: str, columns: list[str]) -> DerivedObject:
    index = trigram_index_name(table)
    names = ", ".join(f'"{column}"' for column in columns)
    create = (
        f"CREATE VIRTUAL TABLE {index} USING fts5("
        f"{names}, content = '{table}', content_rowid = 'id', tokenize = 'trigram')"
    )
    return DerivedObject(ObjectKind.TABLE, index, (create, f"INSERT INTO {index} ({index}) VALUES ('rebuild')"))


def sqlite_trigram_triggers(table: str, columns: list[str]) -> Iterator[DerivedObject]:
    """Yields the triggers that update the table, which must be told the old words of a row that is removed."""
    index = trigram_index_name(table)
    names = ", ".join(f'"{column}"' for column in columns)
    old, new = (", ".join(f'{row}."{column}"' for column in columns) for row in ("OLD", "NEW"))
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    add = f"INSERT INTO {index} (rowid, {names}) VALUES (NEW.id, {new});"
    remove = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', OLD.id, {old});"
    for event, body in (
        ("insert", f"AFTER INSERT ON {table} BEGIN {add} END"),
        ("delete", f"AFTER DELETE ON {table} BEGIN {remove} END"),
        (
            "update",
            f"AFTER UPDATE OF id, {names} ON {table} WHEN OLD.id <> NEW.id OR {changed} BEGIN {remove} {add} END",
        ),
    ):
        yield trigger(f"{index}_{event}", table, f"CREATE TRIGGER {index}_{event} {body}")


def postgresql_trigram_index(table: str, columns: list[str]) -> DerivedObject:
    index = trigram_index_name(table)
    keys = ", ".join(f"upper({column}) gin_trgm_ops" for column in columns)
    # Creating the extension needs the database's owner; if another role migrates, an administrator creates it first.
    extension = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
    return DerivedObject(ObjectKind.INDEX, index, (extension, f"CREATE INDEX {index} ON {table} USING gin ({keys})"))


def trigram_objects(connection: BaseDatabaseWrapper) -> Iterator[DerivedObject]:
    for table, columns in TRIGRAM_COLUMNS:
        if connection.vendor == "postgresql":
            yield postgresql_trigram_index(table, columns)
        else:
            yield sqlite_trigram_table(table, columns)
            yield from sqlite_trigram_triggers(table, columns)
