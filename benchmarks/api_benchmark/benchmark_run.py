"""The benchmark of one database of one size: fills the database and measures each part."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.api_benchmark import datasette, export_throughput, ingest_load
from benchmarks.api_benchmark.limits import WORD_FREQUENCIES
from benchmarks.api_benchmark.server_process import (
    ROOT,
    Download,
    ServerProcess,
    find_free_port,
    measure_request,
    run_server,
)
from benchmarks.console import log_progress
from benchmarks.dataset.databases import drop_database, recreate_database
from benchmarks.dataset.generated_articles import FREQUENT_WORD, MEDIUM_WORD, RARE_WORD
from benchmarks.peer_environment import PeerInstallationError

SEARCH_WORDS = dict(zip(WORD_FREQUENCIES, (FREQUENT_WORD, MEDIUM_WORD, RARE_WORD), strict=True))
SERVED_CALLS_PER_ROUND = 30  # of a served page
LOAD_METHODS = ("raw", "orm", "once")  # see `bulk_load`


class StepError(Exception):
    """A step, which runs as a process of its own, failed."""


@dataclass(slots=True)
class ApiBenchmark:
    vendor: str
    claims: int
    folder: Path
    url: str
    options: argparse.Namespace
    missing: set[str] = field(default_factory=set)

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables of the site's processes."""
        return self.environment_with(self.url)

    def environment_with(self, url: str) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("FACTBASE_")}
        return inherited | {
            "FACTBASE_DATA_DIR": str(self.folder),
            "DATABASE_URL": url,
            "FACTBASE_READS_PER_MINUTE": "0",
            "FACTBASE_WORKER": "0",  # the site alone is measured
        }

    def run_step(self, *arguments: object, url: str = "") -> dict[str, Any]:
        """Runs `benchmarks.api_benchmark` as a process and returns its figures."""
        command = [sys.executable, "-m", "benchmarks.api_benchmark", *map(str, arguments)]
        environment = self.environment_with(url or self.url)
        process = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=False)
        if process.returncode:
            raise StepError(f"{self.vendor}, {self.claims} claims: {arguments[0]} failed")
        figures: dict[str, Any] = json.loads(process.stdout.splitlines()[-1])
        return figures

    @contextmanager
    def site(self) -> Iterator[ServerProcess]:
        port = find_free_port()
        environment = self.environment | {"FACTBASE_PORT": str(port)}
        with run_server([sys.executable, "manage.py", "serve"], port, environment, self.folder / "serve.log") as server:
            yield server

    def fill(self) -> None:
        """Fills the database, unless an earlier run has."""
        marker = self.folder / "filled"
        if not marker.exists():
            log_progress(f"{self.vendor}: filling with {self.claims:,} claims")
            recreate_database(self.url)
            marker.write_text(json.dumps(self.run_step("fill", self.claims)))

    def figures(self) -> dict[str, Any]:
        """Returns the figures of all parts."""
        self.fill()
        figures: dict[str, Any] = json.loads((self.folder / "filled").read_text())
        measures: dict[str, Callable[[int], dict[str, Any]]] = {
            "pages": lambda _: self.run_step("ask", self.claims, self.options.repetitions),
            "peer": self.peer,
            "exports": self.exports,
            "shared": self.shared,
            "pressure": self.pressure,
            "load": lambda _: self.loads(),
        }
        for part, measure in measures.items():
            if part in self.options.parts:
                log_progress(f"{self.vendor}, {self.claims:,} claims: {part}")
                figures |= measure(figures["claims"])
        return figures

    def peer(self, _: int) -> dict[str, Any]:
        """Measures served pages and the whole table in turns with Datasette."""
        if self.vendor != "sqlite":
            return {}
        database = datasette.build_datasette_database(
            Path(self.url.removeprefix("sqlite:///")), self.folder / f"{datasette.DATABASE_NAME}.db"
        )
        ours = {"list": "/api/v1/claims/", **{name: f"/api/v1/claims/?q={word}" for name, word in SEARCH_WORDS.items()}}
        theirs = {
            "table": datasette.TABLE_URL,
            **{f"their {name}": datasette.search_url(word) for name, word in SEARCH_WORDS.items()},
        }
        results: dict[str, list[dict[str, float]]] = {name: [] for name in (*ours, *theirs)}
        stream_rates: list[float] = []
        try:
            with (
                self.site() as site,
                datasette.serve_datasette(database, self.options.peers, self.folder / "peer.log") as peer,
            ):
                for _round in range(self.options.repetitions):
                    for server, pages in ((site, ours), (peer, theirs)):
                        for name, path in pages.items():
                            results[name].append(measure_request(server, path, SERVED_CALLS_PER_ROUND))
                for _round in range(2):
                    download = Download.run(peer.port, datasette.STREAM_URL)
                    stream_rates.append((download.lines - 1) / download.seconds)
        except PeerInstallationError as error:
            self.missing.add(f"Datasette: {error}")
            return {}
        best: dict[str, Any] = {name: min(rows, key=lambda row: row["cpu"]) for name, rows in results.items()}
        return {"peer": best | {"stream": {"rows_a_second": max(stream_rates)}}}

    def exports(self, claims: int) -> dict[str, Any]:
        """Measures the export of the whole list in turns with the database's own client."""
        exports: list[dict[str, float]] = []
        clients: list[tuple[str, float]] = []
        with self.site() as site:
            for _round in range(2):
                exports.append(export_throughput.measure_export(site, claims))
                if client := export_throughput.measure_database_client(self.url, claims):
                    clients.append(client)
        best = max(exports, key=lambda row: row["rows_a_second"])
        # The first export of a server's life fills its caches, so that memory grows then.
        figures: dict[str, Any] = {"csv": best | {"memory": max(row["memory"] for row in exports)}}
        if clients:
            name, rate = max(clients, key=lambda client: client[1])
            return figures | {"client": {"name": name, "rows_a_second": rate}}
        self.missing.add(f"the client of {self.vendor}")
        return figures

    def shared(self, claims: int) -> dict[str, Any]:
        """Measures the export while others read."""
        with self.site() as site:
            return {"shared": export_throughput.measure_export_beside_readers(site, claims, self.options.seconds)}

    def pressure(self, _: int) -> dict[str, Any]:
        """Measures many readers during an ingest."""
        with self.site() as site:
            return {
                "pressure": ingest_load.measure_readers_beside_ingest(
                    site, self.options.seconds, self.folder, self.environment
                )
            }

    def loads(self) -> dict[str, Any]:
        """Measures bulk loads, each into an empty database."""
        url = f"{self.url.partition('?')[0]}_load{''.join(self.url.partition('?')[1:])}"
        figures = {}
        for number, method in enumerate(LOAD_METHODS):
            recreate_database(url)
            figures[method] = self.run_step("load", self.options.load or self.claims, number, url=url)
        drop_database(url)
        return {"load": figures}
