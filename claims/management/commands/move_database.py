"""`move_database`: moves all data into an empty database, on PostgreSQL or in a SQLite file."""

import time
from argparse import ArgumentParser
from typing import Any

from django import db
from django.core.management.base import BaseCommand, CommandError

from claims.management.backup.errors import BackupError
from claims.management.moving.move import move_database
from claims.management.moving.target import MoveError, parse_url


class Command(BaseCommand):
    help = (
        "Copy everything from the site's database into an empty one, compare both row by row, and compare the exports. "
        "Stop the site and its workers first. The site's own database stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "url",
            metavar="URL",
            help="postgres://user@host/name or sqlite:///path; a password may also be in ~/.pgpass",
        )

    def handle(self, *_: object, url: str, **options: Any) -> None:
        started = time.monotonic()

        def report(line: str) -> None:
            self.stdout.write(f"{time.monotonic() - started:7.1f} s  {line}")
            self.stdout.flush()

        try:
            move_database(parse_url(url), report=report)
        except (MoveError, BackupError) as error:
            raise CommandError(f"{error}. Nothing was moved.") from error
        except (db.Error, OSError) as error:
            raise CommandError(f"{' '.join(str(error).split())}. Nothing was moved.") from error
        report("done: every row and every export is the same in both databases")
        self.stdout.write("Set DATABASE_URL to it, run `migrate`, then start the site.")
