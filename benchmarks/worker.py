"""`python -m benchmarks.worker`: how long an edit takes while a worker takes articles in.

Fills a database in a temporary directory, serves it with a worker beside the site, and lets two editors reject quotes
and eight readers read lists of the API: first without deliveries, then with more of them than the worker can do. The
exit status is 1 if an edit is slower than the limits, or an error occurs.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.api_benchmark.export_throughput import READER_URLS
from benchmarks.api_benchmark.server_process import ROOT, ServerProcess, find_free_port, run_server
from benchmarks.console import log_progress, write_report
from benchmarks.dataset.databases import serve_database
from benchmarks.dataset.generated_articles import ArticleGenerator

EDITORS, READERS = 2, 8
SECONDS_BETWEEN_EDITS = 0.5
LIMIT_P95, LIMIT_MOST = 0.2, 1.0  # seconds
DELIVERIES_A_SECOND = 8  # more than a worker can do
CSRF_TOKEN = "a" * 32


@dataclass(frozen=True, slots=True)
class Pressure:
    """What editors and readers met, and what the worker did: seconds of edits, errors, articles stored."""

    name: str
    edits: list[float]
    edit_errors: int
    readers: dict[str, Any]
    articles: int
    seconds: float

    @property
    def p95(self) -> float:
        return sorted(self.edits)[len(self.edits) * 95 // 100]

    @property
    def is_within_limits(self) -> bool:
        has_errors = self.edit_errors or any(self.readers["wrong"].values())
        return self.p95 <= LIMIT_P95 and max(self.edits) <= LIMIT_MOST and not has_errors


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.worker", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="of each measurement (default: 60)")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    options = parser.parse_args(argv)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="factbase-worker-", dir="/tmp"))
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user
        url = stack.enter_context(serve_database(options.database, Path(folder)))
        port = find_free_port()
        environment = {
            "FACTBASE_DATA_DIR": folder,
            "DATABASE_URL": url,
            "FACTBASE_DEBUG": "0",
            "FACTBASE_PORT": str(port),
            "FACTBASE_WORKER": "1",
            "FACTBASE_READS_PER_MINUTE": "0",
        }
        os.environ |= environment | {"DJANGO_SETTINGS_MODULE": "factbase.settings"}
        quotes = fill_database(4 * EDITORS * int(options.seconds / SECONDS_BETWEEN_EDITS))
        sessions = [session_of(f"editor{number}") for number in range(EDITORS)]
        with run_server(
            [sys.executable, "manage.py", "serve"], port, environment, Path(folder) / "server.log"
        ) as server:
            alone = measure("site alone", server, sessions, quotes[::2], options.seconds)
            request_articles(DELIVERIES_A_SECOND * options.seconds)
            beside = measure("beside a worker", server, sessions, quotes[1::2], options.seconds)
    write_report(format_pressures([alone, beside]))
    return 0 if beside.is_within_limits else 1


def fill_database(quotes: int) -> list[int]:
    """Fills the database with some thousand quotes, and returns the ids of pending ones."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.dataset.row_generator import (
        RowGenerator,
        current_second,
        get_or_create_editors,
        get_or_create_topics,
        rating_ids,
    )
    from claims.models import Quote

    call_command("migrate", verbosity=0, interactive=False)
    editors, topics = get_or_create_editors(3), get_or_create_topics()
    generator = RowGenerator(ArticleGenerator(200), editors, topics, rating_ids(), current_second())
    generator.decisions = ("pending",)
    generator.add(list(generator.writer.articles(max(quotes, 5_000))))
    ids = list(Quote.objects.pending().order_by("pk").values_list("pk", flat=True)[:quotes])
    connection.close()
    return ids


def session_of(username: str) -> str:
    """The key of a session of a new administrator."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.create_superuser(username))
    connection.close()
    return client.cookies["sessionid"].value


def request_articles(articles: int) -> None:
    from django.db import connection

    from claims.articles import RawContent
    from claims.models import DeliveryOrigin
    from claims.services.ingestion.deliveries import request_delivery

    writer = ArticleGenerator(50, seed=time.time_ns())
    for number in range(articles):
        text = writer.article([writer.names[number % 50]] * 5).text
        url = f"https://example.org/{number}"
        request_delivery(url=url, content=RawContent(text.encode(), "text/plain"), origin=DeliveryOrigin.FEED)
    connection.close()


def measure(name: str, server: ServerProcess, sessions: list[str], quotes: list[int], seconds: int) -> Pressure:
    log_progress(f"{name}: {seconds} s")
    command = [sys.executable, "-m", "benchmarks.api_benchmark.concurrent_readers"]
    command += [str(server.port), str(READERS), str(seconds), *READER_URLS]
    readers = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    before, start = count_stored(), time.monotonic()
    with ThreadPoolExecutor(EDITORS) as pool:
        edits = [
            pool.submit(edit, server.port, session, quotes[number::EDITORS], seconds)
            for number, session in enumerate(sessions)
        ]
        times = [time for future in edits for time in future.result()[0]]
        errors = sum(future.result()[1] for future in edits)
    stored, elapsed = count_stored() - before, time.monotonic() - start
    return Pressure(name, times, errors, json.loads(readers.communicate()[0]), stored, elapsed)


def edit(port: int, session: str, quotes: list[int], seconds: float) -> tuple[list[float], int]:
    """Rejects one quote after the other. Returns the seconds that each took, and the number of errors."""
    times, errors, end = [], 0, time.monotonic() + seconds
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={CSRF_TOKEN}",
        "X-CSRFToken": CSRF_TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    for number in count():
        if time.monotonic() >= end or number >= len(quotes):
            return times, errors
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        start = time.perf_counter()
        path = f"/admin/claims/quote/review/{quotes[number]}/reject/"
        connection.request("POST", path, body="why=duplicate", headers=headers)
        response = connection.getresponse()
        errors += response.status != 302 or "/review/" not in (response.getheader("Location") or "")
        times.append(time.perf_counter() - start)
        connection.close()
        time.sleep(SECONDS_BETWEEN_EDITS)
    raise AssertionError("count() does not end")


def count_stored() -> int:
    from django.db import connection

    from claims.models import Delivery, DeliveryState, Operation

    stored = Delivery.objects.filter(state=DeliveryState.STORED).count()
    log_progress(f"  {stored} articles stored, {Operation.objects.count()} edits made")
    connection.close()
    return stored


def format_pressures(pressures: list[Pressure]) -> str:
    lines = ["| | edits | p50 ms | p95 ms | most ms | errors | reads | read p95 ms | errors | articles a second |"]
    lines += ["|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for row in pressures:
        edits = sorted(row.edits)
        lines.append(
            f"| {row.name} | {len(edits)} | {1000 * edits[len(edits) // 2]:.0f} | {1000 * row.p95:.0f} "
            f"| {1000 * edits[-1]:.0f} | {row.edit_errors} | {row.readers['asked']} | {1000 * row.readers['p95']:.0f} "
            f"| {sum(row.readers['wrong'].values())} | {row.articles / row.seconds:.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
