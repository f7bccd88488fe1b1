"""Compares what readers get from two databases: in processes of their own, each of which knows one database."""

import multiprocessing
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

COMPARED = (".csv", ".jsonl")
PREFIX = ".move."


def find_different_exports(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    """Exports everything public from two databases, given by their settings; returns the names of unequal files."""
    for left_over in Path(settings.DATA_DIR).glob(f"{PREFIX}*"):  # of a process that was killed
        shutil.rmtree(left_over)
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix=PREFIX) as directory:
        dumps = []
        for number, database in enumerate((first, second)):
            dump = Path(directory) / str(number)
            process = multiprocessing.get_context("spawn").Process(target=_write_dump_of, args=(database, dump))
            process.start()
            process.join()
            if process.exitcode:
                return [f"all files (the export of the {('source', 'target')[number]} failed)"]
            dumps.append({path.name: path for path in dump.glob("*/*") if path.suffix in COMPARED})
        names = sorted({*dumps[0], *dumps[1]})
        return [name for name in names if not _are_equal(dumps[0].get(name), dumps[1].get(name))]


def _are_equal(first: Path | None, second: Path | None) -> bool:
    if first is None or second is None or first.stat().st_size != second.stat().st_size:
        return False
    with first.open("rb") as one, second.open("rb") as other:
        while block := one.read(1 << 20):
            if block != other.read(1 << 20):
                return False
    return True


def _write_dump_of(database: dict[str, Any], directory: Path) -> None:
    settings.DATABASES[DEFAULT_DB_ALIAS] = database
    django.setup()
    from claims.export.dump.write_dump import write_dump  # noqa: PLC0415  # a spawned process has no apps yet

    write_dump(directory, keep=1)
