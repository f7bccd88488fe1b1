"""Peers that stall, come in masses or get half of an answer, against Waitress with our connections."""

import errno
import http.client
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from io import BytesIO
from threading import Thread
from types import SimpleNamespace
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.test import override_settings
from waitress.buffers import TempfileBasedBuffer

from claims.management.server import connections, web_process

HALF_REQUESTS = {
    "nothing": b"",
    "headers": b"GET / HTTP/1.1\r\nHost: example.org\r\nX-Slow: ",
    "body": b"POST / HTTP/1.1\r\nHost: example.org\r\nContent-Length: 1000\r\n\r\nusername=a",
}
MEGABYTE = b"a" * 1_000_000


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
    """Answers `/long` with 20 MB in parts, `/broken` with a part and an error, and what else with `ok`."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/long":
        for _ in range(20):
            yield MEGABYTE
    elif environ["PATH_INFO"] == "/broken":
        yield MEGABYTE
        raise RuntimeError("the database is gone")
    else:
        yield b"ok"


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., int]]:
    """Serves `application` with short limits until the test ends, and returns the port."""
    running = True
    threads = []

    def serve_application(*, is_behind_proxy: bool = False) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
        server = web_process.make_server(application, listener, is_behind_proxy=is_behind_proxy)

        def run() -> None:
            while running:
                server.poll(0.05)
            web_process.finish_open_requests(server)

        threads.append(Thread(target=run))
        threads[-1].start()
        return port

    monkeypatch.setattr(connections, "STALL_SECONDS", 1.0)
    monkeypatch.setattr(connections, "CHECK_SECONDS", 0.1)
    monkeypatch.setattr(connections, "SLOW_SECONDS", 0.0)
    monkeypatch.setattr(web_process, "STOP_SECONDS", 0.0)
    monkeypatch.setattr(web_process, "MAX_BUFFERED_BYTES", 1_000_000)
    yield serve_application
    running = False
    for thread in threads:
        thread.join()


def connect(port: int, request: bytes, receive_buffer: int = 4096) -> socket.socket:
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    peer.settimeout(30)
    peer.connect(("127.0.0.1", port))
    peer.sendall(request)
    return peer


def get(port: int, path: str = "/", version: str = "1.1") -> bytes:
    """Returns all that is sent. Raises ConnectionResetError if the connection is reset."""
    request = f"GET {path} HTTP/{version}\r\nHost: example.org\r\nConnection: close\r\n\r\n"
    with connect(port, request.encode()) as peer:
        return b"".join(iter(lambda: peer.recv(65536), b""))


def is_cut_off(peer: socket.socket) -> bool:
    """Reads until the end: whether it is there before the timeout."""
    try:
        with suppress(ConnectionResetError):
            while peer.recv(1_000_000):
                pass
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("request_start", HALF_REQUESTS.values(), ids=HALF_REQUESTS)
def test_half_requests_hold_no_thread_and_are_cut_off(serve: Callable[..., int], request_start: bytes) -> None:
    port = serve(is_behind_proxy=True)  # no limit for an address
    peers = [connect(port, request_start) for _ in range(60)]
    assert b"ok" in get(port)
    assert all(is_cut_off(peer) for peer in peers)
    for peer in peers:
        peer.close()


def test_unread_answers_are_cut_off(serve: Callable[..., int]) -> None:
    """They occupy all threads at first, for longer than the buffer holds; the next request is answered after that."""
    port = serve(is_behind_proxy=True)
    peers = [connect(port, b"GET /long HTTP/1.1\r\nHost: example.org\r\n\r\n") for _ in range(web_process.THREADS)]
    assert b"ok" in get(port)
    for peer in peers:
        peer.close()


def test_slow_but_steady_peers_get_all(serve: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(connections, "time", SimpleNamespace(time=lambda: clock.now))
    monkeypatch.setattr(connections, "STALL_BYTES", 1)
    port = serve()
    request = b"GET /long HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n"
    with connect(port, request, receive_buffer=65536) as peer:
        received = 0
        while clock.now < 2 * connections.STALL_SECONDS:
            received += len(peer.recv(65536))
            clock.now += 0.1
        received += sum(len(part) for part in iter(lambda: peer.recv(1_000_000), b""))
    assert received > 20 * len(MEGABYTE)


def test_one_address_may_have_few_slow_connections(serve: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "STALL_SECONDS", 600.0)
    port = serve()
    peers = [connect(port, HALF_REQUESTS["body"]) for _ in range(connections.MAX_SLOW_PER_NETWORK + 4)]
    assert all(is_cut_off(peer) for peer in peers[:4])
    for peer in peers[4:]:
        peer.settimeout(0.1)
        assert not is_cut_off(peer)
    for peer in peers:
        peer.close()


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_answer_that_fails_halfway_resets_the_connection(serve: Callable[..., int], version: str) -> None:
    """HTTP/1.0 has no other sign: the end of the connection is the end of the answer."""
    with pytest.raises(ConnectionResetError) as raised:
        get(serve(), "/broken", version)
    assert raised.value.errno == errno.ECONNRESET


def test_request_with_a_huge_body_is_rejected_unread(serve: Callable[..., int]) -> None:
    with connect(serve(), b"POST / HTTP/1.1\r\nHost: example.org\r\nContent-Length: 1000000000\r\n\r\n") as peer:
        assert peer.recv(1000).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(("limit", "is_behind_proxy"), [("MAX_BODIES_PER_NETWORK", False), ("MAX_BODIES", True)])
def test_bodies_that_are_too_large_together_are_cut_off(
    serve: Callable[..., int], monkeypatch: pytest.MonkeyPatch, limit: str, is_behind_proxy: bool
) -> None:
    """Five bodies are larger than four may be: the newest is cut off, and the others are finished."""
    monkeypatch.setattr(connections, "STALL_SECONDS", 600.0)
    monkeypatch.setattr(connections, limit, 4)
    monkeypatch.setattr(web_process, "MIN_REQUEST_LIMIT", 1_000_000)
    with override_settings(FACTBASE_MAX_ARTICLE_BYTES=500_000):
        port = serve(is_behind_proxy=is_behind_proxy)
    head = b"POST / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\nContent-Length: 999999\r\n\r\n"
    with ExitStack() as stack:
        *older, newest = [stack.enter_context(connect(port, head + bytes(950_000))) for _ in range(5)]
        assert is_cut_off(newest)
        assert b"ok" in get(port), "a request without a body"
        for peer in older:
            peer.sendall(bytes(49_999))
            assert peer.recv(1000).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(("body_bytes", "status"), [(1999, b"200"), (2000, b"413")], ids=["accepted", "rejected"])
def test_the_largest_article_can_be_sent(
    serve: Callable[..., int], monkeypatch: pytest.MonkeyPatch, body_bytes: int, status: bytes
) -> None:
    """In JSON, where escapes may double it."""
    monkeypatch.setattr(web_process, "MIN_REQUEST_LIMIT", 10)
    request = b"POST / HTTP/1.1\r\nHost: example.org\r\nContent-Length: %d\r\n\r\n" % body_bytes + b"a" * body_bytes
    with override_settings(FACTBASE_MAX_ARTICLE_BYTES=1000), connect(serve(), request) as peer:
        assert peer.recv(1000).split()[1] == status


class FullDisk(BytesIO):
    """A temporary file that has room for a megabyte."""

    def write(self, data: bytes) -> int:  # type: ignore[override]  # Waitress writes bytes
        if self.tell() + len(data) > 1_000_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(data)


@pytest.mark.parametrize("is_chunked", [False, True], ids=["announced", "chunked"])
def test_body_that_the_disk_has_no_room_for_is_answered_with_503(
    serve: Callable[..., int], is_chunked: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(TempfileBasedBuffer, "newfile", lambda _: FullDisk())
    body = iter([MEGABYTE, MEGABYTE]) if is_chunked else 2 * MEGABYTE
    client = http.client.HTTPConnection("127.0.0.1", serve(), timeout=30)
    client.request("POST", "/", body, {"Transfer-Encoding": "chunked"} if is_chunked else {}, encode_chunked=is_chunked)
    answer = client.getresponse()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert b"could not be stored" in answer.read()
    assert len(caplog.messages) == 1
