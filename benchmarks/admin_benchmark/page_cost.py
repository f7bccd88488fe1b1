"""Measures the cost of a page: time, bytes and queries."""

import gc
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_SESSION_QUERY = re.compile(r'FROM "django_session"|FROM "auth_user" WHERE "auth_user"\."id" = ')


class PageTimeout(BaseException):
    """The page took too long. Not an `Exception`, so that no code in between catches it."""


def get_benchmark_user() -> User:
    user, _ = User.objects.get_or_create(username="benchmark", is_staff=True, is_superuser=True)
    return user


def signed_in_client() -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_benchmark_user())
    return client


def fetch_page(client: Client, url: str) -> bytes:
    """Fetches a page and follows redirects. Raises RuntimeError for any status but 200."""
    response = client.get(url, follow=True)
    if response.status_code != 200:
        raise RuntimeError(f"{url}: {response.status_code}")
    return response.content


def time_page(client: Client, url: str, timeout: float) -> float:
    """Returns the seconds that a page takes, `timeout` at most."""
    gc.collect()  # the garbage of the previous page
    start = time.perf_counter()
    try:
        with time_limit(timeout):
            fetch_page(client, url)
    except PageTimeout:
        connection.close()  # it is in the middle of a response
        return timeout
    return time.perf_counter() - start


def count_queries_and_bytes(client: Client, url: str) -> tuple[int, int]:
    """Returns the number of queries of a page, without those of the session and its user, and its size."""
    with CaptureQueriesContext(connection) as captured:
        size = len(fetch_page(client, url))
    return sum(not _SESSION_QUERY.search(query["sql"]) for query in captured), size


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises PageTimeout in the block after so many seconds, even during a query."""
    end = time.monotonic() + seconds

    def stop(*_: Any) -> None:
        raise PageTimeout

    connection.ensure_connection()
    if connection.vendor == "postgresql":
        connection.connection.execute(f"SET statement_timeout = {int(seconds * 1000)}")
    else:  # SQLite delays signals until a query ends, but calls this handler during it
        connection.connection.set_progress_handler(lambda: time.monotonic() > end, 100_000)
    previous_handler = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except Exception:
        if time.monotonic() >= end:  # the database raised its own error for the timeout
            raise PageTimeout from None
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous_handler)
        if connection.connection is not None and connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)
