"""`ingest`: stores articles and their quotes, which are then pending review."""

import argparse
import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.articles import (
    EXTENSIONS,
    Article,
    ArticleError,
    ArticleFields,
    ArticleValueError,
    parse_language,
    parse_line,
    parse_published,
    parse_url,
    read_articles,
)
from claims.extraction import ModelError
from claims.models import Delivery, DeliveryOrigin, DeliveryState
from claims.models.delivery import OPEN_STATES
from claims.services.errors import RefusedError
from claims.services.ingestion.deliveries import process_delivery, request_delivery
from claims.services.ingestion.delivery_summary import describe_delivery
from claims.services.ingestion.ingest import IngestOutcome, IngestResult, ingest_all
from claims.services.ingestion.planner_statistics import refresh_planner_statistics
from claims.services.sources.languages import describe_doubtful_language, describe_unread_language

_WEB_ADDRESS = re.compile("https?://", re.IGNORECASE)
SINGLE_ARTICLE_FIELDS = ("title", "url")
METADATA_OPTIONS: dict[str, tuple[Callable[[str], object], str]] = {
    "publisher": (lambda value: parse_line("publisher", value), "the publisher"),
    "title": (lambda value: parse_line("title", value), "the title (for a single article)"),
    "url": (parse_url, "the URL (for a single article); identifies the source if it is ingested again"),
    "published": (parse_published, "the date of publication, such as 2025-05-16"),
    "language": (parse_language, "the language of the text, such as en"),
    "translated_from": (
        lambda value: parse_language(value, "translated_from"),
        "the original language of a translation",
    ),
    "translator": (lambda value: parse_line("translator", value), "the person or software that translated it"),
}


def argument_type(parse: Callable[[str], object]) -> Callable[[str], object]:
    """Adapts a parser for argparse, so that the user reads its error message."""

    def parse_argument(value: str) -> object:
        try:
            return parse(value)
        except ArticleValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return parse_argument


class Command(BaseCommand):
    help = (
        f"Store articles ({', '.join(EXTENSIONS)}, addresses, or - for standard input) and their quotes, for review. "
        "Pages are fetched from their addresses. Ingesting an article again adds nothing. Exit status 1 if an input is "
        "refused or put off, or its language is not read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH|URL", help="a file, an address, or -")
        parser.add_argument(
            "--stdin-format", choices=["txt", "html", "json", "jsonl"], default="txt", help="default: txt"
        )
        for name, (parse, description) in METADATA_OPTIONS.items():
            parser.add_argument(
                f"--{name.replace('_', '-')}",
                type=argument_type(parse),
                help=f"{description}; overrides the input's own",
            )

    def handle(self, *, paths: list[str], stdin_format: str, **options: Any) -> None:
        metadata = {name: options[name] for name in METADATA_OPTIONS if options[name] is not None}
        single = [f"--{name}" for name in SINGLE_ARTICLE_FIELDS if name in metadata]
        if single and len(paths) > 1:
            raise CommandError(f"{' and '.join(single)} can be given for one article only, not for {len(paths)}.")
        urls = [path for path in paths if _WEB_ADDRESS.match(path)]
        if urls and "url" in metadata:
            raise CommandError("--url cannot be given for an article that is fetched from its address.")
        files = [path for path in paths if path not in urls]
        counts: Counter[str] = Counter()
        quote_count = 0
        for name, result in chain(
            self._store(self._read(files, stdin_format, metadata, single)),
            ((url, self._deliver(url, metadata)) for url in urls),
        ):
            self._report(name, result, counts)
            quote_count += result.quotes if isinstance(result, IngestResult) else 0
        if quote_count:
            refresh_planner_statistics()
        self._summarize(counts, quote_count)

    def _report(self, name: str, result: IngestResult | ArticleError | Delivery, counts: Counter[str]) -> None:
        if isinstance(result, Delivery):
            counts["put off"] += 1
            self.stderr.write(self.style.WARNING(describe_delivery(result)))
        elif isinstance(result, ArticleError):
            counts["refused"] += 1
            self.stderr.write(self.style.ERROR(f"refused    {result}"))
        else:
            counts[result.outcome] += 1
            self.stdout.write(format_ingested(name, result))
            if unread := describe_unread_language(result.source):
                counts["not read"] += 1
                self.stderr.write(self.style.WARNING(f"not read   {name}: {unread}"))
            elif doubt := describe_doubtful_language(result.source):
                self.stderr.write(self.style.WARNING(f"warning    {name}: {doubt}"))
            if result.outcome is not IngestOutcome.UNCHANGED:
                for message in result.source.warning_messages:
                    self.stderr.write(self.style.WARNING(f"warning    {name}: {message}"))

    def _summarize(self, counts: Counter[str], quote_count: int) -> None:
        """Prints what was done. Raises CommandError if that is not all."""
        outcomes = [*IngestOutcome, "put off", "refused"]
        summary = ", ".join(f"{counts[outcome]} {outcome}" for outcome in outcomes if counts[outcome])
        unread_count = counts.pop("not read", 0)
        unread = f" Language not read: {unread_count}." if unread_count else ""
        self.stdout.write(f"Articles: {summary or 'none'}.{unread} New quotes to review: {quote_count}.")
        problems = []
        if unread_count:
            problems.append(f"{unread_count} of {counts.total()} inputs are in a language that is not read.")
        if counts["refused"]:
            problems.append(f"{counts['refused']} of {counts.total()} inputs refused.")
        if counts["put off"]:
            problems.append(f"{counts['put off']} of {counts.total()} inputs put off: a worker tries them again.")
        if problems:
            raise CommandError(" ".join(problems))

    @staticmethod
    def _deliver(url: str, metadata: dict[str, Any]) -> IngestResult | ArticleError | Delivery:
        """Fetches and stores an article. Returns the delivery if it is still open: a later attempt may succeed."""
        try:
            delivery = request_delivery(
                url=url, metadata=cast("ArticleFields", metadata), origin=DeliveryOrigin.COMMAND, in_foreground=True
            )
            delivery = process_delivery(delivery.pk, at_once=True)
        except RefusedError as error:
            return ArticleError(url, str(error))
        except ModelError as error:
            raise CommandError(str(error)) from error
        if delivery.source and delivery.snapshot:
            outcome = IngestOutcome.UNCHANGED
            if delivery.state == DeliveryState.STORED:
                is_new = not delivery.source.snapshots.exclude(pk=delivery.snapshot.pk).exists()
                outcome = IngestOutcome.NEW if is_new else IngestOutcome.CHANGED
            return IngestResult(outcome, delivery.source, delivery.snapshot, delivery.quote_count)
        return delivery if delivery.state in OPEN_STATES else ArticleError(url, delivery.reason)

    @staticmethod
    def _store(articles: Iterator[Article | ArticleError]) -> Iterator[tuple[str, IngestResult | ArticleError]]:
        """Yields the result for each article. Raises CommandError if the extractor cannot load its model."""
        try:
            yield from ingest_all(articles=articles)
        except ModelError as error:
            raise CommandError(str(error)) from error

    @staticmethod
    def _read(
        paths: list[str], stdin_format: str, metadata: dict[str, Any], single: list[str]
    ) -> Iterator[Article | ArticleError]:
        """Yields the articles with the given metadata; refuses a second article if an option in `single` is given."""
        article_count = 0
        for article in read_articles(paths, limit=settings.FACTBASE_MAX_ARTICLE_BYTES, stdin_format=stdin_format):
            if isinstance(article, ArticleError):
                yield article
                continue
            article_count += 1
            if single and article_count > 1:
                message = f"a second article; {' and '.join(single)} can be given for one article only"
                yield ArticleError(article.name, message)
            else:
                yield dataclasses.replace(article, **metadata)


def format_ingested(name: str, result: IngestResult) -> str:
    added = "stored without quotes" if result.is_language_unread else f"{result.quotes} quotes"
    if result.outcome is IngestOutcome.UNCHANGED:
        added = "nothing added"
    return f"{result.outcome:<10} {name}: {added} (source {result.source.pk})"
