"""`python -m benchmarks.admin`: measures the admin's pages with many quotes, beside an untuned Django admin.

Fills databases in a temporary directory, or in the one of `--keep`, where the next run finds them. Fetches each page as
a signed-in user, in turns with the same page of an untuned `ModelAdmin`, in this process; the best of several times
counts. The exit status is 1 if a limit is missed: a page must be so many times as fast as the untuned one (3 on SQLite,
5 on PostgreSQL), a list takes at most five queries besides those of the session, no page takes more queries with all
rows than with a few, and no page has more than 300 KB.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.console import log_progress, write_report
from benchmarks.dataset.databases import serve_database

if TYPE_CHECKING:
    from benchmarks.admin_benchmark.admin_pages import MeasuredPage

FEW_QUOTES = 2_000  # for the first count of queries
MAX_LIST_QUERIES = 5
MAX_PAGE_BYTES = 300_000
SLOW_PAGE_SECONDS = 3.0  # an untuned page that takes longer is measured once
MIN_SPEEDUP = {"sqlite": 3.0, "postgresql": 5.0}


@dataclass(frozen=True, slots=True)
class PageMeasurement:
    """The figures of a page: queries with few rows and with all rows, size in bytes, and times in seconds."""

    page: "MeasuredPage"
    queries_with_few_rows: int
    queries: int
    size: int
    ours: float
    untuned: float | None

    @property
    def ratio(self) -> float | None:
        """How many times as fast as the untuned page."""
        return None if self.untuned is None else self.untuned / self.ours

    def missed_limits(self, min_speedup: float) -> list[str]:
        missed = []
        if self.queries > self.queries_with_few_rows + self.page.spared:
            missed.append(f"{self.queries} queries, {self.queries_with_few_rows} with few rows")
        if self.page.is_list and self.queries > MAX_LIST_QUERIES:
            missed.append(f"{self.queries} queries")
        if self.size > MAX_PAGE_BYTES:
            missed.append(f"{self.size / 1000:.0f} KB")
        if self.ratio is not None and self.ratio < min_speedup:
            missed.append(f"only {self.ratio:.1f} times as fast")
        return missed


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.admin", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="quotes (default: 1000000)")
    parser.add_argument("--database", choices=sorted(MIN_SPEEDUP), default="sqlite")
    parser.add_argument("--repetitions", type=int, default=5, help="default: 5")
    parser.add_argument(
        "--longest", type=float, default=60, help="seconds after which a page is given up (default: 60)"
    )
    parser.add_argument("--only", default="", help="only pages whose name contains this")
    parser.add_argument("--keep", type=Path, help="folder in which the databases are kept for the next run")
    parser.add_argument("--no-ratios", action="store_true", help="do not measure the untuned admin")
    options = parser.parse_args(argv)
    if options.rows < FEW_QUOTES or options.repetitions < 1:
        parser.error(f"--rows must be at least {FEW_QUOTES}, and --repetitions 1")
    with open_database_folder(options.keep) as folder, serve_database(options.database, folder) as url:
        os.environ |= {"FACTBASE_DATA_DIR": str(folder), "DATABASE_URL": url, "FACTBASE_DEBUG": "0"}
        measurements = measure_pages(options)
    write_report(f"{options.rows:,} quotes on {options.database}\n\n{format_page_table(measurements)}")
    min_speedup = 0.0 if options.no_ratios else MIN_SPEEDUP[options.database]
    missed = {row.page.name: limits for row in measurements if (limits := row.missed_limits(min_speedup))}
    for name, limits in missed.items():
        log_progress(f"*** {name}: {'; '.join(limits)}")
    return 1 if missed else 0


@contextmanager
def open_database_folder(kept: Path | None) -> Iterator[Path]:
    """Yields the folder of the databases: `kept`, or a temporary one in /tmp (the path of a socket must be short)."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="factbase-benchmark-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user
        yield Path(folder)


def measure_pages(options: argparse.Namespace) -> list[PageMeasurement]:
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    settings.ROOT_URLCONF = "benchmarks.admin_benchmark.untuned_admin"
    django.setup()
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.admin_benchmark.admin_pages import list_measured_pages
    from benchmarks.admin_benchmark.page_cost import (
        count_queries_and_bytes,
        get_benchmark_user,
        signed_in_client,
        time_page,
    )
    from benchmarks.dataset.databases import copy_and_fill
    from benchmarks.dataset.quote_database import fill_quotes
    from claims.models import Quote

    def fill_all() -> None:
        start = time.monotonic()
        fill_quotes(options.rows - FEW_QUOTES, log_progress, get_benchmark_user())
        log_progress(f"Filled in {time.monotonic() - start:.0f} s")

    call_command("migrate", verbosity=0, interactive=False)
    if not Quote.objects.exists():
        fill_quotes(FEW_QUOTES, log_progress, get_benchmark_user())
    client = signed_in_client()
    few_queries = {
        page.name: count_queries_and_bytes(client, page.ours)[0]
        for page in list_measured_pages(FEW_QUOTES)
        if options.only in page.name
    }
    copy_and_fill(f"all_{options.rows}", fill_all)
    call_command("migrate", verbosity=0, interactive=False)
    client = signed_in_client()
    pages = [page for page in list_measured_pages(options.rows) if options.only in page.name]
    costs = {page.name: count_queries_and_bytes(client, page.ours) for page in pages}
    times: dict[str, list[float]] = defaultdict(list)
    for repetition in range(options.repetitions):
        for number, page in enumerate(pages, 1):
            if page.clear_cache:
                cache.clear()
            times[page.name].append(time_page(client, page.ours, options.longest))
            untuned_times = times[page.untuned]
            # A slow page is measured once.
            if not options.no_ratios and (
                not untuned_times or (len(untuned_times) < 3 and untuned_times[0] < SLOW_PAGE_SECONDS)
            ):
                untuned_times.append(time_page(client, page.untuned, options.longest))
            if not repetition:
                took = [f"{seconds[-1] * 1000:.0f} ms" for seconds in (times[page.name], untuned_times) if seconds]
                log_progress(f"{number} of {len(pages)}: {page.name}: {', '.join(took)}")
    connection.close()
    return [
        PageMeasurement(
            page,
            few_queries[page.name],
            *costs[page.name],
            min(times[page.name]),
            min(times[page.untuned]) if times[page.untuned] else None,
        )
        for page in pages
    ]


def format_page_table(measurements: Sequence[PageMeasurement]) -> str:
    """Returns a Markdown table."""
    lines = ["| page | queries | KB | ms | untuned, ms | times as fast |", "|---|--:|--:|--:|--:|--:|"]
    for row in measurements:
        untuned = ["–", "–"] if row.untuned is None else [f"{row.untuned * 1000:,.0f}", f"{row.ratio:.1f}"]
        cells = [row.page.name, str(row.queries), f"{row.size / 1000:.0f}", f"{row.ours * 1000:.0f}", *untuned]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
