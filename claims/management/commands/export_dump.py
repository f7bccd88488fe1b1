"""`export_dump`: writes all that is public into files for download, as of one moment."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.export.dump.stored_dumps import dumps_directory
from claims.export.dump.write_dump import DumpError, write_dump
from claims.services.changefeed.processor import process_pending


def positive_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) < 10_000):
        raise ArgumentTypeError(f"must be a whole number from 1 to 9999, not {text[:20]!r}")
    return int(text)


class Command(BaseCommand):
    help = "Write everything public as CSV, JSON Lines and SQLite, with checksums; the page /data/ lists it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "directory", nargs="?", type=Path, help="default: dumps in the data directory, which the site serves"
        )
        parser.add_argument("--keep", type=positive_number, default=3, metavar="N", help="newest dumps kept; default 3")

    def handle(self, *_: object, **options: Any) -> None:
        directory: Path = options["directory"] or dumps_directory()
        process_pending()  # what was just changed counts
        try:
            version = write_dump(directory, keep=options["keep"])
        except DumpError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or directory}: {error.strerror}") from error
        self.stdout.write(f"{directory / version}")
