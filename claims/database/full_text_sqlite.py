"""The full-text index on SQLite: FTS5 tables of normalised words, and the triggers that update them."""

import hashlib
from collections.abc import Iterator

from claims.database.definitions import DerivedObject, ObjectKind, trigger
from claims.database.full_text import (
    DOCUMENT_KINDS,
    INDEXED_CHANGES,
    ITSELF,
    DocumentKind,
    IndexedChange,
    document_key,
    fill_documents,
    insert_documents,
)
from claims.search import tokenizer

VENDOR = "sqlite"


def fts5_table(kind: DocumentKind) -> DerivedObject:
    """Returns a table with indexes of two- and three-letter prefixes, which changes with the tokenizer."""
    rules = hashlib.sha256(repr(tokenizer.RULES).encode()).hexdigest()[:16]
    create = (
        f"CREATE VIRTUAL TABLE {kind.table} /* words are split by {rules} */ USING fts5("
        f"{', '.join(kind.columns(VENDOR))}, row_id UNINDEXED, "
        f"tokenize = \"ascii tokenchars '{tokenizer.BOUNDARY_WORD}{tokenizer.STEM_SIGN}'\", prefix = '2 3')"
    )
    return DerivedObject(ObjectKind.TABLE, kind.table, (create, fill_documents(kind, VENDOR)))


def word_triggers(change: IndexedChange) -> Iterator[DerivedObject]:
    for event in change.events:
        rows = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}[event]
        when = f"({' OR '.join(change.condition.format(row=row) for row in rows)})"
        if event == "update":
            when += f" AND ({' OR '.join(f'OLD.{column} IS NOT NEW.{column}' for column in change.columns)})"
        body = []
        for kind, which, column in change.affected:
            ids = ", ".join(f"{row}.{column}" for row in rows)
            chosen = which.format(ids=ids)
            if kind.base == change.table and which == ITSELF and column == "id":
                if event != "insert":
                    body.append(f"DELETE FROM {kind.table} WHERE rowid = {document_key(kind, 'OLD', VENDOR)};")
            else:
                stale = f"SELECT {document_key(kind, 'd', VENDOR)} FROM {kind.base} d WHERE {chosen} AND {kind.exists}"
                body.append(f"DELETE FROM {kind.table} WHERE rowid IN ({stale});")
            # Sorted: FTS5 flushes its buffer to the disk whenever a key is lower than the one before.
            body.append(f"{insert_documents(kind, chosen, VENDOR)} ORDER BY 1;")
        of = f" OF {', '.join(change.columns)}" if event == "update" else ""
        name = f"{change.name}_words_{event}"
        yield trigger(
            name,
            change.table,
            f"CREATE TRIGGER {name} AFTER {event.upper()}{of} ON {change.table} WHEN {when} BEGIN {' '.join(body)} END",
        )


def full_text_objects() -> Iterator[DerivedObject]:
    yield from map(fts5_table, DOCUMENT_KINDS)
    for change in INDEXED_CHANGES:
        yield from word_triggers(change)
