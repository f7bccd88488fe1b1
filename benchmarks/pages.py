"""`python -m benchmarks.pages`: statements, bytes and CPU of readers' pages, beside the API's JSON of the same.

A page shows what a script would fetch by several requests: those are listed below the table, and their CPU is added up.

Fills a database with public claims in a temporary directory, or in the one of `--keep`, where the next run (and
`benchmarks.api`) finds it. Pages and the API's responses are made in turns in this process; the best of several rounds
counts, with the CPU time of PostgreSQL's backend. The exit status is 1 if a page misses a limit: at most three
statements besides the one for the version of the data, 30 KB of HTML, and twice the CPU of its JSON. Lists have no
limit of bytes or CPU.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.admin import open_database_folder
from benchmarks.console import log_progress, write_report
from benchmarks.dataset.databases import serve_database

if TYPE_CHECKING:
    from benchmarks.api_benchmark.wsgi_client import PageCost

MAX_STATEMENTS = 3 + 1  # and the version of the data
MAX_BYTES = 30_000
MAX_CPU_RATIO = 2.0


@dataclass(frozen=True, slots=True)
class ComparedPage:
    """A page, and all the URLs of the API that have what it shows; `is_limited` in bytes and CPU, too."""

    name: str
    url: str
    api_urls: tuple[str, ...]
    is_limited: bool = True


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.pages", description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000, help="default: 1000000")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--repetitions", type=int, default=5, help="rounds, of which the best counts (default: 5)")
    parser.add_argument("--keep", type=Path, help="folder in which the databases are kept for the next run")
    options = parser.parse_args(argv)
    if options.claims < 100 or options.repetitions < 1:
        parser.error("--claims must be at least 100, and --repetitions 1")
    with open_database_folder(options.keep) as folder, serve_database(options.database, folder) as url:
        os.environ |= {"FACTBASE_DATA_DIR": str(folder), "DATABASE_URL": url, "FACTBASE_DEBUG": "0"}
        os.environ |= {"FACTBASE_READS_PER_MINUTE": "0", "DJANGO_SETTINGS_MODULE": "factbase.settings"}
        costs = measure_pages(options)
    write_report(f"{options.claims:,} claims on {options.database}\n\n{format_costs(costs)}")
    missed = [fault for page, costs_of_page in costs.items() for fault in list_faults(page, *costs_of_page)]
    for fault in missed:
        log_progress(f"*** {fault}")
    return 1 if missed else 0


def measure_pages(options: argparse.Namespace) -> "dict[ComparedPage, list[PageCost]]":
    """Returns the cost of each page, and of its JSON."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.api_benchmark.wsgi_client import PageRequest, WsgiClient
    from benchmarks.dataset.databases import copy_and_fill
    from benchmarks.dataset.public_claim_database import fill_public_claims

    call_command("migrate", verbosity=0, interactive=False)
    copy_and_fill(f"claims_{options.claims}", lambda: fill_public_claims(options.claims, log_progress))
    call_command("migrate", verbosity=0, interactive=False)
    client = WsgiClient()
    requests = {
        page: [PageRequest(page.url, {"Accept": "text/html"}), *map(PageRequest, page.api_urls)]
        for page in list_pages()
    }
    costs = {
        page: [client.count_queries(request) for request in of_page]  # which also warms up
        for page, of_page in requests.items()
    }
    for repetition in range(options.repetitions):
        for page, of_page in requests.items():
            for request, cost in zip(of_page, costs[page], strict=True):
                client.measure(request, cost)
        log_progress(f"Round {repetition + 1} of {options.repetitions}")
    connection.close()
    return costs


def list_pages() -> list[ComparedPage]:
    """Returns the pages: of the claim with the most quotes and of the most quoted speaker, among others."""
    from django.db.models import Count

    from claims.models import Claim, Quote, Topic
    from claims.pages.claims.claim_row import MAX_CORRECTIONS
    from claims.pages.site.home import CARDS, CLAIM_FIELDS, NEWEST_CORRECTIONS
    from claims.resources.permalinks import page_path

    quotes = Quote.objects.released().order_by("-pk")[:20_000]
    recent = Quote.objects.filter(pk__in=list(quotes.values_list("pk", flat=True)))
    claim_id = recent.exclude(claim=None).values_list("claim").annotate(n=Count("pk")).order_by("-n", "claim")[0][0]
    speaker_id = recent.values_list("speaker").annotate(n=Count("pk")).order_by("-n", "speaker")[0][0]
    claim = Claim.objects.select_related("speaker").get(pk=claim_id)
    quote = recent.select_related("speaker", "snapshot__source").filter(speaker=speaker_id)[0]
    source = quote.snapshot.source
    topic = Topic.objects.values_list("slug").annotate(n=Count("claims")).order_by("-n")[0][0]
    shown_of_claims = ",".join(CLAIM_FIELDS)
    return [
        ComparedPage(
            "home",
            "/",
            (
                f"/api/v1/verifications/?page_size={CARDS}",
                f"/api/v1/claims/?page_size={2 * CARDS}&fields={shown_of_claims}",  # of verdicts, and most repeated
                f"/api/v1/corrections/?page_size={NEWEST_CORRECTIONS}",
            ),
        ),
        ComparedPage(
            "claim",
            page_path("claims", claim.pk, claim.text),
            (f"/api/v1/claims/{claim.pk}/", f"/api/v1/corrections/?claim={claim.pk}&page_size={MAX_CORRECTIONS}"),
        ),
        ComparedPage(
            "speaker",
            page_path("speakers", speaker_id, quote.speaker.name),
            (
                f"/api/v1/speakers/{speaker_id}/",
                f"/api/v1/quotes/?speaker={speaker_id}&page_size=10",
                f"/api/v1/quotes/counts/?by=month&speaker={speaker_id}",
                f"/api/v1/claims/?speaker={speaker_id}&page_size=8",
                f"/api/v1/claims/counts/?by=verdict&speaker={speaker_id}",
            ),
        ),
        ComparedPage("quote", page_path("quotes", quote.pk), (f"/api/v1/quotes/{quote.pk}/",), is_limited=False),
        ComparedPage(
            "source",
            page_path("sources", source.pk, source.title),
            (f"/api/v1/sources/{source.pk}/", f"/api/v1/quotes/?source={source.pk}"),
            is_limited=False,
        ),
        ComparedPage(
            "topic",
            page_path("topics", topic),
            (
                f"/api/v1/claims/?topic={topic}&page_size=6",
                f"/api/v1/claims/?topic={topic}&has_verdict=true&page_size=6",
                f"/api/v1/quotes/?topic={topic}&page_size=6",
                f"/api/v1/quotes/counts/?by=speaker&topic={topic}&limit=10",
            ),
            is_limited=False,
        ),
        ComparedPage("claims", "/claims/", ("/api/v1/claims/",), is_limited=False),
        ComparedPage("quotes", "/quotes/", ("/api/v1/quotes/",), is_limited=False),
        ComparedPage("search", "/search/?q=water", ("/api/v1/claims/?q=water",), is_limited=False),
    ]


def cpu_milliseconds(*costs: "PageCost") -> float:
    return 1000 * sum(cost.figures()["cpu"] for cost in costs)


def cpu_ratio(html: "PageCost", *api: "PageCost") -> float:
    return cpu_milliseconds(html) / cpu_milliseconds(*api)


def list_faults(page: ComparedPage, html: "PageCost", *api: "PageCost") -> list[str]:
    if not page.is_limited:
        return []
    faults = []
    if html.queries > MAX_STATEMENTS:
        faults.append(f"{page.name}: {html.queries} statements")
    if html.size > MAX_BYTES:
        faults.append(f"{page.name}: {html.size / 1000:.0f} KB")
    if (ratio := cpu_ratio(html, *api)) > MAX_CPU_RATIO:
        faults.append(f"{page.name}: {ratio:.1f} times the CPU of its JSON")
    return faults


def format_costs(costs: "dict[ComparedPage, list[PageCost]]") -> str:
    """Returns a Markdown table, and what each page is compared with."""
    lines = [
        "| page | statements | KB | CPU, ms | JSON's CPU, ms | ratio | to the first request alone |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for page, (html, *api) in costs.items():
        ms = [f"{milliseconds:.1f}" for milliseconds in (cpu_milliseconds(html), cpu_milliseconds(*api))]
        cells = [page.name, str(html.queries), f"{html.size / 1000:.0f}", *ms]
        cells += [f"{cpu_ratio(html, *api):.1f}", f"{cpu_ratio(html, api[0]):.1f}"]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "Compared with:", *(f"- {page.name}: {' + '.join(page.api_urls)}" for page in costs)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
