"""How many cores, and how much disk and memory, so many claims and requests a second need: from measured costs.

`python -m benchmarks.load_benchmark.capacity FIGURES.json --claims 10000000 --rate 1000`, where the figures are those
of `benchmarks.load --json`. What grows with the claims is extrapolated from the two sizes that were measured.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log
from pathlib import Path
from typing import Any

from benchmarks.console import write_report

MIX = {"lists": 0.2, "details": 0.3, "search": 0.1, "pages": 0.2, "304": 0.2}  # shares of requests
FILES_PER_MINUTE = 1  # of all claims
ARTICLES_PER_DAY = 10_000
UTILISATION = 0.6  # of a core, so that requests wait little for each other
CORES_PER_MACHINE = 8
VECTOR_BYTES_PER_CLAIM = 441  # of the index of claims, see "Matching" in docs/benchmarks.md
PLAIN_VIEW = "plain view"


@dataclass(frozen=True, slots=True)
class Plan:
    """Milliseconds of CPU for a request of the mix, and cores for all requests, of sites and of databases."""

    claims: int
    rate: int
    milliseconds: dict[str, float]
    cores: dict[str, float]
    floor: float  # milliseconds of the plain view, both together
    writer_cores: float
    worker_cores: float
    disk_bytes: float
    index_bytes: float

    @property
    def first_bottleneck(self) -> str:
        """What is used up first with one machine each for the site, for the database and for workers."""
        rates = {part: self.rate_of_a_machine(part) for part in self.cores}
        return min(rates, key=rates.__getitem__)

    def rate_of_a_machine(self, part: str) -> float:
        """Returns for how many requests a second a machine suffices."""
        return self.rate * CORES_PER_MACHINE / self.cores[part]

    def machines(self, part: str) -> int:
        return ceil(self.cores[part] / CORES_PER_MACHINE)


def make_plan(runs: Sequence[dict[str, Any]], *, claims: int, rate: int) -> Plan:
    """Makes the plan from the costs of two databases of different sizes."""
    small, large = sorted(runs, key=lambda run: run["claims"])
    parts = ("site", "database")
    milliseconds = {
        part: sum(share * _extrapolate(small, large, kind, part, claims) for kind, share in MIX.items())
        for part in parts
    }
    file_cores = {
        part: large["kinds"]["1,000 rows of CSV"][part] * claims / 1000 * FILES_PER_MINUTE / 60 / 1000 for part in parts
    }
    cores = {part: (rate * milliseconds[part] / 1000 + file_cores[part]) / UTILISATION for part in parts}
    articles_per_second = ARTICLES_PER_DAY / 86_400
    return Plan(
        claims=claims,
        rate=rate,
        milliseconds=milliseconds,
        cores=cores,
        floor=sum(large["kinds"][PLAIN_VIEW].values()),
        writer_cores=articles_per_second * large["article"]["database"] / 1000 / UTILISATION,
        worker_cores=articles_per_second * large["article"]["site"] / 1000 / UTILISATION,
        disk_bytes=_extrapolate_size(small, large, "bytes", claims),
        index_bytes=_extrapolate_size(small, large, "index_bytes", claims),
    )


def _extrapolate(small: dict[str, Any], large: dict[str, Any], kind: str, part: str, claims: int) -> float:
    """Continues the growth of a cost, as a power of the number of claims; a cost that fell is taken as it was."""
    before, after = small["kinds"][kind][part], large["kinds"][kind][part]
    if before <= 0 or after <= before:
        return float(after)
    exponent = log(after / before) / log(large["claims"] / small["claims"])
    return float(after * (claims / large["claims"]) ** exponent)


def _extrapolate_size(small: dict[str, Any], large: dict[str, Any], name: str, claims: int) -> float:
    slope = (large[name] - small[name]) / (large["claims"] - small["claims"])
    return float(large[name] + slope * (claims - large["claims"]))


def format_plan(plan: Plan) -> str:
    site, database = plan.milliseconds["site"], plan.milliseconds["database"]
    rows = [
        ("CPU of a request: site", f"{site:.1f} ms", ""),
        ("CPU of a request: database", f"{database:.1f} ms", ""),
        ("both, as a multiple of a plain Django view", f"{(site + database) / plan.floor:.1f}", f"{plan.floor:.1f} ms"),
        ("sites", f"{plan.cores['site']:.0f} cores", f"{plan.machines('site')} machines"),
        ("replicas", f"{plan.cores['database']:.0f} cores", f"{plan.machines('database')} machines"),
        ("writer, for articles", f"{plan.writer_cores:.2f} cores", "1 machine"),
        ("workers", f"{plan.worker_cores:.2f} cores", f"{ceil(plan.worker_cores)} processes"),
        ("database on disk", _gigabytes(plan.disk_bytes), "on the writer and each replica"),
        ("its indexes", _gigabytes(plan.index_bytes), "memory for at least these, on each replica"),
        ("index of vectors", _gigabytes(plan.claims * VECTOR_BYTES_PER_CLAIM), "on each machine with a site"),
    ]
    lines = [f"| {plan.claims:,} claims, {plan.rate:,} requests a second | | |", "|---|--:|---|"]
    lines += [f"| {name} | {value} | {note} |" for name, value, note in rows]
    part = plan.first_bottleneck
    name = {"site": "the sites", "database": "the database"}[part]
    rate = plan.rate_of_a_machine(part)
    lines += ["", f"First bottleneck: the CPU of {name}, at {rate:.0f} requests a second for a machine."]
    return "\n".join(lines)


def _gigabytes(size: float) -> str:
    return f"{size / 1e9:.1f} GB"


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.load_benchmark.capacity", description=__doc__)
    parser.add_argument("figures", type=Path)
    parser.add_argument("--claims", type=int, default=10_000_000)
    parser.add_argument("--rate", type=int, default=1_000, help="requests a second (default: 1000)")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="postgresql")
    options = parser.parse_args(argv)
    costs = [run["costs"] for run in json.loads(options.figures.read_text()) if run["database"] == options.database]
    if len({cost["claims"] for cost in costs}) != 2:
        parser.exit(1, f"{options.figures} must have the figures of two sizes of {options.database}\n")
    write_report(format_plan(make_plan(costs, claims=options.claims, rate=options.rate)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
