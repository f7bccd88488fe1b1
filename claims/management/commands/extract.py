"""`extract`: prints the quotations of files, without a database."""

import json
from collections import Counter
from pathlib import PurePath

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.articles import EXTENSIONS, Article, ArticleError, read_articles
from claims.extraction import (
    Act,
    ModelError,
    Quotation,
    Resolved,
    detect_language,
    extract_ahead,
    is_language_read,
    text_of,
    to_record,
)
from claims.services.sources.languages import describe_read_languages, language_name


class Command(BaseCommand):
    help = (
        f"Print the quotations of articles ({', '.join(EXTENSIONS)}, or - for standard input). Stores nothing. "
        "Exit status 1 if an input was refused, or its language is not read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or - for standard input")
        parser.add_argument(
            "--stdin-format", choices=["txt", "html", "json", "jsonl"], default="txt", help="default: txt"
        )
        parser.add_argument(
            "--format",
            choices=["text", "jsonl"],
            default="text",
            help="readable text (default), or one JSON line per document with spans (code points, end exclusive)",
        )

    def handle(self, *, paths: list[str], stdin_format: str, format: str, **options: object) -> None:  # noqa: A002  # --format
        try:
            counts = self._print_quotations(paths, stdin_format, format)
        except ModelError as error:
            raise CommandError(str(error)) from error
        if counts:
            problems = " and ".join(f"{count} inputs {problem}" for problem, count in counts.items())
            raise CommandError(f"{problems}; the others were processed.")

    def _print_quotations(self, paths: list[str], stdin_format: str, output_format: str) -> Counter[str]:
        """Prints the quotations of every input.

        Reports those that are refused, or in a language that is not read, on standard error; returns their numbers.
        """
        counts: Counter[str] = Counter()
        articles = read_articles(paths, limit=settings.FACTBASE_MAX_ARTICLE_BYTES, stdin_format=stdin_format)
        for (article, language), quotations in extract_ahead(map(_text_to_extract, articles)):
            if isinstance(article, ArticleError):
                counts["refused"] += 1
                self.stderr.write(self.style.ERROR(f"refused    {article}"))
                continue
            if is_language_read(language) is False:
                counts["not read"] += 1
                name = language_name(language)
                message = f"not read   {article.name}: The language, {name}, is not read. {describe_read_languages()}"
                self.stderr.write(self.style.WARNING(message))
                if output_format == "text":
                    continue
            if output_format == "jsonl":
                record = to_record(PurePath(article.name).name, language, quotations or [])
                self.stdout.write(json.dumps(record, ensure_ascii=False))
            else:
                self.stdout.write(format_quotations(article, quotations or []))
        return counts


def _text_to_extract(article: Article | ArticleError) -> tuple[tuple[Article | ArticleError, str], str | None, str]:
    """Returns an item of `extract_ahead`: the article with its language, stated or detected, its text, the language."""
    if isinstance(article, ArticleError):
        return (article, ""), None, ""
    language = article.language or detect_language(article.text)
    return (article, language), article.text, language


def format_quotations(article: Article, quotations: list[Quotation]) -> str:
    """Returns one line per quotation: speaker with confidence, kind, whether it was said, confidence and words."""
    lines = [f"{article.name}: {len(quotations)} quotations"]
    for quotation in quotations:
        mention = text_of(article.text, quotation.mention)
        resolved = quotation.speaker
        speaker = resolved.name if isinstance(resolved, Resolved) else f"{mention or 'no speaker'} (unresolved)"
        words = " ".join(text_of(article.text, quotation.content).split())
        act = "" if quotation.act is Act.SPEECH else f", {'thought' if quotation.act is Act.THOUGHT else 'not said'}"
        confidence = ", ".join([f"{quotation.confidence:.2f}", *_speaker_confidences(quotation)])
        lines.append(f"  {speaker} [{quotation.kind}{act}, {confidence}]: {words}")
    return "\n".join(lines)


def _speaker_confidences(quotation: Quotation) -> list[str]:
    """The confidence of the speaker, or where it is low or there are several, the share of each."""
    if quotation.candidates:
        return [" or ".join(f"{name} {share:.2f}" for name, share in quotation.candidates)]
    return [] if quotation.speaker_confidence is None else [f"speaker {quotation.speaker_confidence:.2f}"]
