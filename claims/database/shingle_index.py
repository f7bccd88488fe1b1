"""The index of shared passages: the shingles of each text (`claims.search.passages.shingles`), on both databases.

It tells which of the stored texts have a passage of a given text, in whatever part of them. A table beside the
snapshots, which triggers fill: on SQLite an FTS5 table that keeps no text of its own, whose words are shingles; on
PostgreSQL one of arrays, with a GIN index. A text is never changed, so there is no trigger for updates.
"""

import hashlib
from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database.definitions import DerivedObject, ObjectKind, function, trigger
from claims.database.full_text_postgresql import word_functions
from claims.search import tokenizer
from claims.search.passages.shingles import MAX_SHINGLED_CHARACTERS, SHINGLE_WORDS

SHINGLE_TABLE = "claims_snapshot_shingles"
_TRIGGER = "claims_snapshot_shingles"


def shingle_objects(connection: BaseDatabaseWrapper) -> Iterator[DerivedObject]:
    return _postgresql_objects(connection) if connection.vendor == "postgresql" else _sqlite_objects()


def _sqlite_objects() -> Iterator[DerivedObject]:
    rules = hashlib.sha256(repr((tokenizer.RULES, SHINGLE_WORDS, MAX_SHINGLED_CHARACTERS)).encode()).hexdigest()[:16]
    create = (
        f"CREATE VIRTUAL TABLE {SHINGLE_TABLE} /* words are split by {rules} */ USING fts5("
        "shingles, content = '', columnsize = 0, detail = none, tokenize = 'ascii')"
    )
    columns = f"{SHINGLE_TABLE} (rowid, shingles)"
    fill = f"INSERT INTO {columns} SELECT id, claims_shingles(text) FROM claims_snapshot ORDER BY 1"
    yield DerivedObject(ObjectKind.TABLE, SHINGLE_TABLE, (create, fill))
    add = f"INSERT INTO {columns} VALUES (NEW.id, claims_shingles(NEW.text));"
    remove = (
        f"INSERT INTO {SHINGLE_TABLE} ({SHINGLE_TABLE}, rowid, shingles) "
        "VALUES ('delete', OLD.id, claims_shingles(OLD.text));"
    )
    for event, body in (("insert", add), ("delete", remove)):
        name = f"{_TRIGGER}_{event}"
        yield trigger(
            name,
            "claims_snapshot",
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON claims_snapshot BEGIN {body} END",
        )


def _postgresql_objects(connection: BaseDatabaseWrapper) -> Iterator[DerivedObject]:
    shingles = function(
        "claims_shingles",
        f"""
        CREATE FUNCTION claims_shingles(t text) RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT coalesce(array_agg(DISTINCT ('x' || left(md5(first || ' ' || second || ' ' || third), 8))::bit(32)::int),
            ARRAY[]::int[])
        FROM (
            SELECT word AS first, lead(word, 1) OVER (ORDER BY n) AS second, lead(word, 2) OVER (ORDER BY n) AS third
            FROM (
                SELECT left(word, {tokenizer.MAX_TOKEN_LENGTH}) AS word, n
                FROM unnest(string_to_array(btrim(regexp_replace(
                    claims_words(left(replace(t, chr(30), ' '), {MAX_SHINGLED_CHARACTERS})), ' +', ' ', 'g')), ' '))
                    WITH ORDINALITY w(word, n)
            ) words
        ) triples WHERE third IS NOT NULL $$""",
    )
    yield shingles
    splitting = hashlib.sha256("".join(map(str, [*word_functions(connection), shingles])).encode()).hexdigest()[:16]
    yield DerivedObject(
        ObjectKind.TABLE,
        SHINGLE_TABLE,
        (
            f"CREATE TABLE {SHINGLE_TABLE} /* words are split by {splitting} */ "
            "(rowid bigint PRIMARY KEY, shingles int[] NOT NULL)",
            # Analysing long arrays takes long, and the plan needs to know no more than that a shingle is rare.
            f"ALTER TABLE {SHINGLE_TABLE} ALTER COLUMN shingles SET STATISTICS 10",
            f"INSERT INTO {SHINGLE_TABLE} SELECT id, claims_shingles(text) FROM claims_snapshot",
        ),
    )
    index = f"{SHINGLE_TABLE}_gin"
    create = f"CREATE INDEX {index} ON {SHINGLE_TABLE} USING gin (shingles)"
    yield DerivedObject(ObjectKind.INDEX, index, (create, f"ANALYZE {SHINGLE_TABLE}"))
    for event, statement in (
        ("truncate", f"TRUNCATE {SHINGLE_TABLE};"),
        ("insert", f"INSERT INTO {SHINGLE_TABLE} SELECT id, claims_shingles(text) FROM newer;"),
        ("delete", f"DELETE FROM {SHINGLE_TABLE} WHERE rowid IN (SELECT id FROM older);"),
    ):
        rows = {"insert": "REFERENCING NEW TABLE AS newer", "delete": "REFERENCING OLD TABLE AS older"}.get(event, "")
        name = f"{_TRIGGER}_{event}"
        yield function(
            name,
            f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {statement} RETURN NULL; END $$""",
        )
        yield trigger(
            name,
            "claims_snapshot",
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON claims_snapshot {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        )
