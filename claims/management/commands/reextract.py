"""`reextract`: read stored texts anew with the extractor as it is now."""

from collections import Counter
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction import ModelError
from claims.models import Snapshot, Source
from claims.services.ingestion.reextraction import ReextractionOutcome, plan_reextraction, reextract


class Command(BaseCommand):
    """Plan or do a new reading of the latest text of each source."""

    help = (
        "Read the latest text of sources anew, and say what becomes of their quotes; with --apply, do it. What an "
        "editor touched stays as it is; only the machine's own pending quotes are replaced, and each source is one "
        "operation that can be undone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which sources, and in whose name."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("sources", nargs="*", type=int, default=[], metavar="SOURCE", help="the number of a source")
        which.add_argument("--all", action="store_true", help="every source")
        parser.add_argument("--apply", action="store_true", help="do it; without, nothing is changed")
        parser.add_argument("--editor", metavar="NAME", help="in whose name (with --apply)")

    def handle(self, *, sources: list[int], **options: Any) -> None:
        """One line a source, and a count."""
        editor = self._editor(options["editor"]) if options["apply"] else None
        rows = Source.objects.all() if options["all"] else Source.objects.filter(pk__in=sources)
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        if missing := sorted(set(sources) - set(ids)):
            raise CommandError(f"there is no source {', '.join(map(str, missing))}")
        counts: Counter[ReextractionOutcome] = Counter()
        for pk in ids:
            snapshot = Snapshot.objects.filter(source=pk).select_related("source").order_by("-pk").first()
            if snapshot is None:
                continue
            try:
                done = reextract(snapshot=snapshot, editor=editor) if editor else plan_reextraction(snapshot=snapshot)
            except ModelError as error:
                raise CommandError(str(error)) from error
            counts += done.counts
            self.stdout.write(f"{'done' if editor else 'would be'}  source {pk}, {snapshot.source}: {done}")
        told = ", ".join(f"{counts[fate]} {fate}" for fate in ReextractionOutcome if counts[fate]) or "no quotes"
        self.stdout.write(
            f"{len(ids)} sources: {told}." + ("" if editor else " Nothing was changed (--apply does it).")
        )

    @staticmethod
    def _editor(name: str | None) -> User:
        if not name:
            raise CommandError("--apply needs --editor NAME: history says who had it done.")
        editor = User.objects.filter(username=name, is_active=True).first()
        if editor is None:
            raise CommandError(f"there is no active account called {name}")
        return editor
