"""`check_index`: verifies what is derived from the rows: triggers, the full-text index and the change feed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.database import full_text_index
from claims.services.changefeed.processor import mark_everything_changed, reconcile


class Command(BaseCommand):
    help = "Check triggers, the full-text index and the change feed. Exit status 1 if there are faults."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="repair faults; writers have to wait meanwhile")

    def handle(self, **options: Any) -> None:
        mend = options["mend"]
        index_faults = full_text_index.find_index_faults()
        if index_faults and mend:
            full_text_index.rebuild_index()  # first, so that triggers record what is written meanwhile
        wrong_entries = reconcile(repair=mend)
        if index_faults and mend:
            mark_everything_changed()
        faults = index_faults + [
            f"{kind}: {count} entries of the change feed are missing or wrong"
            for kind, count in wrong_entries.items()
            if count
        ]
        for fault in faults:
            self.stderr.write(self.style.ERROR(fault))
        if faults and not mend:
            raise CommandError("Faults found. Run with --mend to repair them.")
        self.stdout.write("Faults repaired." if faults else "No faults found.")
