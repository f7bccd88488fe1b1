"""A site on this machine that answers as the tests tell it to."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings

from claims.articles.fetching import robots


class Exchange(BaseHTTPRequestHandler):
    """One request, with shorthands to answer it."""

    protocol_version = "HTTP/1.1"
    site: "LoopbackSite"

    def do_GET(self) -> None:
        self.site.requests.append((self.path, self.headers))
        answer = self.site.pages.get(self.path, b"")
        # The client may hang up at any moment, which is what many tests are about.
        with contextlib.suppress(OSError):
            if callable(answer):
                answer(self)
            elif answer:
                self.send(body=answer)
            else:
                self.send(404)

    def send(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        for name, value in (fields | {name.replace("_", "-"): value for name, value in headers.items()}).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, location: str, status: int = 302) -> None:
        self.send(status, Location=location)

    def send_slowly(self, raw: bytes) -> None:
        """Send the bytes one by one, until the client hangs up."""
        self.close_connection = True
        for number, byte in enumerate(raw, start=1):
            self.site.is_sent_whole = number == len(raw)
            self.connection.sendall(bytes([byte]))
            if self.site.stopped.wait(0.05):
                return

    def log_message(self, *_args: object) -> None:
        pass


Answer = bytes | Callable[[Exchange], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: object) -> None:
        pass


@dataclass
class LoopbackSite:
    """`pages` says what is answered at a path, `requests` has the paths and headers of those that came.

    `is_sent_whole` says whether the client has stayed to the end of an answer that was sent slowly.
    """

    port: int
    scheme: str = "http"
    pages: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, Message]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    is_sent_whole: bool = False

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]


@contextmanager
def serve_site(tls: ssl.SSLContext | None = None) -> Iterator[LoopbackSite]:
    site = LoopbackSite(port=0, scheme="https" if tls else "http")
    server = _Server(("127.0.0.1", 0), type("SiteExchange", (Exchange,), {"site": site}))
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with serve_site() as loopback_site:
        yield loopback_site
    robots.forget_rules()


@pytest.fixture
def loopback_allowed(settings: Settings) -> None:
    """Lets the application fetch from this machine, without a pause."""
    settings.FACTBASE_FETCH_PRIVATE, settings.FACTBASE_FETCH_DELAY = True, 0


@pytest.fixture
def fetches_at_once(loopback_allowed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets services fetch from this machine, without waiting for a host's turn."""
    monkeypatch.setattr("claims.services.ingestion.site_requests.PATIENCE", timedelta())


@contextmanager
def serve_silence() -> Iterator[int]:
    """A port that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]
