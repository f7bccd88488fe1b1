"""`check_draft`: says of each quotation of an unpublished text whether a stored source has it."""

import sys
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string

from claims.articles import EXTENSIONS, Article, ArticleError, read_articles
from claims.extraction import ModelError
from claims.matching import EncoderError
from claims.services.drafts.check import check_draft
from claims.services.drafts.descriptions import describe, outcome_label
from claims.services.drafts.findings import Audience, DraftReport
from claims.services.drafts.records import to_record
from claims.services.drafts.report_page import report_context
from claims.services.errors import RefusedError


class Command(BaseCommand):
    help = (
        "Check the quotations of an unpublished text against stored sources, quotes and claims. Nothing of it is "
        "stored or logged. Exit status 1 if a text was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        files = f"a file ({', '.join(EXTENSIONS)}), or - for a text on standard input"
        parser.add_argument("paths", nargs="+", metavar="PATH", help=files)
        parser.add_argument(
            "--format",
            choices=["text", "jsonl", "html"],
            default="text",
            help="readable text (default), one JSON line per text with spans (code points, end exclusive), or a page",
        )
        parser.add_argument(
            "--released", action="store_true", help="compare with what readers see only, as API keys of readers do"
        )

    def handle(self, *, paths: list[str], format: str, released: bool, **options: Any) -> None:  # noqa: A002  # --format
        audience = Audience.READERS if released else Audience.EDITORS
        refused = 0
        for article in read_articles(paths, limit=settings.FACTBASE_MAX_ARTICLE_BYTES, stdin=sys.stdin.buffer):
            if isinstance(article, ArticleError):
                self.stderr.write(self.style.ERROR(f"refused    {article}"))
                refused += 1
                continue
            try:
                report = check_draft(article.text, audience=audience)
            except RefusedError as error:
                self.stderr.write(self.style.ERROR(f"refused    {article.name}: {error}"))
                refused += 1
                continue
            except (ModelError, EncoderError) as error:
                raise CommandError(str(error)) from error
            self.stdout.write(_render(article, report, format, audience))
        if refused:
            raise CommandError(f"{refused} of the texts were refused; the others were checked.")


def _render(article: Article, report: DraftReport, output_format: str, audience: Audience) -> str:
    if output_format == "jsonl":
        return orjson.dumps({"doc": article.name} | to_record(report, audience)).decode()
    if output_format == "html":
        css = Path(str(find("claims/drafts/report.css"))).read_text(encoding="utf-8")
        context = report_context(report, audience) | {"title": article.title or article.name, "css": css}
        return render_to_string("claims/drafts/page.html", context)
    lines = [f"{article.name}: {len(report.findings)} quotations"]
    for finding in report.findings:
        speaker = finding.quotation.mention or "speaker not stated"
        lines.append(f"{finding.number:>3}  {outcome_label(finding.outcome)}: {finding.text} ({speaker})")
        lines += [f"     {line}" for line in describe(finding)]
    return "\n".join(lines)
