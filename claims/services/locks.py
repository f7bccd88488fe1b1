"""Taking turns: what must not happen twice at once."""

from django.db import connection

_SPEAKERS_LOCK_ID = 0x66616374  # PostgreSQL's advisory lock for whatever adds, merges or parts speakers


def lock_speakers() -> None:
    """Within a transaction: wait until nobody else adds or merges speakers, and have others wait until it ends.

    Two articles at once would make a new speaker twice, and a merge during an ingest would leave quotes with the
    speaker that became a redirect. On SQLite every transaction has its turn anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SPEAKERS_LOCK_ID])
