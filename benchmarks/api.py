"""`python -m benchmarks.api`: how quick the readers' API is with many claims, beside plain views and Datasette.

Fills databases with claims that readers see, of each size and on each database, in a temporary directory or in one that
`--keep` names, where the next run finds them. Measures pages in turns with a plain Django view that runs one statement
written by hand (`benchmarks.readers.floor` says what it gives), and served pages and exports beside Datasette with the
same rows and beside the database's own client. On PostgreSQL the CPU is that of the site's process and of the
database's that answers it. The exit status is 1 where something that must hold does not (it is named), or where
Datasette or a database's client is missing, so that nobody takes half for the whole.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.admin import folder, out, say
from benchmarks.environment import PeersError
from benchmarks.readers import datasette, exports, pressure
from benchmarks.readers.figures import WORDS, Runs, all_musts, costs, missed, rates, table
from benchmarks.readers.plot import Line, plot
from benchmarks.readers.serving import ROOT, Download, Server, ServerError, free_port, per_request, serving
from benchmarks.workbench.articles import FREQUENT, MIDDLING, RARE
from benchmarks.workbench.databases import served

SIZES = (10_000, 100_000, 1_000_000)
DATABASES = ("sqlite", "postgresql")
PARTS = ("pages", "peer", "exports", "shared", "pressure", "load")
ASKED = dict(zip(WORDS, (FREQUENT, MIDDLING, RARE), strict=True))
CALLS = 30  # of a served page in a turn
WAYS = ("raw", "orm", "once")  # in which rows are stored; see `readers.loading`
PLOTTED = {
    "list": ("factbase: list of 50", "a"),
    "frequent": ("factbase: search, frequent word", "b"),
    "rare": ("factbase: search, rare word", "c"),
    "floor": ("plain view: list of 50", "floor"),
}
PEERS_PLOTTED = {
    "table": ("Datasette: table of 50", "a peer"),
    "their frequent": ("Datasette: search, frequent word", "b peer"),
    "their rare": ("Datasette: search, rare word", "c peer"),
}


class StepError(Exception):
    """A step failed, in a process of its own; says which."""


@dataclass(slots=True)
class Bench:
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
        """What a process of `benchmarks.readers` found."""
        command = [sys.executable, "-m", "benchmarks.readers", *map(str, words)]
        environment = self.environment_at(address or self.address)
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=False)  # noqa: S603
        if done.returncode:
            raise StepError(f"{self.vendor}, {self.claims} claims: {words[0]} failed")
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    @contextmanager
    def site(self) -> Iterator[Server]:
        """The site as it is served."""
        port = free_port()
        environment = self.environment | {"FACTBASE_PORT": str(port)}
        with serving([sys.executable, "manage.py", "serve"], port, environment, self.place / "serve.log") as server:
            yield server

    def filled(self) -> None:
        """Fill it, if that was not done before."""
        mark = self.place / "filled"
        if not mark.exists():
            say(f"{self.vendor}: filling with {self.claims:,} claims")
            made_anew(self.address)
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
                say(f"{self.vendor}, {self.claims:,} claims: {part}")
                found |= measure(found["claims"])
        return found

    def peer(self, _: int) -> dict[str, Any]:
        """Served pages and the whole table, in turns with Datasette's."""
        if self.vendor != "sqlite":
            return {}
        database = datasette.made(Path(self.address.removeprefix("sqlite:///")), self.place / f"{datasette.NAME}.db")
        ours = {"list": "/api/v1/claims/", **{name: f"/api/v1/claims/?q={word}" for name, word in ASKED.items()}}
        theirs = {"table": datasette.TABLE, **{f"their {name}": datasette.search(word) for name, word in ASKED.items()}}
        turns: dict[str, list[dict[str, float]]] = {name: [] for name in (*ours, *theirs)}
        streams: list[float] = []
        try:
            with self.site() as site, datasette.served(database, self.options.peers, self.place / "peer.log") as peer:
                for _turn in range(self.options.repetitions):
                    for server, pages in ((site, ours), (peer, theirs)):
                        for name, address in pages.items():
                            turns[name].append(per_request(server, address, CALLS))
                for _turn in range(2):
                    download = Download.of(peer.port, datasette.STREAM)
                    streams.append((download.lines - 1) / download.seconds)
        except PeersError as error:
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
                found.append(exports.alone(site, claims))
                if client := exports.client(self.address, claims):
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
            return {"shared": exports.beside_readers(site, claims, self.options.seconds)}

    def pressure(self, _: int) -> dict[str, Any]:
        """Many readers beside an ingest."""
        with self.site() as site:
            return {"pressure": pressure.measured(site, self.options.seconds, self.place, self.environment)}

    def loads(self) -> dict[str, Any]:
        """Rows stored in bulk, in an empty database each time."""
        address = f"{self.address.partition('?')[0]}_load{''.join(self.address.partition('?')[1:])}"
        found = {}
        for number, way in enumerate(WAYS):
            made_anew(address)
            found[way] = self.step("load", self.options.load or self.claims, number, address=address)
        removed(address)
        return {"load": found}


def main(argv: Sequence[str]) -> int:
    """Fill, measure, print; 1 where a must is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.api", description=__doc__)
    parser.add_argument("--sizes", type=numbers, default=SIZES, help="claims (default: 10000,100000,1000000)")
    parser.add_argument("--databases", type=names(DATABASES), default=DATABASES, help="default: sqlite,postgresql")
    parser.add_argument("--parts", type=names(PARTS), default=PARTS, help=f"default: {','.join(PARTS)}")
    parser.add_argument("--repetitions", type=int, default=5, help="turns, of which the best counts (default: 5)")
    parser.add_argument("--seconds", type=float, default=10, help="of readers at once (default: 10)")
    parser.add_argument("--load", type=int, help="claims that are loaded in bulk (default: the size)")
    parser.add_argument("--keep", type=Path, help="folder in which the filled databases stay, for another run")
    parser.add_argument("--peers", type=Path, default=ROOT / "var" / "peers-api", help="where Datasette is installed")
    parser.add_argument("--json", type=Path, help="file for all figures")
    parser.add_argument("--plot", type=Path, help="file for the plot (SVG)")
    options = parser.parse_args(argv)
    if min(options.sizes) < 100 or options.repetitions < 1 or options.seconds <= 0:
        parser.error("--sizes must be at least 100, --repetitions at least 1, --seconds more than 0")
    try:
        runs, lacking = measured(options)
    except (StepError, ServerError) as error:
        parser.exit(1, f"{error}\n")
    out(f"{table(runs)}\n\n{costs(runs)}\n\n{rates(runs)}")
    if options.json:
        options.json.write_text(written(runs))
    if options.plot:
        options.plot.write_text(drawn(runs))
    wrong = missed(runs)
    for each in wrong:
        say(f"*** {each}")
    for name in sorted(lacking):
        say(f"*** MISSING, and not measured beside: {name}")
    return 1 if wrong or lacking else 0


def measured(options: argparse.Namespace) -> tuple[Runs, set[str]]:
    """The figures of each database and size; and what could not be measured for want of something."""
    runs: dict[tuple[str, int], dict[str, Any]] = {}
    lacking: set[str] = set()
    with folder(options.keep) as place:
        for vendor in options.databases:
            with served(vendor, place) as given:
                for claims in options.sizes:
                    own = place.absolute() / f"{vendor}-{claims}"
                    own.mkdir(exist_ok=True)
                    if vendor == "sqlite":
                        address = f"sqlite:///{own / 'claims.sqlite3'}"
                    else:
                        address = given.replace("/postgres?", f"/claims_{claims}?")
                    bench = Bench(vendor, claims, own, address, options, lacking)
                    runs[vendor, claims] = bench.figures()
    return runs, lacking


def made_anew(address: str) -> None:
    """An empty database, in the place of what is there."""
    removed(address)
    if not address.startswith("sqlite"):
        _administer(address, "CREATE DATABASE {}")


def removed(address: str) -> None:
    """Nothing in its place."""
    if address.startswith("sqlite"):
        for ending in ("", "-wal", "-shm"):
            Path(f"{address.removeprefix('sqlite:///')}{ending}").unlink(missing_ok=True)
    else:
        _administer(address, "DROP DATABASE IF EXISTS {}")


def _administer(address: str, statement: str) -> None:
    import psycopg  # noqa: PLC0415  # for PostgreSQL only

    server_address, _, asked = address.partition("?")
    start, _, name = server_address.rpartition("/")
    with psycopg.connect(f"{start}/postgres?{asked}", autocommit=True) as server:
        server.execute(statement.format(name))


def written(runs: Runs) -> str:
    """All of it as JSON."""
    musts = [
        {
            "name": must.name,
            "must": must.said(),
            "database": vendor,
            "claims": claims,
            "value": value,
            "holds": must.holds(vendor, value),
        }
        for must, values in all_musts(runs)
        for (vendor, claims), value in values.items()
    ]
    figures = [{"database": vendor, "size": claims, "figures": found} for (vendor, claims), found in runs.items()]
    return json.dumps({"musts": musts, "runs": figures}, indent=1) + "\n"


def drawn(runs: Runs) -> str:
    """Cost against size."""
    panels: dict[str, list[Line]] = {}
    titles = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    for vendor in dict.fromkeys(vendor for vendor, _ in runs):
        sizes = {claims: figures for (of, claims), figures in runs.items() if of == vendor}
        lines = [
            Line(name, look, [(n, 1000 * each[part][page]["cpu"]) for n, each in sizes.items() if part in each])
            for part, pages in (("pages", PLOTTED), ("peer", PEERS_PLOTTED))
            for page, (name, look) in pages.items()
        ]
        panels[titles[vendor]] = [line for line in lines if line.points]
    return plot("CPU of a page, by the number of claims", panels, across="claims", up="ms of CPU for a page of 50")


def numbers(text: str) -> tuple[int, ...]:
    """As `10000,100000`."""
    return tuple(sorted(map(int, text.split(","))))


def names(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Some of these, by comma."""

    def named(text: str) -> tuple[str, ...]:
        given = tuple(filter(None, text.split(",")))
        if unknown := set(given) - set(known):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: must be of {', '.join(known)}")
        return given

    return named


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
