"""Dumps as they lie in their directory: complete ones only, the newest first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
VERSION_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")
VERSION_FORMAT = "%Y-%m-%dT%H%M%SZ"
_OWN_FILES = {MANIFEST: "application/json", CHECKSUMS: "text/plain; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class DumpFile:
    name: str
    media_type: str
    size: int
    sha256: str
    description: str


@dataclass(frozen=True, slots=True)
class Dump:
    """A complete dump. `counts` are the rows by resource."""

    directory: Path
    version: str
    created_at: str
    counts: Mapping[str, int]
    licence: str
    citation: str
    files: tuple[DumpFile, ...]

    def media_type_of(self, name: str) -> str | None:
        """Returns the media type of a file of this dump; None if it has no such file."""
        return {file.name: file.media_type for file in self.files}.get(name) or _OWN_FILES.get(name)


def dumps_directory() -> Path:
    return Path(settings.DATA_DIR) / "dumps"


def list_versions(directory: Path | None = None) -> list[str]:
    """Returns the versions of the complete dumps, the newest first."""
    directory = directory or dumps_directory()
    if not directory.is_dir():
        return []
    names = [path.name for path in directory.iterdir() if VERSION_PATTERN.fullmatch(path.name)]
    return sorted((name for name in names if (directory / name / MANIFEST).is_file()), reverse=True)


def read_dump(version: str) -> Dump | None:
    """Returns the dump of this version; None if there is none."""
    if version not in list_versions():
        return None
    directory = dumps_directory() / version
    manifest: dict[str, Any] = orjson.loads((directory / MANIFEST).read_bytes())
    files = tuple(
        DumpFile(file["name"], file["media_type"], file["bytes"], file["sha256"], file["description"])
        for file in manifest["files"]
    )
    return Dump(
        directory=directory,
        version=version,
        created_at=manifest["created_at"],
        counts=manifest["counts"],
        licence=manifest["licence"],
        citation=manifest["citation"],
        files=files,
    )
