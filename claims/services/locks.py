"""Locks against concurrent changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Of PostgreSQL's advisory locks.
_CHANGE_FEED_LOCK_ID = 7_265_001
_AUDIT_CHAIN_LOCK_ID = 7_265_002
_SPEAKERS_LOCK_ID = 0x66616374
_ANSWERS_LOCK_ID = 0x66616375
_VECTORS_LOCK_ID = 0x66616376
_RELATIONS_LOCK_ID = 0x66616377


def lock_speakers() -> None:
    """Serialize adding and merging speakers until the end of the current transaction.

    Without the lock, two articles at once would add a new speaker twice, and a merge during an ingest would leave
    quotes with the merged speaker. SQLite runs one writing transaction at a time anyway.
    """
    _lock_until_commit(_SPEAKERS_LOCK_ID)


def lock_answers() -> None:
    """Serialize decisions on readers' reports until the end of the current transaction.

    So their history is committed in the order of its ids, and the newest id tells whether a page shows all of them.
    """
    _lock_until_commit(_ANSWERS_LOCK_ID)


def lock_vectors() -> None:
    """Serialize storing claims' vectors until the end of the current transaction.

    So they are committed in the order of their sequence, and an index that has one of them has all before it.
    """
    _lock_until_commit(_VECTORS_LOCK_ID)


def lock_relations() -> None:
    """Serialize suggesting relations again until the end of the current transaction, so that no pair is added twice."""
    _lock_until_commit(_RELATIONS_LOCK_ID)


@contextmanager
def change_feed_transaction() -> Iterator[None]:
    """Serialize writing changes, so that their timestamps ascend, in a transaction for the block.

    All its statements see the database as of its beginning (REPEATABLE READ on PostgreSQL), unless the caller has begun
    a transaction, of which the block is then a part. Raises OperationalError if others have meanwhile changed a row
    that the block changes too.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        with transaction.atomic():
            _lock_until_commit(_CHANGE_FEED_LOCK_ID)
            yield
        return
    with connection.cursor() as cursor:
        # Before the transaction, which sees what was committed before its first query.
        cursor.execute("SELECT pg_advisory_lock(%s)", [_CHANGE_FEED_LOCK_ID])
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    finally:
        with connection.cursor() as cursor:  # a connection that was lost has no lock any more
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_CHANGE_FEED_LOCK_ID])


def lock_audit_chain() -> None:
    """Serialize sealing entries of the audit log until the end of the current transaction: each follows the last."""
    _lock_until_commit(_AUDIT_CHAIN_LOCK_ID)


def _lock_until_commit(lock_id: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_id])
