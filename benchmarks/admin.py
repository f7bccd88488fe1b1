"""`python -m benchmarks.admin`: how quick the admin's pages are with many quotes, beside a plain Django admin's.

Fills databases in a temporary directory, or in one that `--keep` names, where the next run finds them. Asks for each
page as a signed-in person does, and for the same page of an untuned `ModelAdmin` in turns with it, all in this process;
the best of several times counts. The exit status is 1 where something that must hold does not: a page that is not so
many times as fast as the plain one's (3 on SQLite, 5 on PostgreSQL), a list that takes more than five queries beside
the session's, a page that takes more of them with all rows than with a few, a page of more than 300 KB.
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

from benchmarks.dataset.databases import serve_database

if TYPE_CHECKING:
    from benchmarks.admin_benchmark.admin_pages import MeasuredPage

FEW_QUOTES = 2_000  # quotes with which queries are counted first
MAX_LIST_QUERIES = 5  # of a list
MAX_PAGE_BYTES = 300_000
SLOW_PAGE_SECONDS = 3.0  # seconds; a page of the plain admin that takes longer is measured once
MIN_SPEEDUP = {"sqlite": 3.0, "postgresql": 5.0}


@dataclass(frozen=True, slots=True)
class PageMeasurement:
    """A page's figures: queries with a few rows and with all of them, bytes, and seconds."""

    page: "MeasuredPage"
    few: int
    queries: int
    size: int
    ours: float
    untuned: float | None

    @property
    def ratio(self) -> float | None:
        """How many times as fast as the plain one."""
        return None if self.untuned is None else self.untuned / self.ours

    def missed(self, faster: float) -> list[str]:
        """What must hold and does not."""
        wrong = []
        if self.queries > self.few + self.page.spared:
            wrong.append(f"{self.queries} queries, {self.few} with a few rows")
        if self.page.is_list and self.queries > MAX_LIST_QUERIES:
            wrong.append(f"{self.queries} queries")
        if self.size > MAX_PAGE_BYTES:
            wrong.append(f"{self.size / 1000:.0f} KB")
        if self.ratio is not None and self.ratio < faster:
            wrong.append(f"only {self.ratio:.1f} times as fast")
        return wrong


def main(argv: Sequence[str]) -> int:
    """Fill, measure, print; 1 where a must is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.admin", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="quotes (default: 1000000)")
    parser.add_argument("--database", choices=sorted(MIN_SPEEDUP), default="sqlite")
    parser.add_argument("--repetitions", type=int, default=5, help="default: 5")
    parser.add_argument("--longest", type=float, default=60, help="seconds a page is waited for (default: 60)")
    parser.add_argument("--only", default="", help="pages with this in their name")
    parser.add_argument("--keep", type=Path, help="folder in which the filled databases stay, for another run")
    parser.add_argument("--no-ratios", action="store_true", help="leave the plain admin out")
    options = parser.parse_args(argv)
    if options.rows < FEW_QUOTES or options.repetitions < 1:
        parser.error(f"--rows must be at least {FEW_QUOTES}, and --repetitions 1")
    with open_database_folder(options.keep) as place, serve_database(options.database, place) as address:
        os.environ |= {"FACTBASE_DATA_DIR": str(place), "DATABASE_URL": address, "FACTBASE_DEBUG": "0"}
        measured = measure_pages(options)
    write_report(f"{options.rows:,} quotes on {options.database}\n\n{format_page_table(measured)}")
    faster = 0.0 if options.no_ratios else MIN_SPEEDUP[options.database]
    missed = {each.page.name: wrong for each in measured if (wrong := each.missed(faster))}
    for name, wrong in missed.items():
        log_progress(f"*** {name}: {'; '.join(wrong)}")
    return 1 if missed else 0


@contextmanager
def open_database_folder(kept: Path | None) -> Iterator[Path]:
    """Where the databases lie: the one that is kept, else one in /tmp (not $TMPDIR: a socket's path must be short)."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="factbase-benchmark-", dir="/tmp") as made:
        Path(made).chmod(0o755)  # PostgreSQL runs as somebody else
        yield Path(made)


def measure_pages(options: argparse.Namespace) -> list[PageMeasurement]:
    """The figures of every page."""
    import django  # noqa: PLC0415  # what follows needs the settings, which read the environment
    from django.conf import settings  # noqa: PLC0415  # as above

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    settings.ROOT_URLCONF = "benchmarks.admin_benchmark.untuned_admin"
    django.setup()
    from django.core.cache import cache  # noqa: PLC0415  # after django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()
    from django.db import connection  # noqa: PLC0415  # after django.setup()

    from benchmarks.admin_benchmark.admin_pages import list_measured_pages  # noqa: PLC0415  # after django.setup()
    from benchmarks.admin_benchmark.page_cost import (  # noqa: PLC0415  # after django.setup()
        count_queries_and_bytes,
        get_benchmark_user,
        signed_in_client,
        time_page,
    )
    from benchmarks.dataset.databases import copy_and_fill  # noqa: PLC0415  # after django.setup()
    from benchmarks.dataset.quote_database import fill_quotes  # noqa: PLC0415  # after django.setup()
    from claims.models import Quote  # noqa: PLC0415  # after django.setup()

    def fill_all() -> None:
        begin = time.monotonic()
        fill_quotes(options.rows - FEW_QUOTES, log_progress, get_benchmark_user())
        log_progress(f"Filled in {time.monotonic() - begin:.0f} s")

    call_command("migrate", verbosity=0, interactive=False)
    if not Quote.objects.exists():
        fill_quotes(FEW_QUOTES, log_progress, get_benchmark_user())
    client = signed_in_client()
    few = {
        page.name: count_queries_and_bytes(client, page.ours)[0]
        for page in list_measured_pages(FEW_QUOTES)
        if options.only in page.name
    }
    copy_and_fill(f"all_{options.rows}", fill_all)
    call_command("migrate", verbosity=0, interactive=False)
    client = signed_in_client()
    chosen = [page for page in list_measured_pages(options.rows) if options.only in page.name]
    costs = {page.name: count_queries_and_bytes(client, page.ours) for page in chosen}
    times: dict[str, list[float]] = defaultdict(list)
    for repetition in range(options.repetitions):
        for number, page in enumerate(chosen, 1):
            if page.counted_anew:
                cache.clear()
            times[page.name].append(time_page(client, page.ours, options.longest))
            waited = times[page.untuned]
            # A page that is slow anyhow is not waited for again.
            if not options.no_ratios and (not waited or (len(waited) < 3 and waited[0] < SLOW_PAGE_SECONDS)):
                waited.append(time_page(client, page.untuned, options.longest))
            if not repetition:
                took = [f"{each[-1] * 1000:.0f} ms" for each in (times[page.name], waited) if each]
                log_progress(f"{number} of {len(chosen)}: {page.name}: {', '.join(took)}")
    connection.close()
    return [
        PageMeasurement(
            page,
            few[page.name],
            *costs[page.name],
            min(times[page.name]),
            min(times[page.untuned]) if times[page.untuned] else None,
        )
        for page in chosen
    ]


def format_page_table(measured: Sequence[PageMeasurement]) -> str:
    """As Markdown."""
    lines = ["| page | queries | KB | ms | untuned, ms | times as fast |", "|---|--:|--:|--:|--:|--:|"]
    for each in measured:
        plain = ["–", "–"] if each.untuned is None else [f"{each.untuned * 1000:,.0f}", f"{each.ratio:.1f}"]
        cells = [each.page.name, str(each.queries), f"{each.size / 1000:.0f}", f"{each.ours * 1000:.0f}", *plain]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def log_progress(line: str) -> None:
    """Progress, apart from the report."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def write_report(text: str) -> None:
    """A part of the report."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
