"""`migrate`: Django's command, which a database that it is to repair does not stop."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from claims.database.connections.sqlite import base as sqlite
from claims.database.database_check import MigrationState, find_database_errors
from claims.services.changefeed.processor import process_pending

# One migration that replaced others was replaced in turn, which Django knows nothing of.
FIRST_SQUASH, LAST_BEFORE_IT = "0001_squashed_0015_reader_keys", "0015_reader_keys"


def record_first_squash(connection: BaseDatabaseWrapper) -> None:
    """Records the first squashed migration as applied where those that it replaced are."""
    recorder = MigrationRecorder(connection)
    applied = {name for app, name in recorder.applied_migrations() if app == "claims"}
    if LAST_BEFORE_IT in applied and FIRST_SQUASH not in applied:
        recorder.record_applied("claims", FIRST_SQUASH)


class Command(migrate.Command):
    def get_check_kwargs(self, options: Any) -> Any:
        """Checks no database: this command repairs what `claims.database.database_check` finds."""
        return {**super().get_check_kwargs(options), "databases": []}

    def handle(self, *args: Any, **options: Any) -> None:
        """Changes nothing in a database of another version: its triggers, unknown to this one, would be in the way."""
        connection = connections[options["database"]]
        if isinstance(connection, sqlite.DatabaseWrapper):
            connection.creates_file = True
        record_first_squash(connection)
        state = MigrationState(connection)
        if state.unknown and state.unapplied_of_claims:
            raise CommandError("; ".join(f"{error.msg}: {error.hint}" for error in find_database_errors(connection)))
        super().handle(*args, **options)
        state = MigrationState(connection)
        is_current = state.has_tables and not state.unapplied_of_claims and not state.unknown
        if (
            options["database"] == DEFAULT_DB_ALIAS
            and is_current
            and not (options["plan"] or options["check_unapplied"])
        ):
            # Now, while nobody waits for the database, and not with the first change of an editor.
            process_pending()
