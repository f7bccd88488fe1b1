"""Locks against concurrent changes."""

from django.db import connection

_SPEAKERS_LOCK_ID = 0x66616374  # of a PostgreSQL advisory lock


def lock_speakers() -> None:
    """Serialize adding and merging speakers until the end of the current transaction.

    Without the lock, two articles at once would add a new speaker twice, and a merge during an ingest would leave
    quotes with the merged speaker. SQLite runs one writing transaction at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SPEAKERS_LOCK_ID])
