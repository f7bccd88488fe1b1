"""The application."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from claims.search.tokens import normalised


class ClaimsConfig(AppConfig):
    """Sources, quotes, speakers, claims and their verification."""

    name = "claims"
    verbose_name = "factbase"

    def ready(self) -> None:
        """Each connection to SQLite knows the function that the index's triggers call."""
        connection_created.connect(_add_words, dispatch_uid="claims.words")


def _add_words(connection: Any, **_: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("claims_words", 1, normalised, deterministic=True)
