"""`backup`: writes everything that a site cannot make again into one file, while it serves."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.management.backup.errors import BackupError
from claims.management.backup.write_backup import key_file, rotate_backups, write_backup
from claims.management.commands.export_dump import positive_number


class Command(BaseCommand):
    help = (
        "Back up database, secret key and branding into one file (.tar.gz) while the site serves. "
        "It holds secrets: only its owner can read it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE", help="with --keep, a directory of this site's backups")
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--overwrite", action="store_true", help="replace an existing file")
        group.add_argument(
            "--keep", type=positive_number, metavar="N", help="name the file by its time; keep the newest N in FILE"
        )

    def handle(self, *_: object, **options: Any) -> None:
        path: Path = options["path"]
        try:
            if options["keep"]:
                path = rotate_backups(path, keep=options["keep"])
            else:
                write_backup(path, overwrite=options["overwrite"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or path}: {error.strerror}") from error
        self.stdout.write(f"{path} ({path.stat().st_size:,} bytes)")
        if not key_file().is_file():
            self.stderr.write("The secret key is not in it: keep FACTBASE_SECRET_KEY elsewhere.")
