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

from benchmarks.workbench.databases import served

if TYPE_CHECKING:
    from benchmarks.workbench.pages import Page

FEW = 2_000  # quotes with which queries are counted first
MOST_QUERIES = 5  # of a list
MOST_BYTES = 300_000
SLOW = 3.0  # seconds; a page of the plain admin that takes longer is measured once
FASTER = {"sqlite": 3.0, "postgresql": 5.0}


@dataclass(frozen=True, slots=True)
class Measured:
    """A page's figures: queries with a few rows and with all of them, bytes, and seconds."""

    page: "Page"
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
        if self.page.is_list and self.queries > MOST_QUERIES:
            wrong.append(f"{self.queries} queries")
        if self.size > MOST_BYTES:
            wrong.append(f"{self.size / 1000:.0f} KB")
        if self.ratio is not None and self.ratio < faster:
            wrong.append(f"only {self.ratio:.1f} times as fast")
        return wrong


def main(argv: Sequence[str]) -> int:
    """Fill, measure, print; 1 where a must is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.admin", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="quotes (default: 1000000)")
    parser.add_argument("--database", choices=sorted(FASTER), default="sqlite")
    parser.add_argument("--repetitions", type=int, default=5, help="default: 5")
    parser.add_argument("--longest", type=float, default=60, help="seconds a page is waited for (default: 60)")
    parser.add_argument("--only", default="", help="pages with this in their name")
    parser.add_argument("--keep", type=Path, help="folder in which the filled databases stay, for another run")
    parser.add_argument("--no-ratios", action="store_true", help="leave the plain admin out")
    options = parser.parse_args(argv)
    if options.rows < FEW or options.repetitions < 1:
        parser.error(f"--rows must be at least {FEW}, and --repetitions 1")
    with folder(options.keep) as place, served(options.database, place) as address:
        os.environ |= {"FACTBASE_DATA_DIR": str(place), "DATABASE_URL": address, "FACTBASE_DEBUG": "0"}
        measured = measure(options)
    out(f"{options.rows:,} quotes on {options.database}\n\n{table(measured)}")
    faster = 0.0 if options.no_ratios else FASTER[options.database]
    missed = {each.page.name: wrong for each in measured if (wrong := each.missed(faster))}
    for name, wrong in missed.items():
        say(f"*** {name}: {'; '.join(wrong)}")
    return 1 if missed else 0


@contextmanager
def folder(kept: Path | None) -> Iterator[Path]:
    """Where the databases lie: the one that is kept, else one in /tmp (not $TMPDIR: a socket's path must be short)."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="factbase-benchmark-", dir="/tmp") as made:
        Path(made).chmod(0o755)  # PostgreSQL runs as somebody else
        yield Path(made)


def measure(options: argparse.Namespace) -> list[Measured]:
    """The figures of every page."""
    import django  # noqa: PLC0415  # what follows needs the settings, which read the environment
    from django.conf import settings  # noqa: PLC0415  # as above

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    settings.ROOT_URLCONF = "benchmarks.workbench.untuned"
    django.setup()
    from django.core.cache import cache  # noqa: PLC0415  # after django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()
    from django.db import connection  # noqa: PLC0415  # after django.setup()

    from benchmarks.workbench.databases import copied  # noqa: PLC0415  # after django.setup()
    from benchmarks.workbench.filling import fill  # noqa: PLC0415  # after django.setup()
    from benchmarks.workbench.measuring import cost, seconds, signed_in, somebody  # noqa: PLC0415  # after django.setup()
    from benchmarks.workbench.pages import pages  # noqa: PLC0415  # after django.setup()
    from claims.models import Quote  # noqa: PLC0415  # after django.setup()

    def fill_all() -> None:
        begin = time.monotonic()
        fill(options.rows - FEW, say, somebody())
        say(f"Filled in {time.monotonic() - begin:.0f} s")

    call_command("migrate", verbosity=0, interactive=False)
    if not Quote.objects.exists():
        fill(FEW, say, somebody())
    client = signed_in()
    few = {page.name: cost(client, page.ours)[0] for page in pages(FEW) if options.only in page.name}
    copied(f"all_{options.rows}", fill_all)
    call_command("migrate", verbosity=0, interactive=False)
    client = signed_in()
    chosen = [page for page in pages(options.rows) if options.only in page.name]
    costs = {page.name: cost(client, page.ours) for page in chosen}
    times: dict[str, list[float]] = defaultdict(list)
    for repetition in range(options.repetitions):
        for number, page in enumerate(chosen, 1):
            if page.counted_anew:
                cache.clear()
            times[page.name].append(seconds(client, page.ours, options.longest))
            waited = times[page.untuned]
            # A page that is slow anyhow is not waited for again.
            if not options.no_ratios and (not waited or (len(waited) < 3 and waited[0] < SLOW)):
                waited.append(seconds(client, page.untuned, options.longest))
            if not repetition:
                took = [f"{each[-1] * 1000:.0f} ms" for each in (times[page.name], waited) if each]
                say(f"{number} of {len(chosen)}: {page.name}: {', '.join(took)}")
    connection.close()
    return [
        Measured(
            page,
            few[page.name],
            *costs[page.name],
            min(times[page.name]),
            min(times[page.untuned]) if times[page.untuned] else None,
        )
        for page in chosen
    ]


def table(measured: Sequence[Measured]) -> str:
    """As Markdown."""
    lines = ["| page | queries | KB | ms | untuned, ms | times as fast |", "|---|--:|--:|--:|--:|--:|"]
    for each in measured:
        plain = ["–", "–"] if each.untuned is None else [f"{each.untuned * 1000:,.0f}", f"{each.ratio:.1f}"]
        cells = [each.page.name, str(each.queries), f"{each.size / 1000:.0f}", f"{each.ours * 1000:.0f}", *plain]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def say(line: str) -> None:
    """Progress, apart from the report."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def out(text: str) -> None:
    """A part of the report."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
