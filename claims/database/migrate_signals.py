"""What `migrate` does with derived objects: it drops triggers before it alters tables, and restores them at its end.

Whatever interrupts it in between, the next `migrate` makes up for it: which objects are there tells what is to be done.
"""

import sys
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation

from claims.database.catalog import StoredObject, drop_objects, mark_stale
from claims.database.database_check import MigrationState
from claims.database.definitions import ObjectKind
from claims.database.derived_objects import DISABLED, MISSING, OUT_OF_DATE, find_differences, restore, stored_objects

TOUCH_EVERYTHING = "everything"  # the kind of a record that stands for all public objects


def drop_triggers(*, using: str, plan: list[tuple[Any, bool]], **_: Any) -> None:
    """Drops triggers and functions before migrations are applied (a receiver of `pre_migrate`).

    Where rows can change, or have changed, without triggers, the tables of searches are filled anew afterwards.
    """
    connection = connections[using]
    if MigrationState(connection).unknown:
        return
    of_claims = [migration for migration, _ in plan if migration.app_label == "claims"]
    with transaction.atomic(using=using):
        if _changes_rows(operation for migration in of_claims for operation in migration.operations) or any(
            difference.kind == ObjectKind.TRIGGER and difference.problem in {MISSING, DISABLED}
            for difference in find_differences(connection)
        ):
            mark_stale(connection, _stored(connection, ObjectKind.TABLE))
        if plan:
            drop_objects(connection, _stored(connection, ObjectKind.TRIGGER, ObjectKind.FUNCTION))


def restore_objects(*, using: str, verbosity: int = 0, stdout: Any = sys.stdout, **_: Any) -> None:
    """Restores all derived objects after migrations were applied (a receiver of `post_migrate`)."""
    connection = connections[using]
    state = MigrationState(connection)
    if state.unknown:
        return
    if state.unapplied_of_claims or not state.has_tables:
        with transaction.atomic(using=using):
            drop_objects(connection, _stored(connection, *ObjectKind))
        if verbosity:
            stdout.write("  Triggers and search indexes are left out until all migrations of claims are applied.\n")
        return
    with transaction.atomic(using=using):
        restored = restore(connection)
        if any(kind == ObjectKind.TABLE and problem in {MISSING, OUT_OF_DATE} for kind, _, problem in restored):
            # Nothing has recorded which public rows have changed since.
            touched = apps.get_model("claims", "Touched")
            touched._default_manager.using(using).create(kind=TOUCH_EVERYTHING, object_id=0, wide=True, step=0)
    if restored and verbosity:
        stdout.write(f"  Restored triggers and search indexes: {len(restored)} objects.\n")


def _changes_rows(operations: Iterable[Operation]) -> bool:
    """Whether one of these operations may change rows."""
    return any(
        isinstance(operation, RunPython | RunSQL)
        or (isinstance(operation, SeparateDatabaseAndState) and _changes_rows(operation.database_operations))
        for operation in operations
    )


def _stored(connection: BaseDatabaseWrapper, *kinds: ObjectKind) -> list[StoredObject]:
    return [stored for stored in stored_objects(connection).values() if stored.kind in kinds]
