"""`load_seeds`: loads an example to start with."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.services.errors import RefusedError
from claims.services.ingestion.planner_statistics import refresh_planner_statistics
from claims.services.ingestion.seeds import load_seeds


class Command(BaseCommand):
    help = "Load the example article with its decisions and verifications. Loading it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "directory", nargs="?", type=Path, default=settings.SEEDS_DIR, help="default: the included example"
        )

    def handle(self, *, directory: Path, **options: object) -> None:
        try:
            seeds = load_seeds(directory)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        if seeds.quotes:
            refresh_planner_statistics()
            self.stdout.write(
                f"Loaded “{seeds.source}” with {seeds.quotes} quotes and {seeds.verifications} verifications."
            )
            if seeds.omitted:
                self.stdout.write(self.style.WARNING(f"Its original was left out. {seeds.omitted}"))
        else:
            self.stdout.write("The example is loaded already; nothing was changed.")
