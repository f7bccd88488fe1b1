"""Starts servers as processes, measures their resources, and reads from them over the loopback interface."""

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
START_TIMEOUT_SECONDS = 120.0
READ_BLOCK_BYTES = 1 << 18


class ServerError(Exception):
    """A server does not start, or responds with an error."""


@dataclass(slots=True)
class ServerProcess:
    """A running server with all its processes."""

    process: "subprocess.Popen[bytes]"
    port: int

    def pids(self) -> list[int]:
        """Returns the ids of the server's process and of its descendants."""
        pids, parents = [self.process.pid], _parent_processes()
        for pid in pids:
            pids += [child for child, parent in parents if parent == pid]
        return pids

    def cpu(self) -> float:
        """Returns the CPU seconds used so far, without those of threads that have ended."""
        files = [path for pid in self.pids() for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return sum(int(path.read_text().split()[0]) for path in files) / 1e9

    def memory(self) -> int:
        """Returns the resident memory in bytes."""
        return sum(_resident_bytes(pid) for pid in self.pids())


@contextmanager
def run_server(
    command: Sequence[str | Path], port: int, environment: Mapping[str, str], log: Path
) -> Iterator[ServerProcess]:
    """Starts a server with this command, and stops it at the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(
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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class HttpReader:
    """A reader with a persistent connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)

    def get(self, url: str, on_block: Callable[[bytes], None] | None = None) -> int:
        """Fetches a URL, passes the content to `on_block` as it arrives, and returns the status."""
        self.connection.request("GET", url, headers={"Accept": "*/*"})
        response = self.connection.getresponse()
        while block := response.read1(READ_BLOCK_BYTES):
            if on_block:
                on_block(block)
        response.close()
        return response.status

    def close(self) -> None:
        self.connection.close()


@dataclass(slots=True)
class Download:
    """The result of a long download."""

    status: int = 0
    lines: int = 0
    size: int = 0
    first: float = 0.0  # seconds until the first byte
    seconds: float = 0.0

    @classmethod
    def run(cls, port: int, url: str) -> Self:
        """Downloads a URL to its end."""
        download = cls()
        start = time.perf_counter()

        def count(block: bytes) -> None:
            if not download.size:
                download.first = time.perf_counter() - start
            download.size += len(block)
            download.lines += block.count(b"\n")

        reader = HttpReader(port)
        download.status = reader.get(url, count)
        download.seconds = time.perf_counter() - start
        reader.close()
        return download


@dataclass(slots=True)
class MemoryWatch:
    """Watches a server's memory during a block."""

    server: ServerProcess
    initial: int = 0
    peak: int = 0
    stopped: Event = field(default_factory=Event)
    thread: Thread | None = None

    def __enter__(self) -> Self:
        self.initial = self.peak = self.server.memory()
        self.thread = Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        if self.thread:
            self.thread.join()

    @property
    def growth(self) -> float:
        """The growth of memory in megabytes."""
        return (self.peak - self.initial) / 1e6

    def _watch(self) -> None:
        while not self.stopped.wait(0.05):
            self.peak = max(self.peak, self.server.memory())


def measure_request(server: ServerProcess, url: str, calls: int) -> dict[str, float]:
    """Returns the server's mean CPU seconds and the median milliseconds of a request."""
    reader = HttpReader(server.port)
    cpu_before, times = server.cpu(), []
    for _ in range(calls):
        start = time.perf_counter()
        if (status := reader.get(url)) != 200:
            raise ServerError(f"{url}: {status}")
        times.append(time.perf_counter() - start)
    reader.close()
    return {"cpu": (server.cpu() - cpu_before) / calls, "ms": 1000 * sorted(times)[calls // 2]}


def _wait_until_up(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ServerError(f"{process.args!r} does not respond:\n{log.read_text()[-2000:]}")


def _parent_processes() -> list[tuple[int, int]]:
    parents = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.append((int(path.parent.name), int(path.read_text().rpartition(")")[2].split()[1])))
        except OSError:  # the process has ended
            continue
    return parents


def _resident_bytes(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
