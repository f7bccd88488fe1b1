"""`restore`: restores a backup into an empty place, and checks what it restored."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from claims.database.database_check import find_database_errors
from claims.management.backup.archive import read_manifest
from claims.management.backup.errors import BackupError
from claims.management.backup.manifest import BRANDING_PREFIX, Manifest
from claims.management.backup.restore_backup import branding_directory, restore_backup
from claims.management.moving.restore_across import restore_across


class Command(BaseCommand):
    help = (
        "Restore a file of `backup` into an empty database and data directory, then check all of it. "
        "A backup of SQLite can be restored into PostgreSQL as well. "
        "Restore only what you trust: a backup of a database can hold code. Exit status 1 if anything is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE", help="what `backup` wrote")

    def handle(self, *_: object, **options: Any) -> None:
        path: Path = options["path"]
        try:
            manifest = self.restore(path)
        except BackupError as error:
            raise CommandError(f"{path}: {error}. Nothing was changed.") from error
        except OSError as error:
            raise CommandError(f"{error.filename or path}: {error.strerror}") from error
        self.stdout.write(
            f"Restored {len(manifest.files)} files of factbase {manifest.factbase}, made at {manifest.made_at}."
        )
        if any(file.name.startswith(BRANDING_PREFIX) for file in manifest.files):
            self.stdout.write(f"The branding is in {branding_directory()}: set FACTBASE_BRANDING_DIR to it.")
        if errors := find_database_errors(connection):
            raise CommandError(
                f"The database is restored, but {errors[0].msg}: {errors[0].hint}, then check_anchors and check_index."
            )
        call_command("check_anchors", stdout=self.stdout, stderr=self.stderr)
        call_command("check_index", stdout=self.stdout, stderr=self.stderr)

    def restore(self, path: Path) -> Manifest:
        vendor = read_manifest(path).vendor
        if vendor == connection.vendor:
            return restore_backup(path)
        if vendor == "postgresql":
            raise BackupError(
                "it is of a database on PostgreSQL, which only PostgreSQL can read: restore it with DATABASE_URL set "
                "to an empty database there, then run `move_database sqlite:///PATH`"
            )
        self.stdout.write("It is of a database on SQLite: restoring it there first, then moving it to PostgreSQL.")
        self.stdout.flush()
        return restore_across(path)
