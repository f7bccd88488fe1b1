"""`score_quotes`: brings the scores of quotes up to date."""

from django.core.management.base import BaseCommand, CommandParser

from claims.models import Quote
from claims.services.worthiness.score_updates import ScoreUpdater


class Command(BaseCommand):
    help = (
        "Score the quotes that have no score, and all quotes after a change of the weights. Workers do the same about "
        "once a minute; running it again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="read all quotes again, after a change of the words")

    def handle(self, *, again: bool, **options: object) -> None:
        if again:
            Quote.objects.update(worth_features=None)
        self.stdout.write(f"Scored {sum(ScoreUpdater().run())} quotes.")
