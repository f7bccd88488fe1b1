"""`python -m benchmarks.api`: how quick the readers' API is with many claims, beside plain views and Datasette.

Fills databases with claims that readers see, of each size and on each database, in a temporary directory or in one that
`--keep` names, where the next run finds them. Measures pages in turns with a plain Django view that runs one statement
written by hand (`benchmarks.api_benchmark.baseline_view` says what it gives), and served pages and exports beside Datasette with the
same rows and beside the database's own client. On PostgreSQL the CPU is that of the site's process and of the
database's that answers it. The exit status is 1 where something that must hold does not (it is named), or where
Datasette or a database's client is missing, so that nobody takes half for the whole.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.admin import log_progress, open_database_folder, write_report
from benchmarks.api_benchmark.benchmark_run import ApiBenchmark, StepError
from benchmarks.api_benchmark.limits import (
    FiguresByRun,
    format_cost_table,
    format_limit_table,
    format_throughput,
    list_missed_limits,
)
from benchmarks.api_benchmark.report_files import results_as_json, results_as_svg
from benchmarks.api_benchmark.server_process import ROOT, ServerError
from benchmarks.dataset.databases import serve_database

DEFAULT_SIZES = (10_000, 100_000, 1_000_000)
DATABASES = ("sqlite", "postgresql")
PARTS = ("pages", "peer", "exports", "shared", "pressure", "load")


def main(argv: Sequence[str]) -> int:
    """Fill, measure, print; 1 where a must is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.api", description=__doc__)
    parser.add_argument(
        "--sizes", type=parse_sizes, default=DEFAULT_SIZES, help="claims (default: 10000,100000,1000000)"
    )
    parser.add_argument(
        "--databases", type=comma_separated_choices(DATABASES), default=DATABASES, help="default: sqlite,postgresql"
    )
    parser.add_argument(
        "--parts", type=comma_separated_choices(PARTS), default=PARTS, help=f"default: {','.join(PARTS)}"
    )
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
        runs, lacking = measure_databases(options)
    except (StepError, ServerError) as error:
        parser.exit(1, f"{error}\n")
    write_report(f"{format_limit_table(runs)}\n\n{format_cost_table(runs)}\n\n{format_throughput(runs)}")
    if options.json:
        options.json.write_text(results_as_json(runs))
    if options.plot:
        options.plot.write_text(results_as_svg(runs))
    wrong = list_missed_limits(runs)
    for each in wrong:
        log_progress(f"*** {each}")
    for name in sorted(lacking):
        log_progress(f"*** MISSING, and not measured beside: {name}")
    return 1 if wrong or lacking else 0


def measure_databases(options: argparse.Namespace) -> tuple[FiguresByRun, set[str]]:
    """The figures of each database and size; and what could not be measured for want of something."""
    runs: dict[tuple[str, int], dict[str, Any]] = {}
    lacking: set[str] = set()
    with open_database_folder(options.keep) as place:
        for vendor in options.databases:
            with serve_database(vendor, place) as given:
                for claims in options.sizes:
                    own = place.absolute() / f"{vendor}-{claims}"
                    own.mkdir(exist_ok=True)
                    if vendor == "sqlite":
                        address = f"sqlite:///{own / 'claims.sqlite3'}"
                    else:
                        address = given.replace("/postgres?", f"/claims_{claims}?")
                    bench = ApiBenchmark(vendor, claims, own, address, options, lacking)
                    runs[vendor, claims] = bench.figures()
    return runs, lacking


def parse_sizes(text: str) -> tuple[int, ...]:
    """As `10000,100000`."""
    return tuple(sorted(map(int, text.split(","))))


def comma_separated_choices(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Some of these, by comma."""

    def named(text: str) -> tuple[str, ...]:
        given = tuple(filter(None, text.split(",")))
        if unknown := set(given) - set(known):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: must be of {', '.join(known)}")
        return given

    return named


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
