"""What the directory of scheduled backups says of them: how old the newest is, and why the last one failed."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

NAME_FORMAT = "factbase-%Y-%m-%dT%H%M%SZ.tar.gz"
NAME_PATTERN = re.compile(r"factbase-\d{4}-\d{2}-\d{2}T\d{6}Z\.tar\.gz")
FAILURE_FILE = "last-failure.txt"  # there until a backup succeeds
GRACE = 1.25  # of the interval, within which a backup is written and failures are made up for


def find_backups(directory: Path) -> list[Path]:
    """Returns the complete backups of a directory, oldest first. Raises OSError."""
    return sorted(path for path in directory.iterdir() if NAME_PATTERN.fullmatch(path.name))


def newest_backup_time(directory: Path) -> datetime | None:
    """Raises OSError."""
    backups = find_backups(directory)
    return datetime.strptime(backups[-1].name, NAME_FORMAT).replace(tzinfo=UTC) if backups else None


def backup_interval() -> timedelta:
    return timedelta(hours=settings.FACTBASE_BACKUP_HOURS)


def find_backup_problem(now: datetime | None = None) -> str:
    """Says in a sentence what is wrong with the scheduled backups; empty if nothing is, or none are scheduled."""
    directory = settings.FACTBASE_BACKUP_DIR
    if directory is None:
        return ""
    try:
        newest = newest_backup_time(directory)
        failure = directory / FAILURE_FILE
        reason = failure.read_text(encoding="utf-8").strip() if failure.exists() else ""
    except OSError as error:
        return f"Backups cannot be found: {error}."
    if reason:
        return f"The last backup failed: {reason}"
    if newest is None:
        return ""  # the first is under way
    if (now or timezone.now()) - newest > backup_interval() * GRACE:
        return f"The newest backup is of {newest:%Y-%m-%d %H:%M} UTC: is the site's process for backups running?"
    return ""
