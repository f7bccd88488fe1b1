"""`extract`: prints the quotations of files, without a database."""

import json
from pathlib import PurePath

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.articles import EXTENSIONS, Article, ArticleError, read_articles
from claims.extraction import Act, ModelError, Quotation, Resolved, extract_ahead, text_of, to_record


class Command(BaseCommand):
    help = f"Print the quotations of articles ({', '.join(EXTENSIONS)}, or - for standard input). Stores nothing."
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
            refused_count = self._print_quotations(paths, stdin_format, format)
        except ModelError as error:
            raise CommandError(str(error)) from error
        if refused_count:
            raise CommandError(f"{refused_count} inputs refused; the others were processed.")

    def _print_quotations(self, paths: list[str], stdin_format: str, output_format: str) -> int:
        """Prints the quotations of every input, reports refused ones on standard error and returns their number."""
        refused_count = 0
        articles = read_articles(paths, limit=settings.FACTBASE_MAX_ARTICLE_BYTES, stdin_format=stdin_format)
        for article, quotations in extract_ahead(
            (article, article.text if isinstance(article, Article) else None) for article in articles
        ):
            if isinstance(article, ArticleError):
                refused_count += 1
                self.stderr.write(self.style.ERROR(f"refused    {article}"))
            elif output_format == "jsonl":
                record = to_record(PurePath(article.name).name, quotations or [])
                self.stdout.write(json.dumps(record, ensure_ascii=False))
            else:
                self.stdout.write(format_quotations(article, quotations or []))
        return refused_count


def format_quotations(article: Article, quotations: list[Quotation]) -> str:
    """Returns one line per quotation: speaker, kind, whether it was said, confidence and words."""
    lines = [f"{article.name}: {len(quotations)} quotations"]
    for quotation in quotations:
        mention = text_of(article.text, quotation.mention)
        resolved = quotation.speaker
        speaker = resolved.name if isinstance(resolved, Resolved) else f"{mention or 'no speaker'} (unresolved)"
        words = " ".join(text_of(article.text, quotation.content).split())
        act = "" if quotation.act is Act.SPEECH else f", {'thought' if quotation.act is Act.THOUGHT else 'not said'}"
        lines.append(f"  {speaker} [{quotation.kind}{act}, {quotation.confidence:.2f}]: {words}")
    return "\n".join(lines)
