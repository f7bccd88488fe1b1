"""The trigram index of substring search (`claims.search.substring`), on both databases.

On PostgreSQL, it is a GIN index of the columns in upper case. On SQLite, it is a full-text table without text of its
own beside the searched table; triggers update it. Both functions may run at any time, and repeatedly. Creating the
index reads all rows.

SQLite drops the triggers of a table that a later migration rebuilds. `install_invariant_triggers` creates these again,
too; a migration that alters one of the tables below must call it even if it needs it for nothing else.
"""

# table, columns
TRIGRAM_COLUMNS = [
    ("claims_quote", ["exact", "mention"]),
    ("claims_claim", ["text"]),
    ("claims_speakername", ["name"]),
    ("claims_source", ["title", "publisher", "authors", "url"]),
    ("claims_verification", ["explanation"]),
]


def trigram_index_name(table):
    return f"{table}_trigrams"


def sqlite_trigram_triggers(table, columns):
    """Yields the triggers that update the full-text table, which must be told the old words of a row that is removed."""
    index = trigram_index_name(table)
    names = ", ".join(f'"{column}"' for column in columns)
    old, new = (", ".join(f'{row}."{column}"' for column in columns) for row in ("OLD", "NEW"))
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    add = f"INSERT INTO {index} (rowid, {names}) VALUES (NEW.id, {new});"
    remove = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', OLD.id, {old});"
    yield "insert", f"AFTER INSERT ON {table} BEGIN {add} END"
    yield "delete", f"AFTER DELETE ON {table} BEGIN {remove} END"
    yield "update", f"AFTER UPDATE OF id, {names} ON {table} WHEN OLD.id <> NEW.id OR {changed} BEGIN {remove} {add} END"


def install_trigram_triggers(schema_editor):
    """Creates or replaces the triggers on SQLite, if the index exists."""
    if schema_editor.connection.vendor != "sqlite":
        return
    existing = sqlite_tables(schema_editor)
    for table, columns in TRIGRAM_COLUMNS:
        if trigram_index_name(table) in existing:
            for event, body in sqlite_trigram_triggers(table, columns):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigram_index_name(table)}_{event}")
                schema_editor.execute(f"CREATE TRIGGER {trigram_index_name(table)}_{event} {body}", params=None)


def remove_trigram_triggers(schema_editor):
    """Drops the triggers that exist."""
    if schema_editor.connection.vendor == "sqlite":
        for table, _ in TRIGRAM_COLUMNS:
            for event in ("insert", "delete", "update"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigram_index_name(table)}_{event}")


def install_trigram_index(apps, schema_editor):
    """Creates the index of all rows, and its triggers."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for table, columns in TRIGRAM_COLUMNS:
            keys = ", ".join(f"upper({column}) gin_trgm_ops" for column in columns)
            schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {trigram_index_name(table)} ON {table} USING gin ({keys})")
        return
    existing = sqlite_tables(schema_editor)
    for table, columns in TRIGRAM_COLUMNS:
        index = trigram_index_name(table)
        if index not in existing:
            names = ", ".join(f'"{column}"' for column in columns)
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {index} USING fts5("
                f"{names}, content = '{table}', content_rowid = 'id', tokenize = 'trigram')"
            )
            schema_editor.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    install_trigram_triggers(schema_editor)


def remove_trigram_index(apps, schema_editor):
    """Drops the index, but not the extension: something else may use it."""
    remove_trigram_triggers(schema_editor)
    kind = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    for table, _ in TRIGRAM_COLUMNS:
        schema_editor.execute(f"DROP {kind} IF EXISTS {trigram_index_name(table)}")


def sqlite_tables(schema_editor):
    """Returns the names of all tables of an SQLite database."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in cursor.fetchall()}
