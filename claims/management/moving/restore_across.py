"""Restores a backup of SQLite into PostgreSQL: into a temporary site on SQLite, from which everything moves."""

import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import django
from django import db
from django.core.management import call_command
from django.db import connection

from claims.management.backup.errors import BackupError
from claims.management.backup.manifest import Manifest


def restore_across(path: Path) -> Manifest:
    """Restores database, secret key and branding, and prints what it is doing. Raises BackupError, and OSError.

    Nothing of the site is changed before the database is complete. An older version's backup is migrated on the way.
    """
    from claims.management.backup.archive import read_manifest  # noqa: PLC0415  # the process below has no apps yet
    from claims.management.backup.restore_backup import (  # noqa: PLC0415
        check_place,
        put_files,
        restore_directory,
    )
    from claims.management.backup.write_backup import lock_data_directory  # noqa: PLC0415

    with lock_data_directory():
        manifest = read_manifest(path)
        check_place(manifest)
        with restore_directory() as site:
            context = multiprocessing.get_context("spawn")
            errors, sender = context.Pipe(duplex=False)
            process = context.Process(
                target=_restore_and_move, args=(path.absolute(), site.absolute(), connection.settings_dict, sender)
            )
            process.start()
            sender.close()
            process.join()
            if process.exitcode:
                raise BackupError(str(errors.recv()) if errors.poll() else "the process that restores it was stopped")
            put_files(site, manifest)
    call_command("migrate", verbosity=0, interactive=False)  # adds the tables of the queue, which SQLite lacks
    return manifest


def _restore_and_move(path: Path, site: Path, target: dict[str, Any], errors: Connection) -> None:
    """Runs in a process of its own, whose settings are those of a site on SQLite."""
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{site / 'factbase.sqlite3'}",
        "FACTBASE_DATA_DIR": str(site),
        "FACTBASE_READ_DATABASE_URL": "",
    }
    django.setup()
    from claims.management.backup.restore_backup import restore_backup  # noqa: PLC0415
    from claims.management.moving.move import move_database  # noqa: PLC0415
    from claims.management.moving.target import MoveError  # noqa: PLC0415

    try:
        restore_backup(path)
        call_command("migrate", verbosity=0, interactive=False)
        move_database(target, report=lambda line: print(line, flush=True))  # noqa: T201  # of a command
    except (BackupError, MoveError, db.Error, OSError) as error:
        errors.send(" ".join(str(error).split()))
        raise SystemExit(1) from None
