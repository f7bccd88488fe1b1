"""`python -m benchmarks.api`: how quick the readers' API is with many claims, beside plain views and Datasette.

Fills databases with claims that readers see, of each size and on each database, in a temporary directory or in one that
`--keep` names, where the next run finds them. Measures pages in turns with a plain Django view that runs one statement
written by hand (`benchmarks.readers.floor` says what it gives), and served pages and exports beside Datasette with the
same rows and beside the database's own client. On PostgreSQL the CPU is that of the site's process and of the
database's that answers it. The exit status is 1 where something that must hold does not (it is named), or where
Datasette or a database's client is missing, so that nobody takes half for the whole.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.admin import folder, out, say
from benchmarks.readers.bench import Bench, StepError
from benchmarks.readers.figures import Runs, costs, missed, rates, table
from benchmarks.readers.serving import ROOT, ServerError
from benchmarks.readers.written import drawn, written
from benchmarks.workbench.databases import served

SIZES = (10_000, 100_000, 1_000_000)
DATABASES = ("sqlite", "postgresql")
PARTS = ("pages", "peer", "exports", "shared", "pressure", "load")


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
