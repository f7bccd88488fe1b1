"""Two processes at once: threads with connections of their own (their tests need `django_db(transaction=True)`)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

TIMEOUT = 20  # seconds: long after every one has come, and no longer if one never does


def run_concurrently(*calls: Callable[[], Any]) -> list[Any]:
    """What each call returns, or the first error."""

    def call(each: Callable[[], Any]) -> Any:
        try:
            return each()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [done.result(timeout=3 * TIMEOUT) for done in [pool.submit(call, each) for each in calls]]
