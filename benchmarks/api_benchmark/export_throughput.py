"""Whole lists over HTTP, and the same table as the database's own client writes it."""

import json
import shutil
import subprocess
import sys
import time
from typing import Any

from benchmarks.api_benchmark.baseline_sql import table_sql
from benchmarks.api_benchmark.server_process import ROOT, Download, MemoryWatch, ServerError, ServerProcess

CSV_URL = "/api/v1/claims/?format=csv"
SMALL_PAGE_URL = "/api/v1/claims/?page_size=1"
CONCURRENT_READERS = 4
READER_URLS = ["/api/v1/claims/", "/api/v1/quotes/", "/api/v1/claims/?q=harbour", "/api/v1/speakers/"]
QUIET_SECONDS = 10.0  # seconds for which readers ask with nothing else going on


def measure_export(server: ServerProcess, claims: int) -> dict[str, float]:
    """The export by itself."""
    Download.of(server.port, SMALL_PAGE_URL)
    with MemoryWatch(server) as watch:
        found = Download.of(server.port, CSV_URL)
    _check_complete(found, claims)
    return {
        "rows_a_second": claims / found.seconds,
        "megabytes": found.size / 1e6,
        "first": found.first,
        "memory": watch.growth,
    }


def measure_export_beside_readers(server: ServerProcess, claims: int, seconds: float = QUIET_SECONDS) -> dict[str, Any]:
    """The same while others read; and they by themselves."""
    quiet = _start_readers(server, seconds)
    result = quiet()
    # As long as the export takes, and not much longer: what they wait is to be what they wait beside it.
    begin = time.monotonic()
    Download.of(server.port, CSV_URL)
    crowd = _start_readers(server, max(time.monotonic() - begin, 1.0))
    time.sleep(0.3)  # until they ask
    with MemoryWatch(server) as watch:
        found = Download.of(server.port, CSV_URL)
    busy = crowd()
    _check_complete(found, claims)
    return {"first": found.first, "memory": watch.growth, "alone": result, "beside": busy}


def measure_database_client(address: str, claims: int) -> tuple[str, float] | None:
    """The database's own client, and how many rows a second it writes; None where there is none here."""
    vendor = "sqlite" if address.startswith("sqlite") else "postgresql"
    name = {"sqlite": "sqlite3", "postgresql": "psql"}[vendor]
    if shutil.which(name) is None:
        return None
    statement = table_sql(vendor)
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


def _start_readers(server: ServerProcess, seconds: float) -> Any:
    """Readers that have begun; called, gives what they met."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.api_benchmark.concurrent_readers",
        str(server.port),
        str(CONCURRENT_READERS),
        str(seconds),
        *READER_URLS,
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603  # as above
    return lambda: json.loads(process.communicate()[0])


def _check_complete(found: Download, claims: int) -> None:
    if found.status != 200 or found.lines != claims + 1:
        raise ServerError(f"{CSV_URL}: {found.status}, {found.lines} lines of {claims} claims")
