"""`reextract`: extracts the quotes of stored texts again with the current extractor."""

from collections import Counter
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction import ModelError
from claims.models import Snapshot, Source
from claims.services.errors import RefusedError
from claims.services.ingestion.reextraction import reextract
from claims.services.ingestion.reextraction_plan import ReextractionOutcome, plan_reextraction


class Command(BaseCommand):
    help = (
        "Extract the quotes of the latest text of sources again and show what would change; --apply changes it. Only "
        "pending quotes that no editor has touched are replaced. Each source is one operation that can be undone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        selection = parser.add_mutually_exclusive_group(required=True)
        selection.add_argument("sources", nargs="*", type=int, default=[], metavar="SOURCE", help="the id of a source")
        selection.add_argument("--all", action="store_true", help="all sources")
        parser.add_argument("--apply", action="store_true", help="apply the changes (default: a dry run)")
        parser.add_argument("--editor", metavar="NAME", help="the user who is recorded in the history (with --apply)")

    def handle(self, *, sources: list[int], **options: Any) -> None:
        editor = self._get_editor(options["editor"]) if options["apply"] else None
        rows = Source.objects.all() if options["all"] else Source.objects.filter(pk__in=sources)
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        if missing := sorted(set(sources) - set(ids)):
            raise CommandError(f"no source with the id {', '.join(map(str, missing))}")
        totals: Counter[ReextractionOutcome] = Counter()
        left_out = 0
        for pk in ids:
            snapshot = Snapshot.objects.filter(source=pk).select_related("source").order_by("-pk").first()
            if snapshot is None:
                continue
            try:
                plan = reextract(snapshot=snapshot, editor=editor) if editor else plan_reextraction(snapshot=snapshot)
            except ModelError as error:
                raise CommandError(str(error)) from error
            except RefusedError as refusal:
                left_out += 1
                self.stderr.write(self.style.WARNING(f"left out  source {pk}, {snapshot.source}: {refusal}"))
                continue
            totals += plan.counts
            self.stdout.write(f"{'applied' if editor else 'dry run'}  source {pk}, {snapshot.source}: {plan}")
        summary = ", ".join(f"{totals[outcome]} {outcome}" for outcome in ReextractionOutcome if totals[outcome])
        self.stdout.write(
            f"{len(ids)} sources: {summary or 'no quotes'}."
            + ("" if editor else " Nothing was changed. Use --apply to apply the changes.")
        )
        if left_out:
            raise CommandError(f"{left_out} of {len(ids)} sources left out.")

    @staticmethod
    def _get_editor(name: str | None) -> User:
        if not name:
            raise CommandError("--apply needs --editor NAME: the history records who made the changes.")
        editor = User.objects.filter(username=name, is_active=True).first()
        if editor is None:
            raise CommandError(f"no active account named {name}")
        return editor
