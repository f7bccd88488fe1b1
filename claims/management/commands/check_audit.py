"""`check_audit`: checks that nobody has changed, removed or reordered entries of the audit log."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import orjson
from django.core.management.base import BaseCommand, CommandError

from claims.models import AuditEntry
from claims.services.history.audit_chain import (
    BATCH_SIZE,
    EXPORTED_FIELDS,
    Record,
    find_changed_history,
    find_faults,
    to_record,
)

MAX_FAULTS = 100


class Command(BaseCommand):
    help = (
        "Check the chain of the audit log, and that the histories are those that it was made from; or an export of the "
        "log as JSON Lines. Exits with 1 if something was changed, removed or reordered."
    )

    last: Record | None = None  # the last entry that was read

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="an export by export_audit --format jsonl")
        parser.add_argument(
            "--head", metavar="HASH", default="", help="a hash that was kept elsewhere, which the log has to contain"
        )

    def handle(self, *args: object, file: Path | None, head: str, **options: object) -> None:
        faults = list(islice(self.find_all_faults(file, head.strip().lower()), MAX_FAULTS + 1))
        for fault in faults[:MAX_FAULTS]:
            self.stdout.write(fault)
        if faults:
            count = f"more than {MAX_FAULTS}" if len(faults) > MAX_FAULTS else len(faults)
            raise CommandError(f"The audit log is not what it was. Faults: {count}.")
        if not file and (waiting := AuditEntry.objects.unsealed().count()):
            self.stdout.write(f"Not sealed yet: {waiting:,} entries.")
        if self.last:
            self.stdout.write(f"{self.last['number']:,} entries. Head: {self.last['hash']}")
        else:
            self.stdout.write("The audit log is empty.")

    def find_all_faults(self, file: Path | None, head: str) -> Iterator[str]:
        records = self.note_last(read_export(file) if file else read_log())
        yield from find_faults(records, head=head, is_whole=file is None)
        if not file:
            entries = AuditEntry.objects.sealed().filter(history_id__isnull=False).order_by("number")
            rows = entries.iterator(chunk_size=BATCH_SIZE)
            while block := list(islice(rows, BATCH_SIZE)):
                yield from find_changed_history(block)

    def note_last(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            self.last = record
            yield record


def read_log() -> Iterator[Record]:
    entries = AuditEntry.objects.sealed().order_by("number")
    return (to_record(entry) for entry in entries.iterator(chunk_size=BATCH_SIZE))


def read_export(file: Path) -> Iterator[Record]:
    """Yields the entries of an export. Raises CommandError for a file that is none."""
    try:
        with sys.stdin.buffer if str(file) == "-" else file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                record = orjson.loads(line)
                if not isinstance(record, dict) or set(record) != set(EXPORTED_FIELDS):
                    raise CommandError(f"{file}, line {number}: no entry of an audit log.")
                yield record
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise CommandError(f"{file}, line {number}: no JSON ({error}).") from error
