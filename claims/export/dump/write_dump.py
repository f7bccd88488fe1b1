"""Writes all that is released into a directory, as of one moment."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from claims.export.dump import sqlite_file
from claims.export.dump.stored_dumps import CHECKSUMS, MANIFEST, VERSION_FORMAT, list_versions
from claims.export.tabular import csvw, jsonl, resource_csv
from claims.export.timestamps import format_timestamp
from claims.models import Claim
from claims.resources import RESOURCES
from claims.resources.permalinks import absolute_url
from claims.resources.sql.prepared_query import iter_blocks
from claims.resources.sql.sql_serializer import sql_serializer_for

CSV_METADATA = "csv-metadata.json"  # where the standard looks for the metadata of all CSV files in a directory
SQLITE_FILE = "factbase.db"
JSONL_BLOCK_SIZE = 500  # rows
MAX_ATTEMPTS = 5
CHUNK = 1 << 20  # bytes


class DumpError(Exception):
    """No dump could be written. The message says why."""


def write_dump(directory: Path, *, keep: int) -> str:
    """Writes a dump into a new directory in `directory`, removes all but the newest `keep`, and returns its version.

    A dump appears when it is complete, and memory does not grow with its rows. Raises DumpError, and OSError.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with _lock(directory):
        for left_over in directory.glob(".*.part"):  # of a process that was killed
            shutil.rmtree(left_over)
        for _ in range(MAX_ATTEMPTS):
            now = timezone.now()
            version = now.strftime(VERSION_FORMAT)
            partial = directory / f".{version}.part"
            try:
                partial.mkdir()
                with _read_snapshot():
                    counts = _write_files(partial, now, version)
                    is_mixed = _embargo_ended_since(now)
                if is_mixed:
                    continue  # some files have what it held back, and others do not
                _write_manifest(partial, now, version, counts)
                if (directory / version).exists():
                    raise DumpError(f"{directory / version} exists: wait a second")
                partial.rename(directory / version)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
            for outdated in list_versions(directory)[keep:]:
                shutil.rmtree(directory / outdated)
            return version
    raise DumpError("embargoes ended while the dump was written, again and again: try later")


@contextmanager
def _lock(directory: Path) -> Iterator[None]:
    with (directory / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DumpError(f"another process writes a dump into {directory}") from error
        yield


@contextmanager
def _read_snapshot() -> Iterator[None]:
    """All reads within see the database as it was at the first of them. Nobody waits: it takes no lock for writing."""
    if connection.in_atomic_block:
        raise DumpError("a dump needs a transaction of its own")
    mode = "ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else "DEFERRED TRANSACTION"
    with connection.cursor() as cursor:
        cursor.execute(f"BEGIN {mode}")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _embargo_ended_since(moment: datetime) -> bool:
    """Tells whether one ended of those that the snapshot knows of."""
    return Claim.objects.filter(released_at__gt=moment, released_at__lte=timezone.now()).exists()


def _write_files(directory: Path, now: datetime, version: str) -> dict[str, int]:
    """Writes the data. Returns the number of rows by resource."""
    rows: dict[str, QuerySet[Model]] = {name: resource.rows() for name, resource in RESOURCES.items()}
    counts = {}
    for name, resource in RESOURCES.items():
        _write(directory / f"{name}.csv", resource_csv.stream_csv(resource))
        lines = _CountedLines(_json_lines(name, rows[name]))
        _write(directory / f"{name}.jsonl", lines)
        counts[name] = lines.count
    _write(directory / CSV_METADATA, [orjson.dumps(_csv_metadata(), option=orjson.OPT_INDENT_2)])
    sqlite_file.write_sqlite(directory / SQLITE_FILE, rows, _describe(now, version))
    return counts


def _describe(now: datetime, version: str) -> dict[str, Any]:
    return {
        "version": version,
        "created_at": format_timestamp(now),
        "publisher": settings.FACTBASE_PUBLISHER,
        "licence": settings.FACTBASE_DATA_LICENCE,
        "url": settings.FACTBASE_BASE_URL,
        "citation": citation(now, version),
    }


def citation(now: datetime, version: str) -> str:
    """Returns how the dump is cited, in the style of the APA."""
    name = settings.FACTBASE_SITE_NAME
    return (
        f"{settings.FACTBASE_PUBLISHER} ({now:%Y}). {name} (Version {version}) [Data set]. {absolute_url('page-data')}"
    )


class _CountedLines:
    """Blocks of lines, counted as they are read."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self.blocks, self.count = blocks, 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self.blocks:
            self.count += block.count(b"\n")
            yield block


def _json_lines(name: str, rows: QuerySet[Model]) -> Iterator[bytes]:
    resource = RESOURCES[name]
    read = sql_serializer_for(resource.serializer_class).rows_with_positions
    blocks = iter_blocks(read, rows, resource.default_ordering, size=JSONL_BLOCK_SIZE)
    return jsonl.stream_json_lines([row for _, _, row in block] for block in blocks)


def _csv_metadata() -> dict[str, Any]:
    """Returns the description of all CSV files (CSV on the Web), with the references between them."""
    tables = []
    for name, resource in RESOURCES.items():
        metadata: dict[str, Any] = csvw.csvw_metadata(name, resource.table.columns, url=f"{name}.csv")
        metadata.pop("@context", None)
        keys = [
            {"columnReference": column, "reference": {"resource": f"{table}.csv", "columnReference": key}}
            for column, table, key in sqlite_file.foreign_keys(resource)
        ]
        if keys:
            metadata["tableSchema"]["foreignKeys"] = keys
        tables.append(metadata)
    return {"@context": "http://www.w3.org/ns/csvw", "tables": tables}


def _write(path: Path, blocks: Iterable[bytes]) -> None:
    with path.open("xb") as file:
        file.writelines(blocks)
        file.flush()
        os.fsync(file.fileno())


_DESCRIPTIONS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    ".csv": ("text/csv; charset=utf-8; header=present", lambda name: f"{name.capitalize()}, a table"),
    ".jsonl": ("application/jsonl", lambda name: f"{name.capitalize()}, as in the API"),
    ".json": ("application/csvm+json", lambda _: "What the columns of the CSV files mean"),
    ".db": (sqlite_file.MEDIA_TYPE, lambda _: "Everything in one SQLite file, with full-text search"),
}


def _write_manifest(directory: Path, now: datetime, version: str, counts: Mapping[str, int]) -> None:
    files = []
    for path in sorted(directory.iterdir()):
        media_type, describe = _DESCRIPTIONS[path.suffix]
        files.append(
            {
                "name": path.name,
                "media_type": media_type,
                "description": describe(path.stem),
                "bytes": path.stat().st_size,
                "sha256": _sha256(path),
            }
        )
    manifest = _describe(now, version) | {"counts": counts, "files": files}
    _write(directory / MANIFEST, [orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)])
    checksums = {str(file["name"]): str(file["sha256"]) for file in files} | {MANIFEST: _sha256(directory / MANIFEST)}
    _write(directory / CHECKSUMS, [f"{sha256}  {name}\n".encode() for name, sha256 in checksums.items()])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
