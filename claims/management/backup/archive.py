"""The archive of a backup: a gzipped tar file, written from files and unpacked as something hostile."""

import gzip
import hashlib
import io
import shutil
import tarfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from claims.management.backup.errors import BackupError
from claims.management.backup.manifest import MANIFEST_NAME, BackupFile, Manifest, parse_manifest

CHUNK = 1 << 20  # bytes
COMPRESSION_LEVEL = 6
MAX_MANIFEST = 4_000_000  # bytes
MAX_OVERHEAD = 64_000  # bytes of a file's headers and padding, and of the archive's end


def describe_file(name: str, path: Path) -> BackupFile:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return BackupFile(name, path.stat().st_size, sha256)


def write_archive(file: IO[bytes], manifest: Manifest, paths: dict[str, Path]) -> None:
    """Writes the manifest and the files that it lists, whose paths are given by their names.

    Raises BackupError if one of them was changed meanwhile.
    """
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=COMPRESSION_LEVEL) as archive:
        data = manifest.to_json()
        _add(archive, MANIFEST_NAME, len(data), io.BytesIO(data))
        for expected in manifest.files:
            path = paths[expected.name]
            with path.open("rb") as content:
                _add(archive, expected.name, expected.size, content)
            if describe_file(expected.name, path) != expected:
                raise BackupError(f"{path} was changed while it was backed up: try again")


def _add(archive: tarfile.TarFile, name: str, size: int, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, time.time()
    archive.addfile(member, content)


class _BoundedReader:
    """A file that gives no more bytes than it was allowed, so that nothing in an archive can fill the memory."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file, self._left = file, 0

    def allow(self, size: int) -> None:
        self._left += size

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise BackupError("it has more in it than its manifest says: it is damaged, or no backup of factbase")
        return data


@contextmanager
def _archive_errors() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, ValueError, RecursionError) as error:
        raise BackupError(f"it is damaged, incomplete, or no backup of factbase ({error}): choose another") from error


def read_manifest(path: Path) -> Manifest:
    """Reads what an archive says of itself. Raises BackupError, and OSError."""
    with _archive_errors(), gzip.open(path) as file:
        return _read_manifest(_open(file)[1])


def unpack_archive(path: Path, directory: Path) -> Manifest:
    """Writes the files of an archive into an empty directory, and compares them with the manifest.

    Only plain files are accepted, with the names, sizes and checksums of the manifest. Raises BackupError, and OSError.
    """
    with _archive_errors(), gzip.open(path) as file:
        reader, archive = _open(file)
        manifest = _read_manifest(archive)
        needed, free = sum(file.size for file in manifest.files), shutil.disk_usage(directory).free
        if needed > free:
            raise BackupError(f"it needs {needed:,} bytes, and {directory} has {free:,} left: make room first")
        for expected in manifest.files:
            reader.allow(expected.size + MAX_OVERHEAD)
            _unpack_file(archive, expected, directory / expected.name)
        if archive.next() is not None:
            raise BackupError("it has more files than its manifest lists: do not use it")
        while reader.read(CHUNK):  # gzip compares its checksum at the end
            pass
    return manifest


def _open(file: gzip.GzipFile) -> tuple[_BoundedReader, tarfile.TarFile]:
    reader = _BoundedReader(file)
    reader.allow(MAX_MANIFEST + MAX_OVERHEAD)
    return reader, tarfile.open(fileobj=reader, mode="r|")  # type: ignore[call-overload]  # it needs read() only


def _read_manifest(archive: tarfile.TarFile) -> Manifest:
    member = archive.next()
    if member is None or member.name != MANIFEST_NAME or not _is_plain(member) or member.size > MAX_MANIFEST:
        raise BackupError("it is no backup of factbase: its first file is not a manifest")
    return parse_manifest(_content(archive, member).read(MAX_MANIFEST))


def _unpack_file(archive: tarfile.TarFile, expected: BackupFile, path: Path) -> None:
    member = archive.next()
    if member is None:
        raise BackupError(f"it is incomplete: {expected.name} is missing. Choose another")
    if (member.name, member.size) != (expected.name, expected.size) or not _is_plain(member):
        raise BackupError(f"{member.name[:100]!r} is not what its manifest says: do not use it")
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    content = _content(archive, member)
    with path.open("xb") as file:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
    if digest.hexdigest() != expected.sha256:
        raise BackupError(f"{expected.name} does not have the checksum of the manifest: choose another backup")


def _is_plain(member: tarfile.TarInfo) -> bool:
    return member.type == tarfile.REGTYPE and not member.issparse()


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(member)
    assert content is not None  # noqa: S101  # it is of a plain file
    return content
