"""The derived objects that a database has, read from its system tables."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database.definitions import SIGNATURE, DerivedObject, ObjectKind

STALE = "factbase stale"  # instead of a signature: the rows of a table on PostgreSQL may be wrong


@dataclass(frozen=True)
class StoredObject:
    """An object in the database: what is compared of it, and the statement that drops it.

    `definition` is the SQL on SQLite and the comment on PostgreSQL, where `source` is the body of a function.
    """

    kind: ObjectKind
    name: str
    definition: str
    source: str
    is_enabled: bool
    drop_statement: str

    def equals(self, expected: DerivedObject, vendor: str) -> bool:
        """Whether this is the expected object, disabled or not."""
        if vendor == "postgresql":
            # A function that was replaced by hand keeps its comment.
            return self.definition == expected.signature and (
                self.kind != ObjectKind.FUNCTION or f"$${self.source}$$" in expected.statements[0]
            )
        return self.definition == expected.signed_statements(vendor)[0]


ObjectKey = tuple[ObjectKind, str]
_SQLITE_QUERY = """
    SELECT type, name, sql, '', 1, 'DROP ' || type || ' IF EXISTS "' || name || '"' FROM sqlite_master
    WHERE type IN ('trigger', 'table') AND (name IN (SELECT value FROM json_each(%s)) OR instr(sql, %s))
"""
# Objects in other schemas belong to somebody else.
_POSTGRESQL_QUERY = """
    WITH current_namespace AS (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    SELECT * FROM (
        SELECT 'function', proname AS name, obj_description(oid, 'pg_proc') AS comment, prosrc, TRUE,
            'DROP FUNCTION IF EXISTS ' || oid::regprocedure
        FROM pg_proc WHERE pronamespace = (SELECT oid FROM current_namespace)
    UNION ALL
        SELECT 'trigger', tgname, obj_description(t.oid, 'pg_trigger'), '', tgenabled IN ('O', 'A'),
            'DROP TRIGGER IF EXISTS ' || quote_ident(tgname) || ' ON ' || tgrelid::regclass
        FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = (SELECT oid FROM current_namespace)
    UNION ALL
        SELECT CASE relkind WHEN 'r' THEN 'table' ELSE 'index' END, relname, obj_description(oid, 'pg_class'), '', TRUE,
            CASE relkind WHEN 'r' THEN 'DROP TABLE IF EXISTS ' ELSE 'DROP INDEX IF EXISTS ' END || oid::regclass
        FROM pg_class WHERE relkind IN ('r', 'i') AND relnamespace = (SELECT oid FROM current_namespace)
    ) o WHERE name IN (SELECT value FROM json_array_elements_text(%s)) OR starts_with(comment, %s)
"""


def fetch_stored_objects(connection: BaseDatabaseWrapper, names: Iterable[str]) -> dict[ObjectKey, StoredObject]:
    """Returns the objects with a signature, whichever version created them, and those of these names."""
    query = _POSTGRESQL_QUERY if connection.vendor == "postgresql" else _SQLITE_QUERY
    with connection.cursor() as cursor:
        cursor.execute(query, [json.dumps(list(names)), SIGNATURE])
        return {
            (ObjectKind(kind), name): StoredObject(
                ObjectKind(kind), name, definition or "", source, bool(is_enabled), drop_statement
            )
            for kind, name, definition, source, is_enabled, drop_statement in cursor.fetchall()
        }


def drop_objects(connection: BaseDatabaseWrapper, objects: Iterable[StoredObject]) -> None:
    """Drops objects, triggers before their functions. What somebody else has built on them is an error, and is kept."""
    with connection.cursor() as cursor:
        for stored in sorted(objects, key=lambda stored: stored.kind != ObjectKind.TRIGGER):
            cursor.execute(stored.drop_statement)


def mark_stale(connection: BaseDatabaseWrapper, tables: Iterable[StoredObject]) -> None:
    """Makes sure that these tables are filled anew when derived objects are next restored.

    Searches can use them until then on PostgreSQL. SQLite has no place for a mark.
    """
    if connection.vendor != "postgresql":
        drop_objects(connection, tables)
        return
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"COMMENT ON TABLE {table.name} IS '{STALE}'")
