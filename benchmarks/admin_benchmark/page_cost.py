"""What a page costs: time, bytes, queries."""

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
    """The page was not waited for. No `Exception`, so that nothing in between takes it for its own."""


def get_benchmark_user() -> User:
    """Who looks at the pages, and may do everything."""
    user, _ = User.objects.get_or_create(username="benchmark", is_staff=True, is_superuser=True)
    return user


def signed_in_client() -> Client:
    """As that person."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_benchmark_user())
    return client


def fetch_page(client: Client, address: str) -> bytes:
    """The page, and where it leads to first; anything but an answer is an error."""
    response = client.get(address, follow=True)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return response.content


def time_page(client: Client, address: str, longest: float) -> float:
    """How long it takes; it is not waited for longer than so many, and counts as that then."""
    gc.collect()  # what the page before it left behind is not this one's
    begin = time.perf_counter()
    try:
        with time_limit(longest):
            fetch_page(client, address)
    except PageTimeout:
        connection.close()  # in the middle of an answer
        return longest
    return time.perf_counter() - begin


def count_queries_and_bytes(client: Client, address: str) -> tuple[int, int]:
    """How many queries it takes beside the session's and its user's, and how many bytes it has."""
    with CaptureQueriesContext(connection) as captured:
        size = len(fetch_page(client, address))
    return sum(not _SESSION_QUERY.search(query["sql"]) for query in captured), size


@contextmanager
def time_limit(after: float) -> Iterator[None]:
    """Raises `TooLongError` inside when so many seconds have passed, in a query, too."""
    end = time.monotonic() + after

    def stop(*_: Any) -> None:
        raise PageTimeout

    connection.ensure_connection()
    if connection.vendor == "postgresql":
        connection.connection.execute(f"SET statement_timeout = {int(after * 1000)}")
    else:  # its handler is asked every so many steps of a query; signals wait until the query is over
        connection.connection.set_progress_handler(lambda: time.monotonic() > end, 100_000)
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, after)
    try:
        yield
    except Exception:
        if time.monotonic() >= end:  # the database gave up, and said so in its own way
            raise PageTimeout from None
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if connection.connection is not None and connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)
