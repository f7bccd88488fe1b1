"""A step of the benchmark as a process of its own: `python -m benchmarks.load_benchmark prepare|articles|costs [N]`.

The last line of the output is JSON.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

EDITORS = 2
DETAILS = 50  # claims whose details and pages are read
INGESTED_ARTICLES = 20


def main() -> None:
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    settings.ROOT_URLCONF = "benchmarks.api_benchmark.baseline_view"
    django.setup()
    step, *numbers = sys.argv[1:]
    steps: dict[str, Callable[..., Any]] = {"prepare": prepare, "articles": hand_in_articles, "costs": measure_costs}
    sys.stdout.write(f"{json.dumps(steps[step](*map(int, numbers)))}\n")


def prepare() -> dict[str, Any]:
    """Returns URLs by kind, pending quotes, and sessions of editors, which are made here."""
    from benchmarks.worker import session_of
    from claims.models import Quote

    return {
        "urls": urls_by_kind(),
        "quotes": list(Quote.objects.pending().order_by("pk").values_list("pk", flat=True)),
        "sessions": [session_of(f"editor-{number}-{time.time_ns()}") for number in range(EDITORS)],
    }


def urls_by_kind() -> dict[str, list[str]]:
    from benchmarks.api_benchmark.benchmark_run import SEARCH_WORDS
    from benchmarks.load_benchmark.connections import FILES
    from claims.models import Claim, Quote

    claims = list(Claim.objects.released().order_by("-pk").values_list("pk", flat=True)[:DETAILS])
    quotes = list(Quote.objects.released().order_by("-pk").values_list("pk", flat=True)[:DETAILS])
    words = list(SEARCH_WORDS.values())
    return {
        "lists": ["/api/v1/claims/", "/api/v1/quotes/", "/api/v1/speakers/", "/api/v1/sources/"],
        "details": [*(f"/api/v1/claims/{pk}/" for pk in claims), *(f"/api/v1/quotes/{pk}/" for pk in quotes)],
        "search": [*(f"/api/v1/claims/?q={word}" for word in words), *(f"/search/?q={word}" for word in words)],
        "pages": ["/", "/claims/", "/speakers/", *(f"/quotes/{pk}/" for pk in quotes)],
        FILES: ["/api/v1/claims.csv"],
    }


def hand_in_articles(count: int) -> None:
    from benchmarks.worker import request_articles

    request_articles(count)


def measure_costs(repetitions: int) -> dict[str, Any]:
    """Returns the CPU milliseconds of a request by kind, in this process and in the database's, and sizes."""
    from benchmarks.api_benchmark.api_pages import BASELINE_URL
    from benchmarks.api_benchmark.wsgi_client import PageRequest, WsgiClient
    from benchmarks.dataset.public_claim_database import count_public_claims
    from benchmarks.load_benchmark.connections import FILES

    client = WsgiClient()
    urls = urls_by_kind()
    (csv_url,) = urls.pop(FILES)
    requests = {kind: [PageRequest(url) for url in some[:8]] for kind, some in urls.items()}
    etag = client.get(PageRequest(urls["lists"][0])).headers["ETag"]
    requests |= {
        "304": [PageRequest(urls["lists"][0], {"If-None-Match": etag}, status=304)],
        "plain view": [PageRequest(BASELINE_URL)],
    }
    costs = {kind: [client.count_queries(request) for request in some] for kind, some in requests.items()}
    for _ in range(repetitions):  # all kinds in turns, so that what else the machine does hits all alike
        for kind, some in requests.items():
            for request, cost in zip(some, costs[kind], strict=True):
                client.measure(request, cost)
    claims = count_public_claims()
    file_cost = client.count_queries(PageRequest(csv_url))
    client.measure(PageRequest(csv_url), file_cost, calls=1)
    kinds = {kind: _mean_milliseconds([cost.figures() for cost in some]) for kind, some in costs.items()}
    kinds["1,000 rows of CSV"] = {
        name: value * 1000 / claims for name, value in _mean_milliseconds([file_cost.figures()]).items()
    }
    return {"claims": claims, "kinds": kinds, "article": _article_cost(), **_sizes()}


def _mean_milliseconds(figures: list[dict[str, float]]) -> dict[str, float]:
    database = 1000 * sum(row["database"] for row in figures) / len(figures)
    return {"site": 1000 * sum(row["cpu"] for row in figures) / len(figures) - database, "database": database}


def _article_cost() -> dict[str, float]:
    """Returns the CPU milliseconds that an article takes to be read, extracted and stored."""
    from django.core.management import call_command

    from benchmarks.api_benchmark.wsgi_client import DatabaseProcess
    from benchmarks.dataset.generated_articles import ArticleGenerator

    writer = ArticleGenerator(50, seed=time.time_ns())
    with tempfile.TemporaryDirectory() as folder:

        def ingest(count: int) -> None:
            path = Path(folder) / f"{count}.jsonl"
            with path.open("w") as lines:
                for number in range(count):
                    text = writer.article([writer.names[number % 50]] * 5).text
                    lines.write(json.dumps({"title": f"Article {time.time_ns()}", "text": text}) + "\n")
            call_command("ingest", str(path), publisher="The Benchmark", language="en", stdout=sys.stderr)

        ingest(1)  # loads the model
        backend = DatabaseProcess()
        before, cpu = backend.seconds(), time.process_time()
        ingest(INGESTED_ARTICLES)
        site, database = time.process_time() - cpu, backend.seconds() - before
    return {"site": 1000 * site / INGESTED_ARTICLES, "database": 1000 * database / INGESTED_ARTICLES}


def _sizes() -> dict[str, int]:
    """Returns the bytes of the database, and of its indexes (0 on SQLite)."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return {"bytes": Path(connection.settings_dict["NAME"]).stat().st_size, "index_bytes": 0}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()), (SELECT sum(pg_indexes_size(oid))::bigint FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace)"
        )
        size, index_size = cursor.fetchone()
    return {"bytes": size, "index_bytes": index_size}


if __name__ == "__main__":
    main()
