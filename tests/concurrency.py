"""Runs calls concurrently, in threads with their own database connections.

Tests that use it need `django_db(transaction=True)`.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

TIMEOUT = 60  # seconds


def run_concurrently(*calls: Callable[[], Any]) -> list[Any]:
    """Return the result of each call, or raise the first error."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(timeout=3 * TIMEOUT) for future in [pool.submit(run, call) for call in calls]]
