"""The index of trigrams that a search for parts of words asks (`claims.search.substring`), on both databases.

On PostgreSQL a GIN index of the columns in upper case, which the database keeps. On SQLite a full-text table beside the
searched one, which stores no text of its own; triggers keep it. Both functions may be run at any time, and twice;
making the index reads all rows that are there.

SQLite loses the triggers of a table that a later migration makes anew. `install_triggers` of `_triggers` makes these
again too; a migration that alters one of the tables below and has no need of it otherwise, uses it all the same.
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
    """What the index is called."""
    return f"{table}_trigrams"


def sqlite_trigram_triggers(table, columns):
    """Three triggers that keep the full-text table: it is told of each row that goes, with the words it had."""
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
    """Make the triggers on SQLite, in place of those that are there; only where the index is."""
    if schema_editor.connection.vendor != "sqlite":
        return
    there = sqlite_tables(schema_editor)
    for table, columns in TRIGRAM_COLUMNS:
        if trigram_index_name(table) in there:
            for event, body in sqlite_trigram_triggers(table, columns):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigram_index_name(table)}_{event}")
                schema_editor.execute(f"CREATE TRIGGER {trigram_index_name(table)}_{event} {body}", params=None)


def remove_trigram_triggers(schema_editor):
    """Take those away that are there."""
    if schema_editor.connection.vendor == "sqlite":
        for table, _ in TRIGRAM_COLUMNS:
            for event in ("insert", "delete", "update"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigram_index_name(table)}_{event}")


def install_trigram_index(apps, schema_editor):
    """Make the index of the rows that are there, and have it kept."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for table, columns in TRIGRAM_COLUMNS:
            keys = ", ".join(f"upper({column}) gin_trgm_ops" for column in columns)
            schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {trigram_index_name(table)} ON {table} USING gin ({keys})")
        return
    there = sqlite_tables(schema_editor)
    for table, columns in TRIGRAM_COLUMNS:
        index = trigram_index_name(table)
        if index not in there:
            names = ", ".join(f'"{column}"' for column in columns)
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {index} USING fts5("
                f"{names}, content = '{table}', content_rowid = 'id', tokenize = 'trigram')"
            )
            schema_editor.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    install_trigram_triggers(schema_editor)


def remove_trigram_index(apps, schema_editor):
    """Take the index away. The extension stays: something else may use it."""
    remove_trigram_triggers(schema_editor)
    kind = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    for table, _ in TRIGRAM_COLUMNS:
        schema_editor.execute(f"DROP {kind} IF EXISTS {trigram_index_name(table)}")


def sqlite_tables(schema_editor):
    """The names of all tables of an SQLite database."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in cursor.fetchall()}
