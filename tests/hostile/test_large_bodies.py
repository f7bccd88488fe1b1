"""Bodies of a gigabyte, sent to the running site: refused early, while its memory stays as it was."""

import http.client
import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import transaction

from claims.management.server.web_process import MIN_REQUEST_LIMIT
from claims.models import ReaderKeyScope
from claims.services.people.reader_keys import create_key
from tests import factories as make
from tests.commands.test_serve import running_server

__all__ = ["running_server"]

pytestmark = [
    pytest.mark.sqlite_suffices,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory of processes is read from /proc"),
]

GIGABYTE = 1_000_000_000
CHUNK = b"a" * 1_000_000
# What kernels hold on both sides of a connection, and what Waitress reads at once.
MAX_IN_BUFFERS = 10_000_000
MAX_GROWTH = 60_000_000  # bytes of memory, of all processes of the site; less than any of these bodies
FORM = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
FILE = FORM % (b"file", b'; filename="a.csv"\r\nContent-Type: text/csv')
TARGETS = {
    "intake": ("/api/v1/articles/", "application/json", b'{"text":"'),
    "intake, file": ("/api/v1/articles/", "multipart/form-data; boundary=x", FILE),
    "draft check": ("/api/v1/check/", "application/json", b'{"text":"'),
    "sign-in": ("/admin/login/", "application/x-www-form-urlencoded", b"login="),
    "sign-in, field": ("/admin/login/", "multipart/form-data; boundary=x", FORM % (b"login", b"")),
    "sign-in, file": ("/admin/login/", "multipart/form-data; boundary=x", FILE),
    "import": ("/admin/claims/claim/import/", "multipart/form-data; boundary=x", FILE),
    "report": ("/report/", "application/x-www-form-urlencoded", b"text="),
    "page": ("/", "text/plain", b""),
}


class Body:
    """A body that is made while it is sent, and how much of it was sent."""

    def __init__(self, start: bytes, size: int) -> None:
        self.start, self.size, self.sent = start, size, 0

    def __iter__(self) -> Iterator[bytes]:
        self.sent = len(self.start)
        yield self.start
        while self.sent < self.size:
            part = CHUNK[: self.size - self.sent]
            self.sent += len(part)
            yield part


def peak_memory(process: subprocess.Popen[str]) -> int:
    """The most bytes of memory that each process of the site has ever used, together."""
    pids, total = [process.pid], 0
    while pids:
        pid = pids.pop()
        status = Path(f"/proc/{pid}/status").read_text()
        total += 1024 * int(status.partition("VmHWM:")[2].split()[0])
        pids += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return total


def post(url: str, target: str, body: Body, headers: dict[str, str]) -> int | None:
    """Sends the body until all is sent or the site hangs up. Returns the status, if one arrived."""
    path, media_type, _ = TARGETS[target]
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    headers = {"Content-Type": media_type} | headers
    with suppress(OSError):  # broken off
        connection.request("POST", path, body, headers, encode_chunked="Content-Length" not in headers)
    try:
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


@pytest.fixture
def key() -> str:
    with transaction.atomic():
        _, key = create_key(name="Wire", scope=ReaderKeyScope.INTAKE, editor=make.UserFactory())
    return key


@pytest.mark.nightly
def test_they_are_refused_early_and_take_little_memory(
    running_server: tuple[str, subprocess.Popen[str]], key: str
) -> None:
    url, process = running_server
    with_key = {"Authorization": f"Bearer {key}"}
    for target, (_, _, start) in TARGETS.items():  # whatever each needs once is loaded
        assert post(url, target, Body(start, 1000), with_key), target
    before = peak_memory(process)
    for target, (_, _, start) in TARGETS.items():
        announced = Body(start, GIGABYTE)
        status = post(url, target, announced, with_key | {"Content-Length": str(GIGABYTE)})
        assert status in {413, None}, target
        assert announced.sent < MAX_IN_BUFFERS, target
    for target in ("intake", "sign-in, file"):
        endless = Body(TARGETS[target][2], GIGABYTE)
        assert post(url, target, endless, with_key | {"Transfer-Encoding": "chunked"}) in {413, None}, target
        assert endless.sent < MIN_REQUEST_LIMIT + MAX_IN_BUFFERS, target
    for target, (_, _, start) in TARGETS.items():  # the largest that the server itself takes
        status = post(url, target, Body(start, MIN_REQUEST_LIMIT - 1), {"Content-Length": str(MIN_REQUEST_LIMIT - 1)})
        assert status, target
        assert 400 <= status < 500, target
    assert peak_memory(process) - before < MAX_GROWTH
    process.terminate()
    output, _ = process.communicate(timeout=60)
    errors = [line for line in map(json.loads, output.splitlines()) if line["level"] == "error"]
    assert {line["logger"] for line in errors} <= {"django.security.RequestDataTooBig"}
