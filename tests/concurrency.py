"""Runs calls concurrently, in threads with their own database connections.

Tests that use it need `django_db(transaction=True)`.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

TIMEOUT = 60  # seconds


def run_concurrently(*calls: Callable[[], Any]) -> list[Any]:
    """Return the result of each call, or raise the first error."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(timeout=3 * TIMEOUT) for future in [pool.submit(_run, call) for call in calls]]


def run_overlapping(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """Run `first` in a transaction that is committed once `second` waits for a lock of it, and return its result.

    On PostgreSQL: SQLite runs one writing transaction at a time.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            result = pool.submit(_run, second)
            _wait_until_waited_for()
        return result.result(TIMEOUT)


def _run(call: Callable[[], Any]) -> Any:
    try:
        return call()
    finally:
        connection.close()


def _wait_until_waited_for() -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    deadline = time.monotonic() + TIMEOUT
    with connection.cursor() as cursor:
        while not cursor.execute(waiting).fetchone()[0]:
            assert time.monotonic() < deadline, f"nobody waited within {TIMEOUT} s"
            time.sleep(0.02)
