"""Measures exports of whole lists over HTTP, and of the same table by the database's own client."""

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
QUIET_SECONDS = 10.0  # seconds for which readers run alone


def measure_export(server: ServerProcess, claims: int) -> dict[str, float]:
    Download.run(server.port, SMALL_PAGE_URL)
    with MemoryWatch(server) as watch:
        download = Download.run(server.port, CSV_URL)
    _check_complete(download, claims)
    return {
        "rows_a_second": claims / download.seconds,
        "megabytes": download.size / 1e6,
        "first": download.first,
        "memory": watch.growth,
    }


def measure_export_beside_readers(server: ServerProcess, claims: int, seconds: float = QUIET_SECONDS) -> dict[str, Any]:
    """Measures the export while others read, and their response times with and without it."""
    alone = _start_readers(server, seconds)()
    # The readers run as long as the export takes and not much longer, so that their times are those beside it.
    start = time.monotonic()
    Download.run(server.port, CSV_URL)
    finish_readers = _start_readers(server, max(time.monotonic() - start, 1.0))
    time.sleep(0.3)  # until they have started
    with MemoryWatch(server) as watch:
        download = Download.run(server.port, CSV_URL)
    beside = finish_readers()
    _check_complete(download, claims)
    return {"first": download.first, "memory": watch.growth, "alone": alone, "beside": beside}


def measure_database_client(url: str, claims: int) -> tuple[str, float] | None:
    """Returns the name of the database's own client and its rows per second; None if it is not installed."""
    vendor = "sqlite" if url.startswith("sqlite") else "postgresql"
    name = {"sqlite": "sqlite3", "postgresql": "psql"}[vendor]
    if shutil.which(name) is None:
        return None
    statement = table_sql(vendor)
    if vendor == "sqlite":
        command = [name, "-csv", "-header", "-readonly", url.removeprefix("sqlite:///"), statement]
    else:
        command = [name, url, "-c", f"\\copy ({statement}) TO STDOUT WITH (FORMAT csv, HEADER)"]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        lines = 0
        while block := process.stdout.read1(1 << 18):  # type: ignore[union-attr]  # it is a pipe
            lines += block.count(b"\n")
    if process.returncode or lines != claims + 1:
        raise ServerError(f"{name} wrote {lines} lines; exit status {process.returncode}")
    return name, claims / (time.perf_counter() - start)


def _start_readers(server: ServerProcess, seconds: float) -> Any:
    """Starts concurrent readers; returns a function that waits for their results."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.api_benchmark.concurrent_readers",
        str(server.port),
        str(CONCURRENT_READERS),
        str(seconds),
        *READER_URLS,
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    return lambda: json.loads(process.communicate()[0])


def _check_complete(download: Download, claims: int) -> None:
    if download.status != 200 or download.lines != claims + 1:
        raise ServerError(f"{CSV_URL}: {download.status}, {download.lines} lines for {claims} claims")
