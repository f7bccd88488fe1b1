"""`import_reviews`: imports fact-checks that were published elsewhere."""

import sys
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.export.tabular.csv_injection import remove_guard
from claims.services.errors import RefusedError
from claims.services.reviews.outcomes import NOT_IMPORTED, ReviewPlan
from claims.services.reviews.review_files import MAX_FILE_BYTES, FileEntry, read_review_file
from claims.services.reviews.review_import import dry_run_import, import_reviews

STDIN = "-"
PERMISSION = "claims.import_externalreview"


class Command(BaseCommand):
    help = (
        "Import fact-checks: ClaimReview in JSON-LD, in a data feed or in a web page, or a CSV file. Those of the "
        "sites in FACTBASE_OWN_SITES become claims with imported verdicts, those of others external reviews. Importing "
        "a file again changes only what has changed in it. What cannot be imported is listed; the rest is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument(
            "--by", metavar="USERNAME", help="who imports; needed for fact-checks of our own, and must be a Chief"
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would be done, and store nothing")

    def handle(self, *, files: list[str], by: str | None, dry_run: bool, **options: object) -> None:
        editor = _find_editor(by) if by else None
        incomplete = 0
        for name in files:
            try:
                entries = read_review_file(_read_file(name), clean_cell=remove_guard)
                plan = self._import(name, entries, editor, dry_run=dry_run)
                incomplete += not plan.is_complete
            except RefusedError as error:
                incomplete += 1
                self.stderr.write(self.style.ERROR(f"{name}: {error}"))
        if incomplete:
            raise CommandError(f"{incomplete} of {len(files)} files could not be imported completely.")

    def _import(self, name: str, entries: list[FileEntry], editor: User | None, *, dry_run: bool) -> ReviewPlan:
        run = dry_run_import if dry_run else import_reviews
        plan = run(entries=entries, editor=editor)
        for outcome in plan.outcomes:
            if outcome.status in NOT_IMPORTED:
                line = f"{name}, {outcome.place}: {outcome.status}: {outcome.detail}"
                self.stderr.write(self.style.WARNING(line))
        for rating in plan.unmapped:
            self.stderr.write(f"{name}: choose a rating for “{rating.words}” of {rating.publisher} in the admin.")
        self.stdout.write(f"{name}: {'dry run: ' if dry_run else ''}{plan}.")
        return plan


def _find_editor(username: str) -> User:
    editor = User.objects.filter(username=username, is_active=True).first()
    if editor is None:
        raise CommandError(f"There is no account '{username}'.")
    if not editor.has_perm(PERMISSION):
        raise CommandError(f"'{username}' may not import fact-checks. A Chief may.")
    return editor


def _read_file(name: str) -> bytes:
    try:
        if name == STDIN:
            return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise RefusedError(f"The file cannot be read: {error.strerror}.") from error
