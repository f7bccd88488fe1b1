"""`export_audit`: writes the audit log as CSV or JSON Lines."""

from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.management.base import BaseCommand

from claims.export.tabular.audit_log import AUDIT_FORMATS, stream_audit_log
from claims.services.history.audit_chain import Record, export_records


class Command(BaseCommand):
    help = (
        "Write the audit log to standard output: who decided, published or changed what, and when. The hash of the "
        "last entry, its head, goes to standard error: keep it elsewhere for check_audit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=sorted(AUDIT_FORMATS), default="csv", help="default: csv")
        parser.add_argument("--after", metavar="NUMBER", type=int, default=0, help="only entries after this one")

    def handle(self, *args: object, format: str, after: int, **options: object) -> None:  # noqa: A002  # as the option
        last: Record | None = None

        def note_last(records: Iterator[Record]) -> Iterator[Record]:
            nonlocal last
            for record in records:
                last = record
                yield record

        for block in stream_audit_log(note_last(export_records(after=after)), format):
            self.stdout.write(block.decode(), ending="")
        self.stdout.flush()
        if last:
            self.stderr.write(f"Head: entry {last['number']}, {last['hash']}")
