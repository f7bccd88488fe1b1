"""`python -m benchmarks.api`: measures the public API with many claims, beside plain views and Datasette.

Fills databases with public claims, for each size and database, in a temporary directory or in that of `--keep`, where
the next run finds them. Measures pages in turns with a plain Django view of one hand-written SQL statement
(`benchmarks.api_benchmark.baseline_view`), and served pages and exports beside Datasette with the same rows and beside
the database's own client. CPU time includes that of PostgreSQL's backend process. The exit status is 1 if a limit is
missed, or if Datasette or a database's client is missing, so that partial results are not mistaken for complete ones.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.admin import open_database_folder
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
from benchmarks.console import log_progress, write_report
from benchmarks.dataset.databases import serve_database

DEFAULT_SIZES = (10_000, 100_000, 1_000_000)
DATABASES = ("sqlite", "postgresql")
PARTS = ("pages", "peer", "exports", "shared", "pressure", "load")


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.api", description=__doc__)
    parser.add_argument(
        "--sizes", type=parse_sizes, default=DEFAULT_SIZES, help="numbers of claims (default: 10000,100000,1000000)"
    )
    parser.add_argument(
        "--databases", type=comma_separated_choices(DATABASES), default=DATABASES, help="default: sqlite,postgresql"
    )
    parser.add_argument(
        "--parts", type=comma_separated_choices(PARTS), default=PARTS, help=f"default: {','.join(PARTS)}"
    )
    parser.add_argument("--repetitions", type=int, default=5, help="rounds, of which the best counts (default: 5)")
    parser.add_argument("--seconds", type=float, default=10, help="duration of the load tests (default: 10)")
    parser.add_argument("--load", type=int, help="claims to load in bulk (default: the size)")
    parser.add_argument("--keep", type=Path, help="folder in which the databases are kept for the next run")
    parser.add_argument(
        "--peers", type=Path, default=ROOT / "var" / "peers-api", help="folder of Datasette's virtual environment"
    )
    parser.add_argument("--json", type=Path, help="file for all figures")
    parser.add_argument("--plot", type=Path, help="file for the plot (SVG)")
    options = parser.parse_args(argv)
    if min(options.sizes) < 100 or options.repetitions < 1 or options.seconds <= 0:
        parser.error("--sizes must be at least 100, --repetitions at least 1, --seconds more than 0")
    try:
        runs, missing = measure_databases(options)
    except (StepError, ServerError) as error:
        parser.exit(1, f"{error}\n")
    write_report(f"{format_limit_table(runs)}\n\n{format_cost_table(runs)}\n\n{format_throughput(runs)}")
    if options.json:
        options.json.write_text(results_as_json(runs))
    if options.plot:
        options.plot.write_text(results_as_svg(runs))
    missed = list_missed_limits(runs)
    for limit in missed:
        log_progress(f"*** {limit}")
    for name in sorted(missing):
        log_progress(f"*** MISSING, not compared with: {name}")
    return 1 if missed or missing else 0


def measure_databases(options: argparse.Namespace) -> tuple[FiguresByRun, set[str]]:
    """Returns the figures of each database and size, and the names of missing programs."""
    runs: dict[tuple[str, int], dict[str, Any]] = {}
    missing: set[str] = set()
    with open_database_folder(options.keep) as folder:
        for vendor in options.databases:
            with serve_database(vendor, folder) as server_url:
                for claims in options.sizes:
                    run_folder = folder.absolute() / f"{vendor}-{claims}"
                    run_folder.mkdir(exist_ok=True)
                    if vendor == "sqlite":
                        url = f"sqlite:///{run_folder / 'claims.sqlite3'}"
                    else:
                        url = server_url.replace("/postgres?", f"/claims_{claims}?")
                    bench = ApiBenchmark(vendor, claims, run_folder, url, options, missing)
                    runs[vendor, claims] = bench.figures()
    return runs, missing


def parse_sizes(text: str) -> tuple[int, ...]:
    """Parses `10000,100000`."""
    return tuple(sorted(map(int, text.split(","))))


def comma_separated_choices(choices: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Builds a parser of comma-separated choices."""

    def parse(text: str) -> tuple[str, ...]:
        chosen = tuple(filter(None, text.split(",")))
        if unknown := set(chosen) - set(choices):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: must be of {', '.join(choices)}")
        return chosen

    return parse


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
