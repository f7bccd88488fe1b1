"""`extract`: who said what in files, printed; the database is not touched."""

import json
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.articles import EXTENSIONS, Article, ArticleError, read_articles
from claims.extraction import Act, ModelError, Quotation, Resolved, extract_ahead, text_of, to_record


class Command(BaseCommand):
    """Print the attributed quotations of articles."""

    help = f"Print who said what in articles ({', '.join(EXTENSIONS)}, or - for standard input); nothing is stored."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Inputs and the form of the output."""
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or - for standard input")
        parser.add_argument("--stdin-format", choices=["txt", "html", "json", "jsonl"], default="txt")
        parser.add_argument(
            "--format",
            choices=["text", "jsonl"],
            default="text",
            help="text to read, or one JSON line a document with spans (code points of its text, end exclusive)",
        )

    def handle(self, *, paths: list[str], stdin_format: str, format: str, **options: Any) -> None:  # noqa: A002  # --format
        """Extract from every input; what is refused is named on standard error and counted."""
        try:
            refused = self._print(paths, stdin_format, format)
        except ModelError as error:
            raise CommandError(str(error)) from error
        if refused:
            raise CommandError(f"{refused} of the inputs were refused; the others are done.")

    def _print(self, paths: list[str], stdin_format: str, form: str) -> int:
        """Print what is found in every input; gives how many were refused."""
        refused = 0
        articles = read_articles(paths, limit=settings.FACTBASE_MAX_ARTICLE_BYTES, stdin_format=stdin_format)
        for read, quotations in extract_ahead(
            (read, read.text if isinstance(read, Article) else None) for read in articles
        ):
            if isinstance(read, ArticleError):
                refused += 1
                self.stderr.write(self.style.ERROR(f"refused    {read}"))
                continue
            found = quotations or []
            if form == "jsonl":
                self.stdout.write(json.dumps(to_record(PurePath(read.name).name, found), ensure_ascii=False))
            else:
                self.stdout.write(format_quotations(read, found))
        return refused


def format_quotations(article: Article, quotations: list[Quotation]) -> str:
    """The quotations for a person to read: speaker, kind, whether it was said, confidence, words."""
    lines = [f"{article.name}: {len(quotations)} quotations"]
    for each in quotations:
        mention = text_of(article.text, each.mention)
        named = each.speaker.name if isinstance(each.speaker, Resolved) else f"{mention or 'nobody'} (unresolved)"
        words = " ".join(text_of(article.text, each.content).split())
        act = "" if each.act is Act.SPEECH else f", {'thought' if each.act is Act.THOUGHT else 'not said'}"
        lines.append(f"  {named} [{each.kind}{act}, {each.confidence:.2f}]: {words}")
    return "\n".join(lines)
