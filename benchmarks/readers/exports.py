"""Whole lists over HTTP, and the same table as the database's own client writes it."""

import json
import shutil
import subprocess
import sys
import time
from typing import Any

from benchmarks.readers.serving import ROOT, Download, Server, ServerError, Watch
from benchmarks.readers.statements import table

CSV = "/api/v1/claims/?format=csv"
FEW = "/api/v1/claims/?page_size=1"
READERS = 4
PAGES = ["/api/v1/claims/", "/api/v1/quotes/", "/api/v1/claims/?q=harbour", "/api/v1/speakers/"]
ALONE = 10.0  # seconds for which readers ask with nothing else going on


def alone(server: Server, claims: int) -> dict[str, float]:
    """The export by itself."""
    Download.of(server.port, FEW)
    with Watch(server) as watch:
        found = Download.of(server.port, CSV)
    _complete(found, claims)
    return {
        "rows_a_second": claims / found.seconds,
        "megabytes": found.size / 1e6,
        "first": found.first,
        "memory": watch.growth,
    }


def beside_readers(server: Server, claims: int, seconds: float = ALONE) -> dict[str, Any]:
    """The same while others read; and they by themselves."""
    quiet = _crowd(server, seconds)
    result = quiet()
    # As long as the export takes, and not much longer: what they wait is to be what they wait beside it.
    begin = time.monotonic()
    Download.of(server.port, CSV)
    crowd = _crowd(server, max(time.monotonic() - begin, 1.0))
    time.sleep(0.3)  # until they ask
    with Watch(server) as watch:
        found = Download.of(server.port, CSV)
    busy = crowd()
    _complete(found, claims)
    return {"first": found.first, "memory": watch.growth, "alone": result, "beside": busy}


def client(address: str, claims: int) -> tuple[str, float] | None:
    """The database's own client, and how many rows a second it writes; None where there is none here."""
    vendor = "sqlite" if address.startswith("sqlite") else "postgresql"
    name = {"sqlite": "sqlite3", "postgresql": "psql"}[vendor]
    if shutil.which(name) is None:
        return None
    statement = table(vendor)
    if vendor == "sqlite":
        command = [name, "-csv", "-header", "-readonly", address.removeprefix("sqlite:///"), statement]
    else:
        command = [name, address, "-c", f"\\copy ({statement}) TO STDOUT WITH (FORMAT csv, HEADER)"]
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603  # the benchmark's own
        lines = 0
        while block := process.stdout.read1(1 << 18):  # type: ignore[union-attr]  # it is a pipe
            lines += block.count(b"\n")
    if process.returncode or lines != claims + 1:
        raise ServerError(f"{name} wrote {lines} lines and ended with {process.returncode}")
    return name, claims / (time.perf_counter() - begin)


def _crowd(server: Server, seconds: float) -> Any:
    """Readers that have begun; called, gives what they met."""
    command = [sys.executable, "-m", "benchmarks.readers.crowd", str(server.port), str(READERS), str(seconds), *PAGES]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603  # as above
    return lambda: json.loads(process.communicate()[0])


def _complete(found: Download, claims: int) -> None:
    if found.status != 200 or found.lines != claims + 1:
        raise ServerError(f"{CSV}: {found.status}, {found.lines} lines of {claims} claims")
