"""One database of one size: how it is filled, and each part of what is measured with it."""

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

from benchmarks.admin import log_progress
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
from benchmarks.dataset.databases import drop_database, recreate_database
from benchmarks.dataset.generated_articles import FREQUENT_WORD, MEDIUM_WORD, RARE_WORD
from benchmarks.peer_environment import PeerInstallationError

SEARCH_WORDS = dict(zip(WORD_FREQUENCIES, (FREQUENT_WORD, MEDIUM_WORD, RARE_WORD), strict=True))
SERVED_CALLS_PER_ROUND = 30  # of a served page in a turn
WAYS = ("raw", "orm", "once")  # in which rows are stored; see `readers.loading`


class StepError(Exception):
    """A step failed, in a process of its own; says which."""


@dataclass(slots=True)
class ApiBenchmark:
    """One database of one size."""

    vendor: str
    claims: int
    place: Path  # a folder of its own, whatever the database
    address: str
    options: argparse.Namespace
    lacking: set[str] = field(default_factory=set)

    @property
    def environment(self) -> dict[str, str]:
        """Of the site's processes."""
        return self.environment_at(self.address)

    def environment_at(self, address: str) -> dict[str, str]:
        """The same with another database."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FACTBASE_")}
        return kept | {
            "FACTBASE_DATA_DIR": str(self.place),
            "DATABASE_URL": address,
            "FACTBASE_READS_PER_MINUTE": "0",
        }

    def step(self, *words: object, address: str = "") -> dict[str, Any]:
        """What a process of `benchmarks.api_benchmark` found."""
        command = [sys.executable, "-m", "benchmarks.api_benchmark", *map(str, words)]
        environment = self.environment_at(address or self.address)
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=False)  # noqa: S603  # ours
        if done.returncode:
            raise StepError(f"{self.vendor}, {self.claims} claims: {words[0]} failed")
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    @contextmanager
    def site(self) -> Iterator[ServerProcess]:
        """The site as it is served."""
        port = find_free_port()
        environment = self.environment | {"FACTBASE_PORT": str(port)}
        with run_server([sys.executable, "manage.py", "serve"], port, environment, self.place / "serve.log") as server:
            yield server

    def filled(self) -> None:
        """Fill it, if that was not done before."""
        mark = self.place / "filled"
        if not mark.exists():
            log_progress(f"{self.vendor}: filling with {self.claims:,} claims")
            recreate_database(self.address)
            mark.write_text(json.dumps(self.step("fill", self.claims)))

    def figures(self) -> dict[str, Any]:
        """All that is measured with it."""
        self.filled()
        found: dict[str, Any] = json.loads((self.place / "filled").read_text())
        measures: dict[str, Callable[[int], dict[str, Any]]] = {
            "pages": lambda _: self.step("ask", self.claims, self.options.repetitions),
            "peer": self.peer,
            "exports": self.exports,
            "shared": self.shared,
            "pressure": self.pressure,
            "load": lambda _: self.loads(),
        }
        for part, measure in measures.items():
            if part in self.options.parts:
                log_progress(f"{self.vendor}, {self.claims:,} claims: {part}")
                found |= measure(found["claims"])
        return found

    def peer(self, _: int) -> dict[str, Any]:
        """Served pages and the whole table, in turns with Datasette's."""
        if self.vendor != "sqlite":
            return {}
        database = datasette.build_datasette_database(
            Path(self.address.removeprefix("sqlite:///")), self.place / f"{datasette.DATABASE_NAME}.db"
        )
        ours = {"list": "/api/v1/claims/", **{name: f"/api/v1/claims/?q={word}" for name, word in SEARCH_WORDS.items()}}
        theirs = {
            "table": datasette.TABLE_URL,
            **{f"their {name}": datasette.search_url(word) for name, word in SEARCH_WORDS.items()},
        }
        turns: dict[str, list[dict[str, float]]] = {name: [] for name in (*ours, *theirs)}
        streams: list[float] = []
        try:
            with (
                self.site() as site,
                datasette.serve_datasette(database, self.options.peers, self.place / "peer.log") as peer,
            ):
                for _turn in range(self.options.repetitions):
                    for server, pages in ((site, ours), (peer, theirs)):
                        for name, address in pages.items():
                            turns[name].append(measure_request(server, address, SERVED_CALLS_PER_ROUND))
                for _turn in range(2):
                    download = Download.of(peer.port, datasette.STREAM_URL)
                    streams.append((download.lines - 1) / download.seconds)
        except PeerInstallationError as error:
            self.lacking.add(f"Datasette: {error}")
            return {}
        best: dict[str, Any] = {name: min(found, key=lambda each: each["cpu"]) for name, found in turns.items()}
        return {"peer": best | {"stream": {"rows_a_second": max(streams)}}}

    def exports(self, claims: int) -> dict[str, Any]:
        """The whole list, in turns with the database's own client."""
        found: list[dict[str, float]] = []
        clients: list[tuple[str, float]] = []
        with self.site() as site:
            for _turn in range(2):
                found.append(export_throughput.measure_export(site, claims))
                if client := export_throughput.measure_database_client(self.address, claims):
                    clients.append(client)
        best = max(found, key=lambda each: each["rows_a_second"])
        # The first of a server's life fills what it keeps: that is where memory grows.
        figures: dict[str, Any] = {"csv": best | {"memory": max(each["memory"] for each in found)}}
        if clients:
            name, rate = max(clients, key=lambda each: each[1])
            return figures | {"client": {"name": name, "rows_a_second": rate}}
        self.lacking.add(f"the client of {self.vendor}")
        return figures

    def shared(self, claims: int) -> dict[str, Any]:
        """The same beside readers."""
        with self.site() as site:
            return {"shared": export_throughput.measure_export_beside_readers(site, claims, self.options.seconds)}

    def pressure(self, _: int) -> dict[str, Any]:
        """Many readers beside an ingest."""
        with self.site() as site:
            return {
                "pressure": ingest_load.measure_readers_beside_ingest(
                    site, self.options.seconds, self.place, self.environment
                )
            }

    def loads(self) -> dict[str, Any]:
        """Rows stored in bulk, in an empty database each time."""
        address = f"{self.address.partition('?')[0]}_load{''.join(self.address.partition('?')[1:])}"
        found = {}
        for number, way in enumerate(WAYS):
            recreate_database(address)
            found[way] = self.step("load", self.options.load or self.claims, number, address=address)
        drop_database(address)
        return {"load": found}
