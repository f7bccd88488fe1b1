"""Restores a backup into an empty place."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from claims.management.backup.archive import read_manifest, unpack_archive
from claims.management.backup.database_copy import has_tables, load_database
from claims.management.backup.errors import BackupError
from claims.management.backup.manifest import BRANDING_PREFIX, SECRET_KEY_NAME, Manifest
from claims.management.backup.write_backup import key_file, lock_data_directory


def branding_directory() -> Path:
    """Where the branding of a backup is restored."""
    return Path(settings.DATA_DIR) / BRANDING_PREFIX.rstrip("/")


def restore_backup(path: Path) -> Manifest:
    """Restores database, secret key and branding. Raises BackupError, and OSError.

    All is unpacked and compared with its checksums before anything is changed.
    """
    with lock_data_directory():
        check_place(read_manifest(path))
        with restore_directory() as unpacked:
            manifest = unpack_archive(path, unpacked)
            check_place(manifest)
            load_database(unpacked / manifest.database_name)
            put_files(unpacked, manifest)
    return manifest


@contextmanager
def restore_directory() -> Iterator[Path]:
    """A directory of the site for what is being restored, readable by its owner only and removed afterwards."""
    directory = Path(settings.DATA_DIR) / ".restore.part"
    if directory.exists():
        shutil.rmtree(directory)  # of a process that was killed
    directory.mkdir(mode=0o700)
    try:
        yield directory
    finally:
        shutil.rmtree(directory)


def check_place(manifest: Manifest) -> None:
    """Raises BackupError if the backup does not fit this version, or the place is not empty."""
    known = MigrationLoader(None)
    names = {".".join(key) for key in known.disk_migrations}
    names.update(".".join(key) for migration in known.replacements.values() for key in migration.replaces)
    if unknown := [name for name in manifest.migrations if name.startswith("claims.") and name not in names]:
        raise BackupError(
            f"it was made by a newer version of factbase ({manifest.factbase[:20]}), with migrations such as "
            f"{unknown[-1][:60]}, which this one lacks: install that version, or a newer one"
        )
    if has_tables():
        raise BackupError(
            "the database is not empty: restore into a new data directory (FACTBASE_DATA_DIR) or an empty database "
            "(DATABASE_URL), or move the old one away first"
        )
    branding = branding_directory()
    if _has_branding(manifest) and branding.exists() and any(branding.iterdir()):
        raise BackupError(f"{branding} is not empty: move it away first")


def _has_branding(manifest: Manifest) -> bool:
    return any(file.name.startswith(BRANDING_PREFIX) for file in manifest.files)


def put_files(directory: Path, manifest: Manifest) -> None:
    """Puts the key in the place of the one that the start of this command made, and the branding beside it."""
    if any(file.name == SECRET_KEY_NAME for file in manifest.files):
        key = directory / SECRET_KEY_NAME
        key.chmod(0o600)
        key.replace(key_file())
    if _has_branding(manifest):
        (directory / BRANDING_PREFIX).replace(branding_directory())
