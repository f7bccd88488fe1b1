"""`python -m benchmarks.review`: milliseconds from the key `a` to the next quote of the review queue, in a browser.

Fills a database in a temporary directory with articles of ten quotes and one of 400, serves it as `serve` does, and
accepts quotes with the keyboard in headless Chromium, at the pace of a quick reader. Beside it, in the same run: an
empty request (a small static file), and what the server needs for the next screen alone. The exit status is 1 if the
median of an article exceeds the limit.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.api_benchmark.server_process import find_free_port, run_server
from benchmarks.console import log_progress, write_report

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIMIT_MS = 150
QUOTES_IN_LONG_ARTICLE = 400
QUOTES_IN_SHORT_ARTICLES = 2_000
READING_MS = 800  # between two keys
RECORD_TIMES = """
    (() => {
        let pressed = 0;
        window.shownAfter = [];
        const quote = () => document.getElementById("fb-review")?.dataset.quote;
        let shown;
        addEventListener("keydown", () => { pressed = performance.now(); shown = quote(); }, true);
        new MutationObserver(() => {
            if (!pressed || quote() === shown) return;
            const start = pressed;
            pressed = 0;
            requestAnimationFrame(() => setTimeout(() => window.shownAfter.push(performance.now() - start)));
        }).observe(document, {attributes: true, attributeFilter: ["data-quote"], childList: true, subtree: true});
    })()
"""
TIME_REQUEST = """
    async ([url, headers]) => {
        const start = performance.now();
        await (await fetch(url, {cache: "no-store", headers})).text();
        return performance.now() - start;
    }
"""


@dataclass(frozen=True, slots=True)
class ReviewMeasurement:
    """Milliseconds: from key to next quote, of an empty request, and of the request of the next screen alone."""

    article: str
    key_to_quote: list[float]
    empty: list[float]
    rendering: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.key_to_quote)


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.review", description=__doc__)
    parser.add_argument("--keys", type=int, default=40, help="quotes to accept in each kind of article (default: 40)")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="factbase-review-") as folder:
        port = find_free_port()
        environment = {
            "FACTBASE_DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/review.sqlite3",
            "FACTBASE_DEBUG": "0",
            "FACTBASE_WORKER": "0",  # the site alone is measured
            "FACTBASE_PORT": str(port),
        }
        os.environ |= environment | {"DJANGO_SETTINGS_MODULE": "factbase.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
        long_article, session = fill_database()
        serve = [sys.executable, "manage.py", "serve"]
        with run_server(serve, port, environment, Path(folder) / "server.log"):
            measurements = measure_articles(f"http://127.0.0.1:{port}", session, long_article, options.keys)
    write_report(format_review_table(measurements))
    return 1 if any(row.median > LIMIT_MS for row in measurements) else 0


def fill_database() -> tuple[int, str]:
    """Returns the id of the long article's source, and the key of a session of an editor."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.admin_benchmark.page_cost import signed_in_client
    from benchmarks.dataset.generated_articles import ArticleGenerator
    from benchmarks.dataset.row_generator import (
        RowGenerator,
        current_second,
        get_or_create_editors,
        get_or_create_topics,
        rating_ids,
    )
    from claims.models import Quote, Snapshot, Speaker

    call_command("migrate", verbosity=0, interactive=False)
    editors, topics = get_or_create_editors(3), get_or_create_topics()
    generator = RowGenerator(ArticleGenerator(200), editors, topics, rating_ids(), current_second())
    generator.decisions = ("pending",)
    generator.add([[n % 40 for n in range(QUOTES_IN_LONG_ARTICLE)]])
    generator.decisions = RowGenerator.decisions
    generator.add(list(generator.writer.articles(QUOTES_IN_SHORT_ARTICLES)))
    Quote.objects.filter(speaker=None).update(speaker=Speaker.objects.order_by("pk").first())
    session = signed_in_client().cookies["sessionid"].value
    source = Snapshot.objects.order_by("pk").values_list("source", flat=True)[0]
    connection.close()
    return source, session


def measure_articles(url: str, session: str, long_article: int, keys: int) -> list[ReviewMeasurement]:
    from playwright.sync_api import sync_playwright

    queues = {
        f"{QUOTES_IN_LONG_ARTICLE} quotes": f"?source={long_article}",
        "10 quotes": "?confidence=high",
    }
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(base_url=url, viewport={"width": 1366, "height": 768})
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        context.add_init_script(RECORD_TIMES)
        page = context.new_page()
        return [measure_queue(page, name, query, keys) for name, query in queues.items()]


def measure_queue(page: "Page", name: str, query: str, keys: int) -> ReviewMeasurement:
    """Accepts so many quotes of the queue, one after the other."""
    page.goto(f"/admin/claims/quote/review/{query}")
    page.wait_for_selector("#fb-review.fb-review-has-js")
    page.wait_for_timeout(READING_MS)
    empty, rendering = [], []
    for number in range(keys):
        page.keyboard.press("a")
        page.wait_for_function("count => window.shownAfter.length > count", arg=number)
        page.wait_for_timeout(READING_MS)
        if number % 4 == 0:
            next_url = page.get_attribute("#fb-review-next", "href")
            empty.append(page.evaluate(TIME_REQUEST, ["/static/factbase/icon.svg", {}]))
            rendering.append(page.evaluate(TIME_REQUEST, [next_url, {"X-Review": "1"}]))
    times = page.evaluate("window.shownAfter")
    log_progress(f"{name}: {', '.join(f'{time:.0f}' for time in times)}")
    return ReviewMeasurement(name, times, empty, rendering)


def format_review_table(measurements: Sequence[ReviewMeasurement]) -> str:
    """Returns a Markdown table."""
    lines = [
        "| article with | key to next quote, median ms | 90th percentile | empty request | next screen alone |",
        "|---|--:|--:|--:|--:|",
    ]
    for row in measurements:
        ninth = statistics.quantiles(row.key_to_quote, n=10)[-1]
        figures = [row.median, ninth, statistics.median(row.empty), statistics.median(row.rendering)]
        lines.append(f"| {row.article} | {' | '.join(f'{figure:.0f}' for figure in figures)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
