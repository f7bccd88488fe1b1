"""Backups on schedule, in a process that `serve` starts. Imports no models: a spawned process has no apps yet."""

import logging
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import django
from django import db
from django.conf import settings
from django.utils import timezone

from claims.management.backup.errors import BackupError
from claims.management.side_process import follow_parent

SECONDS_BETWEEN_LOOKS = 60
SECONDS_BEFORE_RETRY = 900

logger = logging.getLogger("claims.backups")


def back_up_regularly(directory: Path) -> None:
    """Makes a backup whenever the newest is old enough, until the parent process ends."""
    follow_parent()
    django.setup()
    while True:
        succeeded = back_up_if_due(directory, timezone.now())
        db.connections.close_all()
        time.sleep(SECONDS_BETWEEN_LOOKS if succeeded else SECONDS_BEFORE_RETRY)


def back_up_if_due(directory: Path, now: datetime) -> bool:
    """Makes a backup if one is due, and removes outdated ones. Returns False if that failed, which is logged and kept.

    Who starts the site again does not start the interval again: it counts from the newest file.
    """
    from claims.management.backup.write_backup import rotate_backups  # noqa: PLC0415  # see above
    from claims.services.site.scheduled_backups import (  # noqa: PLC0415  # see above
        FAILURE_FILE,
        backup_interval,
        newest_backup_time,
    )

    note = directory / FAILURE_FILE
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        newest = newest_backup_time(directory)
        if newest is not None and now - newest < backup_interval():
            return True
        path = rotate_backups(directory, keep=settings.FACTBASE_BACKUP_KEEP)
        note.unlink(missing_ok=True)
    except (BackupError, OSError, db.Error) as error:
        reason = " ".join(str(error).split())
        logger.error("no backup was made: %s", reason)  # noqa: TRY400  # the message says all
        with suppress(OSError):  # where the disk is full as well, the age of the newest backup tells
            note.write_text(f"{now:%Y-%m-%d %H:%M} UTC: {reason}\n", encoding="utf-8")
        return False
    logger.info("backup %s", path.name)
    return True
