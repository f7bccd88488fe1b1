"""`check_index`: re-check what is kept besides the rows and made from them: full text, and what changed for readers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.search import full_text_index
from claims.services.changefeed.processor import reconcile


class Command(BaseCommand):
    """Compare the full-text index and the log of changes with the rows; with `--mend`, make good what is wrong."""

    help = "Re-check that the full-text index and the log of changes hold what the rows say. Exit status 1 if not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether it is mended."""
        parser.add_argument("--mend", action="store_true", help="make good what is wrong; who writes waits meanwhile")

    def handle(self, **options: Any) -> None:
        """Name what does not hold."""
        mend = options["mend"]
        unfit = full_text_index.find_index_faults()
        entered = reconcile(mend=mend)
        faults = unfit + [f"{kind}: {n} are not entered as readers see them" for kind, n in entered.items() if n]
        for fault in faults:
            self.stderr.write(self.style.ERROR(fault))
        if faults and not mend:
            raise CommandError("Not all holds; --mend makes it good.")
        if unfit:
            full_text_index.rebuild_index()
        self.stdout.write("All is made good." if faults else "All holds.")
