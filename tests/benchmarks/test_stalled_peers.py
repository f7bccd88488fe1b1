"""The benchmark of stalled peers counts what failed, and compares response times alone and beside them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from benchmarks.load_benchmark import stalled_peers

Start = Callable[[HTTPStatus], int]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a server that answers all requests with this status, and returns its port."""
    with ExitStack() as stack:

        def start(status: HTTPStatus) -> int:
            class Handler(BaseHTTPRequestHandler):
                def do_GET(self) -> None:  # http.server's name
                    self.send_response(status)
                    self.end_headers()

                def log_message(self, *_: object) -> None:
                    """Keeps the test silent."""

            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
            stack.callback(server.shutdown)
            Thread(target=server.serve_forever, daemon=True).start()
            return server.server_port

        yield start


def benchmark_site(port: int) -> int:
    return stalled_peers.main([str(port), "--peers", "3", "--seconds", "0.1", "--rounds", "1"])


def test_failed_requests_are_a_fault(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmark_site(start(HTTPStatus.NOT_FOUND)) == 1
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines()[2:]]
    assert [row[0] for row in rows] == ["| headers", "| body", "| read"]
    assert all(row[1] == row[2] != "0" for row in rows)


def test_slower_answers_beside_stalled_peers_are_a_fault(
    start: Start, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([[1.0], [2.0], [1.0], [1.0], [2.0], [4.2]])
    monkeypatch.setattr(stalled_peers, "read_pages", lambda *_: (next(times), 0))
    assert benchmark_site(start(HTTPStatus.OK)) == 1
    ratios = [line.split()[-2] for line in capsys.readouterr().out.splitlines()[2:]]
    assert ratios == ["2.00", "1.00", "2.10"]
