"""Makes a backup, or one of a rotating series."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from claims.management.backup.archive import describe_file, write_archive
from claims.management.backup.database_copy import has_tables, save_database
from claims.management.backup.errors import BackupError
from claims.management.backup.manifest import BRANDING_PREFIX, DATABASE_NAMES, SECRET_KEY_NAME, Manifest
from claims.services.site.scheduled_backups import NAME_FORMAT, find_backups
from claims.version import software_version


def key_file() -> Path:
    return Path(settings.DATA_DIR) / "secret_key"


def write_backup(path: Path, *, overwrite: bool = False) -> None:
    """Writes a backup, readable by its owner only. It appears when it is complete. Raises BackupError, and OSError."""
    with lock_data_directory():
        _write(path, overwrite=overwrite)


def rotate_backups(directory: Path, *, keep: int) -> Path:
    """Writes a backup named by its time, and removes all but the newest `keep`. Raises BackupError, and OSError."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock_data_directory():
        for left_over in directory.glob("factbase-*.tar.gz.*part"):
            left_over.unlink()
        path = directory / timezone.now().strftime(NAME_FORMAT)
        _write(path, overwrite=False)
        for outdated in find_backups(directory)[:-keep]:
            outdated.unlink()
    return path


@contextmanager
def lock_data_directory() -> Iterator[None]:
    """Lets one backup or restoration at a time work for a site. Raises BackupError if there is another."""
    with (Path(settings.DATA_DIR) / ".backup.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(
                "another process makes or restores a backup of this site: wait until it has ended"
            ) from error
        yield


def _write(path: Path, *, overwrite: bool) -> None:
    if path.is_dir():
        raise BackupError(f"{path} is a directory: name a file, or use --keep N")
    if path.exists() and not overwrite:
        raise BackupError(f"{path} exists: choose another name, or use --overwrite")
    if not has_tables():
        raise BackupError("there is no database to back up: see DATABASE_URL and FACTBASE_DATA_DIR, or run `migrate`")
    archive, database = (path.with_name(f"{path.name}.{ending}") for ending in ("part", "database.part"))
    try:
        for temporary in (archive, database):
            temporary.unlink(missing_ok=True)  # of a process that was killed
            temporary.touch(mode=0o600, exist_ok=False)
        manifest, paths = _collect(database)
        with archive.open("wb") as file:
            write_archive(file, manifest, paths)
        rename_durably(archive, path)
    finally:
        archive.unlink(missing_ok=True)
        database.unlink(missing_ok=True)


def _collect(database: Path) -> tuple[Manifest, dict[str, Path]]:
    """Copies the database, and returns the manifest with the path of each file."""
    migrations = sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())
    save_database(database)
    paths = {SECRET_KEY_NAME: key_file()} if key_file().is_file() else {}
    for directory in settings.FACTBASE_BRANDING_DIR:
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                paths[f"{BRANDING_PREFIX}{path.relative_to(directory).as_posix()}"] = path
    paths[DATABASE_NAMES[connection.vendor]] = database
    manifest = Manifest(
        factbase=software_version(),
        made_at=timezone.now().isoformat(timespec="seconds"),
        vendor=connection.vendor,
        migrations=tuple(migrations),
        files=tuple(describe_file(name, path) for name, path in paths.items()),
    )
    return manifest, paths


def rename_durably(written: Path, path: Path) -> None:
    """Gives a complete file its name, in place of another file of that name. It outlasts a power failure."""
    _sync(written)
    written.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
