"""Measures a check of a draft of 2,000 words beside many quotes: `python -m benchmarks.drafts`.

Fills a database with generated articles, or takes the one of `--keep`. Each draft quotes them: a third of its
quotations is verbatim, a third has a word left out, a third is of nobody. No claim has a verdict: looking for one takes
what `benchmarks.matching` says for each quotation that no source has. `--corpus` reports how often outcomes are right.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.console import log_progress, write_report

MAX_SECONDS = 2.0  # of CPU, for a draft of so many words
DRAFT_WORDS = 2_000
DRAFTS = 5


def main() -> int:
    arguments = parse_arguments()
    with data_directory(arguments.keep) as folder:
        from benchmarks.dataset.databases import serve_database

        with serve_database(arguments.database, folder) as url:
            os.environ |= {"FACTBASE_DATA_DIR": str(folder), "DATABASE_URL": url, "FACTBASE_DEBUG": "0"}
            os.environ["DJANGO_SETTINGS_MODULE"] = "factbase.settings"
            import django

            django.setup()
            return score_corpus() if arguments.corpus else measure(arguments.quotes)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drafts", description=__doc__)
    parser.add_argument("--corpus", action="store_true", help="score the drafts of `draft_texts.yaml` instead")
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--keep", type=Path, help="a directory in which the database is kept for the next run")
    return parser.parse_args()


@contextmanager
def data_directory(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="factbase-drafts-", dir="/tmp") as folder:
        yield Path(folder)


def measure(quotes: int) -> int:
    from django.core.management import call_command

    from claims.models import Quote
    from claims.services.drafts.check import check_draft
    from claims.services.drafts.findings import Audience

    call_command("migrate", verbosity=0)
    if not Quote.objects.exists():
        fill(quotes)
    count = Quote.objects.count()
    check_draft("“This draft loads the model of the extractor,” said Ann Lee.", audience=Audience.EDITORS)
    rows = []
    for audience in Audience:
        seconds, words, outcomes = [], [], Counter[str]()
        for number in range(DRAFTS):
            text = write_draft(number, count)
            start = time.process_time()
            report = check_draft(text, audience=audience)
            seconds.append(time.process_time() - start)
            words.append(len(text.split()))
            outcomes.update({str(key): value for key, value in report.count_outcomes().items()})
        found = ", ".join(f"{name} {number}" for name, number in outcomes.items() if number)
        rows.append(
            f"| {count:,} | {audience} | {statistics.mean(words):,.0f} | {statistics.median(seconds):.2f} s |"
            f" {max(seconds):.2f} s | {found} |"
        )
        if max(seconds) > MAX_SECONDS:
            rows.append(f"Missed: over {MAX_SECONDS} s.")
    write_report(
        "| quotes | for | words | CPU, median | most | outcomes |\n|--:|---|--:|--:|--:|---|\n" + "\n".join(rows)
    )
    return int(any(row.startswith("Missed") for row in rows))


def score_corpus() -> int:
    """Stores the invented sources in the database and reports the precision and recall of each outcome."""
    from django.core.management import call_command

    from benchmarks.dataset.draft_corpus import MIN_SCORE, score_drafts, store_sources

    call_command("migrate", verbosity=0)
    store_sources()
    scores = score_drafts()
    header = "| outcome | quotations | precision | recall |\n|---|--:|--:|--:|\n"
    write_report(header + "\n".join([*scores.rows(), "", *scores.mistakes]))
    return int(any(min(score.precision, score.recall) < MIN_SCORE for score in scores.outcomes.values()))


def fill(quotes: int) -> None:
    """Stores articles with so many quotes, without claims."""
    from django.db import connection, models, transaction

    from benchmarks.dataset.generated_articles import QUOTES_PER_ARTICLE, ArticleGenerator
    from benchmarks.dataset.public_claim_database import speed_up_sqlite
    from benchmarks.dataset.row_generator import (
        TIME_BETWEEN_ARTICLES,
        Row,
        RowGenerator,
        current_second,
        get_or_create_editors,
    )
    from claims.database.derived_objects import derived_objects, drop, restore
    from claims.models import Quote, Snapshot, Source, Speaker, SpeakerName
    from claims.services.ingestion.planner_statistics import refresh_planner_statistics

    class QuoteRows(RowGenerator):
        def store(self, model: type[models.Model], rows: Iterable[Row]) -> None:
            if model is Quote:
                rows = [row | {"claim_id": None} for row in rows]
            if model in {Source, Snapshot, Speaker, SpeakerName, Quote}:
                super().store(model, rows)

        def verify(self, claims: Any) -> None:
            """No claim is stored."""

    speed_up_sqlite()
    # The rows are as the triggers demand, which would only cost time.
    drop(connection, list(derived_objects(connection).values()))
    start = current_second() - TIME_BETWEEN_ARTICLES * (quotes // QUOTES_PER_ARTICLE)
    generator = QuoteRows(ArticleGenerator(quotes // 10), get_or_create_editors(5), [0], [0], start)
    articles = generator.writer.articles(quotes)
    done = 0
    while batch := list(islice(articles, 5_000)):
        with transaction.atomic():
            generator.add(batch)
        done += sum(map(len, batch))
        log_progress(f"{done:,} of {quotes:,} quotes")
    log_progress("Building the indexes")
    restore(connection)
    refresh_planner_statistics()


def write_draft(seed: int, quotes: int) -> str:
    """Returns a draft of so many words that quotes stored articles."""
    from claims.models import Quote

    choose = random.Random(seed)  # noqa: S311  # reproducible, not secret
    first = Quote.objects.order_by("pk").values_list("pk", flat=True)[0]
    parts: list[str] = []
    words = number = 0
    while words < DRAFT_WORDS:
        pk = first + choose.randrange(quotes)
        quote = (
            Quote.objects.exclude(decision="rejected").filter(pk__gte=pk).select_related("speaker").order_by("pk")[0]
        )
        said = quote.exact.split()
        if number % 3 == 1:
            del said[len(said) // 2]
        if number % 3 == 2:
            choose.shuffle(said)
        speaker = quote.speaker.name if quote.speaker else "Ann Lee"
        context = " ".join(
            choose.choice(("The", "council", "met", "again", "on", "Monday", "and", "heard")) for _ in range(18)
        )
        parts.append(f"{context.capitalize()}. “{' '.join(said)}” {speaker} said.")
        words += len(parts[-1].split())
        number += 1
    return "\n\n".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
