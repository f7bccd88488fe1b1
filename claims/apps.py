from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from claims.search.passages.shingles import indexed_shingles
from claims.search.tokenizer import indexed_text


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "factbase"

    def ready(self) -> None:
        from claims.database.migrate_signals import drop_triggers, restore_objects  # needs the models
        from claims.search.matches import encoder_check  # noqa: F401  # registers itself

        connection_created.connect(_configure_connection, dispatch_uid="claims.connection")
        pre_migrate.connect(drop_triggers, sender=self, dispatch_uid="claims.drop_triggers")
        post_migrate.connect(restore_objects, sender=self, dispatch_uid="claims.restore_objects")


def _configure_connection(connection: Any, **_: Any) -> None:
    """Registers the functions that SQL for SQLite calls; sets how PostgreSQL plans our queries.

    Its JIT compiler would compile the statements of a large export again for each block, which takes longer than to run
    them. And it joins more than eight tables in the order in which they are written: the rows of a page would be picked
    out of the whole table, last.
    """
    from claims.resources.sql.expressions import float_text  # needs the models

    if connection.vendor == "sqlite":
        connection.connection.create_function("claims_words", 1, indexed_text, deterministic=True)
        connection.connection.create_function("claims_shingles", 1, indexed_shingles, deterministic=True)
        connection.connection.create_function("claims_float", 1, float_text, deterministic=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit TO off; SET from_collapse_limit TO 12; SET join_collapse_limit TO 12")
