"""All derived objects: listed, compared with the database, and restored.

Migrations alter tables as if these objects did not exist: `migrate` drops the triggers before it begins and restores
whatever is missing at its end (`claims.database.migrate_signals`).
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.database import full_text_postgresql, full_text_sqlite
from claims.database.catalog import STALE, ObjectKey, StoredObject, drop_objects, fetch_stored_objects
from claims.database.definitions import DerivedObject, ObjectKind
from claims.database.shingle_index import shingle_objects
from claims.database.triggers.audit import audit_triggers
from claims.database.triggers.changes import change_triggers
from claims.database.triggers.invariants import invariant_triggers
from claims.database.triggers.people import people_triggers
from claims.database.trigram_index import trigram_objects

MISSING = "is missing"
DISABLED = "is disabled"
OUT_OF_DATE = "is out of date"
DIFFERENT = "differs from what this version creates"
LEFT_OVER = "is of another version"


class Difference(NamedTuple):
    """An object that is not as it must be."""

    kind: ObjectKind
    name: str
    problem: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.problem}"


def full_text_objects(connection: BaseDatabaseWrapper) -> Iterator[DerivedObject]:
    if connection.vendor == "postgresql":
        return full_text_postgresql.full_text_objects(connection)
    return full_text_sqlite.full_text_objects()


def derived_objects(connection: BaseDatabaseWrapper) -> dict[ObjectKey, DerivedObject]:
    """Returns all objects in the order in which they can be created."""
    groups = (
        invariant_triggers(connection),
        people_triggers(connection),
        audit_triggers(connection),
        trigram_objects(connection),
        full_text_objects(connection),
        shingle_objects(connection),
        change_triggers(connection),
    )
    return {(derived.kind, derived.name): derived for group in groups for derived in group}


def stored_objects(connection: BaseDatabaseWrapper) -> dict[ObjectKey, StoredObject]:
    """Returns the objects of this and of other versions that the database has."""
    return fetch_stored_objects(connection, {name for _, name in derived_objects(connection)})


def find_differences(connection: BaseDatabaseWrapper) -> list[Difference]:
    """Compares the objects in the database with what they must be. Does not read the rows of tables."""
    expected = derived_objects(connection)
    stored = fetch_stored_objects(connection, {name for _, name in expected})
    differences = [
        Difference(*key, problem)
        for key, derived in expected.items()
        if (problem := _find_problem(derived, stored.get(key), connection.vendor))
    ]
    return differences + [Difference(*key, LEFT_OVER) for key in sorted(stored.keys() - expected.keys())]


def _find_problem(expected: DerivedObject, stored: StoredObject | None, vendor: str) -> str | None:
    if stored is None:
        return MISSING
    if stored.definition == STALE:
        return OUT_OF_DATE
    if not stored.equals(expected, vendor):
        return DIFFERENT
    return None if stored.is_enabled else DISABLED


def drop(connection: BaseDatabaseWrapper, objects: Iterable[DerivedObject]) -> None:
    """Drops those of these objects that exist, in one transaction; until they are restored, nothing else may write."""
    stored = stored_objects(connection)
    with transaction.atomic(using=connection.alias):
        keys = [(derived.kind, derived.name) for derived in objects]
        drop_objects(connection, [stored[key] for key in keys if key in stored])


def restore(connection: BaseDatabaseWrapper) -> list[Difference]:
    """Creates what is missing or differs, drops what is left over, and returns what was wrong. In one transaction."""
    with transaction.atomic(using=connection.alias):
        differences = find_differences(connection)
        if differences:
            stored = stored_objects(connection)
            wrong = {(difference.kind, difference.name) for difference in differences}
            wrong |= {(ObjectKind.TRIGGER, name) for kind, name in wrong if kind == ObjectKind.FUNCTION}
            drop_objects(connection, [stored[key] for key in wrong & stored.keys()])
            stored = stored_objects(connection)  # a table was dropped with its index
            for key, derived in derived_objects(connection).items():
                if key not in stored:
                    derived.create(connection)
    return differences
