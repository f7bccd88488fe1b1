"""The system check of a database: whether it is as this version of factbase needs it (`check --database default`)."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from claims.database.derived_objects import derived_objects, find_differences

MIGRATE_HINT = "run `migrate` first"


class MigrationState:
    """Which migrations a database has, compared with those of this version."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        loader = MigrationLoader(connection)
        known = {
            *loader.disk_migrations,
            *(key for migration in loader.replacements.values() for key in migration.replaces),
        }
        self.unapplied = sorted(loader.graph.nodes.keys() - loader.applied_migrations.keys())
        self.unapplied_of_claims = [key for key in self.unapplied if key[0] == "claims"]
        self.unknown = sorted(key for key in loader.applied_migrations if key[0] == "claims" and key not in known)
        self._connection = connection

    @property
    def has_tables(self) -> bool:
        """Whether the tables with triggers exist: `migrate --fake` applies migrations in name only."""
        tables = {derived.table for derived in derived_objects(self._connection).values() if derived.table}
        return tables <= set(self._connection.introspection.table_names())


def find_database_errors(connection: BaseDatabaseWrapper) -> list[Error]:
    """Compares migrations and derived objects with those of this version. Reads no rows of the app's tables."""
    state = MigrationState(connection)
    if state.unknown:
        names = ", ".join(name for _, name in state.unknown)
        return [
            Error(
                f"the database is newer than this version of factbase, which does not have its migrations {names}",
                hint="install the version that the database was migrated with",
                id="claims.E001",
            )
        ]
    if state.unapplied:
        count = len(state.unapplied)
        message = f"{count} migration{' is' if count == 1 else 's are'} not applied"
        return [Error(message, hint=MIGRATE_HINT, id="claims.E002")]
    return [Error(str(difference), hint=MIGRATE_HINT, id="claims.E003") for difference in find_differences(connection)]


@register(Tags.database)
def check_database(databases: Sequence[str] | None, **_: Any) -> list[CheckMessage]:
    return [error for alias in databases or [] for error in find_database_errors(connections[alias])]
