"""`ingest`: articles go in, their attributed quotes come out and wait for an editor."""

import argparse
import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.articles import (
    EXTENSIONS,
    Article,
    ArticleError,
    ArticleValueError,
    parse_language,
    parse_line,
    parse_published,
    parse_url,
    read_articles,
)
from claims.extraction import ModelError
from claims.services.ingestion.ingest import IngestOutcome, IngestResult, ingest_all
from claims.services.ingestion.planner_statistics import refresh_planner_statistics

SINGLE_ARTICLE_FIELDS = ("title", "url")
METADATA_OPTIONS: dict[str, tuple[Callable[[str], Any], str]] = {
    "publisher": (lambda value: parse_line("publisher", value), "who published it"),
    "title": (lambda value: parse_line("title", value), "its title (for one article)"),
    "url": (parse_url, "its address (for one article); makes it the same source when it is read again"),
    "published": (parse_published, "the day it was published, such as 2025-05-16"),
    "language": (parse_language, "the language of the text, such as en"),
    "translated_from": (lambda value: parse_language(value, "translated_from"), "the language it was translated from"),
    "translator": (lambda value: parse_line("translator", value), "who or what translated it"),
}


def argument_type(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """`parse` for argparse: its refusal is what the user reads."""

    def parsed(value: str) -> Any:
        try:
            return parse(value)
        except ArticleValueError as refusal:
            raise argparse.ArgumentTypeError(str(refusal)) from refusal

    return parsed


class Command(BaseCommand):
    """Read articles and store their quotes as pending."""

    help = (
        f"Read articles ({', '.join(EXTENSIONS)}, or - for standard input) and store their quotes, pending. "
        "Reading the same article again adds nothing. Exit status 1 if any input was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Inputs, and what is known of them beyond what they say themselves."""
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or - for standard input")
        parser.add_argument("--stdin-format", choices=["txt", "html", "json", "jsonl"], default="txt")
        for name, (parse, what) in METADATA_OPTIONS.items():
            parser.add_argument(
                f"--{name.replace('_', '-')}", type=argument_type(parse), help=f"{what}; wins over the input's"
            )

    def handle(self, *, paths: list[str], stdin_format: str, **options: Any) -> None:
        """Ingest every input; what is refused is named on standard error and counted."""
        given = {name: options[name] for name in METADATA_OPTIONS if options[name] is not None}
        single = [f"--{name}" for name in SINGLE_ARTICLE_FIELDS if name in given]
        if single and len(paths) > 1:
            raise CommandError(f"{' and '.join(single)} can only be given for one article, not for {len(paths)}.")
        counts: Counter[str] = Counter()
        quotes = 0
        for name, done in self._stored(self._articles(paths, stdin_format, given, single)):
            if isinstance(done, ArticleError):
                counts["refused"] += 1
                self.stderr.write(self.style.ERROR(f"refused    {done}"))
            else:
                counts[done.outcome] += 1
                quotes += done.quotes
                self.stdout.write(format_ingested(name, done))
        if quotes:
            refresh_planner_statistics()
        summary = ", ".join(f"{counts[what]} {what}" for what in [*IngestOutcome, "refused"] if counts[what])
        self.stdout.write(f"Articles: {summary or 'none'}. Quotes added, pending: {quotes}.")
        if counts["refused"]:
            raise CommandError(f"{counts['refused']} of {counts.total()} inputs refused; the others are stored.")

    @staticmethod
    def _stored(articles: Iterator[Article | ArticleError]) -> Iterator[tuple[str, IngestResult | ArticleError]]:
        """What became of each article; without its model, extraction stops the whole batch by name."""
        try:
            yield from ingest_all(articles=articles)
        except ModelError as error:
            raise CommandError(str(error)) from error

    @staticmethod
    def _articles(
        paths: list[str], stdin_format: str, given: dict[str, Any], single: list[str]
    ) -> Iterator[Article | ArticleError]:
        """What is read, with what the user gave about it; a title or address given for one is not given to a second."""
        articles = 0
        for read in read_articles(paths, limit=settings.FACTBASE_MAX_ARTICLE_BYTES, stdin_format=stdin_format):
            if isinstance(read, ArticleError):
                yield read
                continue
            articles += 1
            if single and articles > 1:
                yield ArticleError(read.name, f"a second article; {' and '.join(single)} can only be given for one")
            else:
                yield dataclasses.replace(read, **given)


def format_ingested(name: str, done: IngestResult) -> str:
    """One line about a stored article."""
    added = "nothing added" if done.outcome is IngestOutcome.UNCHANGED else f"{done.quotes} quotes"
    return f"{done.outcome:<10} {name}: {added} (source {done.source.pk})"
