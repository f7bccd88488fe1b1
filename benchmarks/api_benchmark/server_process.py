"""Servers in processes of their own, what they use, and readers that ask them over the loopback."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_SECONDS = 120.0  # seconds until a server answers
READ_BLOCK_BYTES = 1 << 18


class ServerError(Exception):
    """A server does not start, or says no; says which, and what it said."""


@dataclass(slots=True)
class ServerProcess:
    """A server that answers, and all processes that it has."""

    process: "subprocess.Popen[bytes]"
    port: int

    def pids(self) -> list[int]:
        """Its own and its children's."""
        found, known = [self.process.pid], _parent_processes()
        for pid in found:
            found += [child for child, parent in known if parent == pid]
        return found

    def cpu(self) -> float:
        """Seconds that they used so far, those of threads that ended not counted."""
        files = [each for pid in self.pids() for each in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return sum(int(each.read_text().split()[0]) for each in files) / 1e9

    def memory(self) -> int:
        """Bytes that they hold."""
        return sum(_resident_bytes(pid) for pid in self.pids())


@contextmanager
def run_server(
    command: Sequence[str | Path], port: int, environment: Mapping[str, str], log: Path
) -> Iterator[ServerProcess]:
    """A server that this command starts; stopped at the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  # what is run is the benchmark's
            list(map(str, command)), cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output
        )
    try:
        _wait_until_up(process, port, log)
        yield ServerProcess(process, port)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def find_free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class HttpReader:
    """One that asks over a connection that is kept."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)

    def ask(self, address: str, took: Callable[[bytes], None] | None = None) -> int:
        """The status; the content is handed over as it comes. A connection that breaks is an error of its own."""
        self.connection.request("GET", address, headers={"Accept": "*/*"})
        response = self.connection.getresponse()
        while block := response.read1(READ_BLOCK_BYTES):
            if took:
                took(block)
        response.close()
        return response.status

    def close(self) -> None:
        """Go away."""
        self.connection.close()


@dataclass(slots=True)
class Download:
    """What came of one long answer."""

    status: int = 0
    lines: int = 0
    size: int = 0
    first: float = 0.0
    seconds: float = 0.0

    @classmethod
    def of(cls, port: int, address: str) -> Self:
        """Read it to its end."""
        found = cls()
        begin = time.perf_counter()

        def take(block: bytes) -> None:
            if not found.size:
                found.first = time.perf_counter() - begin
            found.size += len(block)
            found.lines += block.count(b"\n")

        reader = HttpReader(port)
        found.status = reader.ask(address, take)
        found.seconds = time.perf_counter() - begin
        reader.close()
        return found


@dataclass(slots=True)
class MemoryWatch:
    """Looks at a server's memory while something goes on."""

    server: ServerProcess
    before: int = 0
    most: int = 0
    over: Event = field(default_factory=Event)
    thread: Thread | None = None

    def __enter__(self) -> Self:
        """From now on."""
        self.before = self.most = self.server.memory()
        self.thread = Thread(target=self._look, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Until now."""
        self.over.set()
        if self.thread:
            self.thread.join()

    @property
    def growth(self) -> float:
        """Megabytes."""
        return (self.most - self.before) / 1e6

    def _look(self) -> None:
        while not self.over.wait(0.05):
            self.most = max(self.most, self.server.memory())


def measure_request(server: ServerProcess, address: str, calls: int) -> dict[str, float]:
    """What the server uses for one answer, and how long it takes."""
    reader = HttpReader(server.port)
    before, waited = server.cpu(), []
    for _ in range(calls):
        begin = time.perf_counter()
        if (status := reader.ask(address)) != 200:
            raise ServerError(f"{address}: {status}")
        waited.append(time.perf_counter() - begin)
    reader.close()
    return {"cpu": (server.cpu() - before) / calls, "ms": 1000 * sorted(waited)[calls // 2]}


def _wait_until_up(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ServerError(f"{process.args!r} does not answer:\n{log.read_text()[-2000:]}")


def _parent_processes() -> list[tuple[int, int]]:
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            found.append((int(each.parent.name), int(each.read_text().rpartition(")")[2].split()[1])))
        except OSError:  # gone meanwhile
            continue
    return found


def _resident_bytes(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
