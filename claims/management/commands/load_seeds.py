"""`load_seeds`: an example to start with."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.services.errors import RefusedError
from claims.services.ingestion.planner_statistics import refresh_planner_statistics
from claims.services.ingestion.seeds import load_seeds


class Command(BaseCommand):
    """Load the example article with its decisions and verdicts."""

    help = "Load the example article with its editorial decisions and verifications; twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the seeds lie."""
        parser.add_argument("directory", nargs="?", type=Path, default=settings.BASE_DIR / "seeds")

    def handle(self, *, directory: Path, **options: Any) -> None:
        """Load them, or say that they are there."""
        try:
            seeded = load_seeds(directory)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        if seeded.quotes:
            refresh_planner_statistics()
            self.stdout.write(
                f"Seeds loaded: “{seeded.source}” with {seeded.quotes} quotes and {seeded.verifications} verifications."
            )
        else:
            self.stdout.write("The seeds are loaded already; nothing was changed.")
