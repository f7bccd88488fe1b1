"""What a backup says of itself: the first file of the archive."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import orjson

from claims.management.backup.errors import BackupError
from claims.version import software_version

FORMAT = 1
MANIFEST_NAME = "manifest.json"
SECRET_KEY_NAME = "secret_key"  # noqa: S105  # of the file
BRANDING_PREFIX = "branding/"
DATABASE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class BackupFile:
    name: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    factbase: str  # version of the software
    made_at: str
    vendor: str  # of the database
    migrations: tuple[str, ...]  # applied ones, as `app.name`
    files: tuple[BackupFile, ...]  # in the order of the archive

    @property
    def database_name(self) -> str:
        return DATABASE_NAMES[self.vendor]

    def to_json(self) -> bytes:
        return orjson.dumps({"format": FORMAT} | asdict(self), option=orjson.OPT_INDENT_2)


def parse_manifest(data: bytes) -> Manifest:
    """Reads a manifest, which may come from anywhere. Raises BackupError, also for a backup of a newer version."""
    try:
        values = orjson.loads(data)
        _check_version(values)
        files = tuple(BackupFile(**file) for file in values["files"])
        migrations = tuple(map(str, values["migrations"]))
        made_at = datetime.fromisoformat(values["made_at"]).isoformat()
        manifest = Manifest(values["factbase"], made_at, values["vendor"], migrations, files)
        names = [file.name for file in files]
        is_valid = (
            names.count(manifest.database_name) == 1
            and len(set(names)) == len(names)
            and all(isinstance(name, str) for name in names)
            and all(type(file.size) is int and file.size >= 0 and SHA256.fullmatch(file.sha256) for file in files)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BackupError("its manifest cannot be read: it is damaged, or no backup of factbase") from error
    if not is_valid:
        raise BackupError("its manifest is damaged: choose another backup")
    for name in names:
        _check_name(name, manifest)
    return manifest


def _check_version(values: Any) -> None:
    made_by, ours = _version_numbers(values["factbase"]), _version_numbers(software_version())
    if values["format"] > FORMAT or (made_by and ours and made_by > ours):
        raise BackupError(
            f"it was made by factbase {str(values['factbase'])[:20]!r}, which is newer than this version: "
            "install that version, or a newer one"
        )


def _version_numbers(version: str) -> list[int]:
    """Returns the numbers of a version; none of `dev`, which is compared by its migrations only."""
    match = re.match(r"\d{1,9}(\.\d{1,9}){0,3}", version, re.ASCII)
    return [int(number) for number in match[0].split(".")] if match else []


def _check_name(name: str, manifest: Manifest) -> None:
    """Refuses a file that would be written elsewhere than where such a file belongs."""
    path = PurePosixPath(name)
    is_branding = name.startswith(BRANDING_PREFIX) and ".." not in path.parts and str(path) == name and "\0" not in name
    if not (is_branding or name in {SECRET_KEY_NAME, manifest.database_name}):
        raise BackupError(f"it contains {name[:100]!r}, which no backup does: do not use it")
