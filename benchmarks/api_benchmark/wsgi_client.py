"""Asks the site within this process, as its server does, and says what that costs."""

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

CALLS_PER_ROUND = 5  # of which the mean counts


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What is asked: an address, with headers; `bare` leaves all middleware out."""

    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    bare: bool = False
    status: int = 200


@dataclass(slots=True)
class PageCost:
    """Of one question: seconds of CPU (of this process and of the database's), seconds by the clock, statements."""

    queries: int
    size: int
    cpu: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The best mean of the CPU, the middle of the clock's."""
        cpu, database = min(zip(self.cpu, self.database, strict=True), key=sum)
        return {
            "cpu": cpu + database,
            "database": database,
            "ms": 1000 * median(self.waited),
            "queries": self.queries,
            "bytes": self.size,
        }


class WsgiClient:
    """The site, without a network."""

    def __init__(self) -> None:
        self.handler = application
        with override_settings(MIDDLEWARE=[]):
            self.bare = WSGIHandler()

    def ask(self, question: PageRequest) -> HttpResponseBase:
        """The answer; another status than the one that is expected is an error."""
        where, _, asked = question.address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": where,
            "QUERY_STRING": asked,
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
        environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in question.headers.items()}
        handler = self.bare if question.bare else self.handler
        response: Any = handler(environ, lambda *_: None)
        if response.status_code != question.status:
            raise SystemExit(f"{question.address}: {response.status_code} and not {question.status}")
        return response

    def cost(self, question: PageRequest) -> PageCost:
        """Asked once, with its statements counted."""
        with CaptureQueriesContext(connection) as captured, keep_connection():
            response: Any = self.ask(question)
            size = len(b"".join(response))
            response.close()
        made = [query["sql"] for query in captured if not query["sql"].startswith(("PRAGMA", "BEGIN", "COMMIT"))]
        return PageCost(len(made), size)

    def measure(self, question: PageRequest, cost: PageCost, calls: int = CALLS_PER_ROUND) -> None:
        """Asked several times."""
        backend = DatabaseProcess()
        before, cpu = backend.seconds(), time.process_time()
        for _ in range(calls):
            begin = time.perf_counter()
            response: Any = self.ask(question)
            for _block in response:
                pass
            response.close()
            cost.waited.append(time.perf_counter() - begin)
        cost.cpu.append((time.process_time() - cpu) / calls)
        cost.database.append((backend.seconds() - before) / calls)


class DatabaseProcess:
    """PostgreSQL's process that answers this connection; of SQLite there is none."""

    def __init__(self) -> None:
        self.where: Path | None = None
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            self.where = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")

    def seconds(self) -> float:
        """CPU that it used so far; 0 where nobody says."""
        if self.where is None or not self.where.exists():
            return 0.0
        return int(self.where.read_text().split()[0]) / 1e9


@contextmanager
def keep_connection() -> Iterator[None]:
    """Statements are counted on one connection."""
    kept = connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["CONN_MAX_AGE"] = None
    connection.close_at = None
    try:
        yield
    finally:
        connection.settings_dict["CONN_MAX_AGE"] = kept
