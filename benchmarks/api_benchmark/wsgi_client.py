"""Calls the site's WSGI application in this process and measures the cost of requests."""

import io
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from factbase.wsgi import application

CALLS_PER_ROUND = 5  # the mean of which counts


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A request; `bare` skips all middleware."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    bare: bool = False
    status: int = 200


@dataclass(slots=True)
class PageCost:
    """The cost of a request: CPU seconds of this process and of the database, wall-clock seconds, and queries."""

    queries: int
    size: int
    cpu: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Returns the best CPU time and the median wall-clock time."""
        cpu, database = min(zip(self.cpu, self.database, strict=True), key=sum)
        return {
            "cpu": cpu + database,
            "database": database,
            "ms": 1000 * median(self.wall),
            "queries": self.queries,
            "bytes": self.size,
        }


class WsgiClient:
    def __init__(self) -> None:
        self.handler = application
        with override_settings(MIDDLEWARE=[]):
            self.bare = WSGIHandler()

    def get(self, request: PageRequest) -> HttpResponseBase:
        """Returns the response. Exits if it has another status than expected."""
        path, _, query = request.url.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_ACCEPT": "application/json",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }
        environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
        handler = self.bare if request.bare else self.handler
        response: Any = handler(environ, lambda *_: None)
        if response.status_code != request.status:
            raise SystemExit(f"{request.url}: {response.status_code} instead of {request.status}")
        return response

    def count_queries(self, request: PageRequest) -> PageCost:
        """Sends the request once and counts its queries."""
        with CaptureQueriesContext(connection) as captured, keep_connection():
            response: Any = self.get(request)
            size = len(b"".join(response))
            response.close()
        queries = [query["sql"] for query in captured if not query["sql"].startswith(("PRAGMA", "BEGIN", "COMMIT"))]
        return PageCost(len(queries), size)

    def measure(self, request: PageRequest, cost: PageCost, calls: int = CALLS_PER_ROUND) -> None:
        """Sends the request several times and adds its times to `cost`."""
        backend = DatabaseProcess()
        before, cpu = backend.seconds(), time.process_time()
        for _ in range(calls):
            start = time.perf_counter()
            response: Any = self.get(request)
            for _block in response:
                pass
            response.close()
            cost.wall.append(time.perf_counter() - start)
        cost.cpu.append((time.process_time() - cpu) / calls)
        cost.database.append((backend.seconds() - before) / calls)


class DatabaseProcess:
    """The backend process of this connection on PostgreSQL; SQLite has none."""

    def __init__(self) -> None:
        self.schedstat: Path | None = None
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            self.schedstat = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")

    def seconds(self) -> float:
        """Returns the CPU seconds used so far, or 0 if unknown."""
        if self.schedstat is None or not self.schedstat.exists():
            return 0.0
        return int(self.schedstat.read_text().split()[0]) / 1e9


@contextmanager
def keep_connection() -> Iterator[None]:
    """Keeps the connection open, so that its queries can be counted."""
    max_age = connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["CONN_MAX_AGE"] = None
    connection.close_at = None
    try:
        yield
    finally:
        connection.settings_dict["CONN_MAX_AGE"] = max_age
