"""`export_claims`: writes public claims as CSV, JSON Lines or an Excel workbook."""

import fcntl
import glob
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.http import QueryDict

from claims.export.tabular import jsonl, resource_csv, xlsx
from claims.models import Claim
from claims.resources.claims import CLAIMS, ClaimFilterSet
from claims.search.filterset import repeatable_names
from claims.services.changefeed.processor import process_pending

EXIT_BROKEN_PIPE = 141  # 128 + SIGPIPE, as shells report it


class Command(BaseCommand):
    """Writes the same bytes as `/api/v1/claims.csv`, with the same filters; the same columns in other formats."""

    help = "Write all public claims that match the filters, newest first, as CSV, JSON Lines or XLSX."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["csv", "jsonl", "xlsx"], default="csv", help="default: csv")
        parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="default: standard output")
        parser.add_argument(
            "--raw", action="store_true", help="CSV: do not escape text that a spreadsheet would run as a formula"
        )
        parser.add_argument("--bom", action="store_true", help="CSV: start with a byte order mark, for Excel")
        filters = parser.add_argument_group("filters", "a claim must match all of them; see the API documentation")
        repeatable = repeatable_names(ClaimFilterSet)
        for name, claim_filter in ClaimFilterSet.base_filters.items():
            description = claim_filter.description.replace("%", "%%")
            if name in repeatable:
                description += " Repeat the option, or join values by commas."
            filters.add_argument(
                f"--{name.replace('_', '-')}", dest=name, action="append", metavar="VALUE", help=description
            )

    def handle(self, *_: object, **options: Any) -> None:
        if options["format"] != "csv" and (options["raw"] or options["bom"]):
            raise CommandError("--raw and --bom are for --format csv")
        claims = self.filter_claims({name: options[name] for name in ClaimFilterSet.base_filters if options[name]})
        try:
            blocks = self.serialize(claims, options)
            if options["output"]:
                with replace_atomically(options["output"]) as file:
                    file.writelines(blocks)
            else:
                self.print_bytes(blocks)
        except xlsx.WorkbookLimitError as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:
            # The reader of the pipe has closed it, which is not an error. Nothing may be left to flush at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(EXIT_BROKEN_PIPE)
        except OSError as error:
            raise CommandError(f"{options['output'] or 'standard output'}: {error.strerror}") from error

    def serialize(self, claims: QuerySet[Claim], options: dict[str, Any]) -> Iterator[bytes]:
        """Yields blocks of bytes. A workbook is complete before the first block."""
        if options["format"] == "csv":
            is_filtered = any(options[name] for name in ClaimFilterSet.base_filters)
            rows = claims if is_filtered else None
            return resource_csv.stream_csv(CLAIMS, rows, raw=options["raw"], bom=options["bom"])
        if options["format"] == "jsonl":
            return jsonl.stream_table_jsonl(CLAIMS, claims)
        is_binary = hasattr(self.stdout, "buffer") and not self.stdout.isatty()
        if not (options["output"] or is_binary):
            raise CommandError("a workbook is a binary file: use -o FILE")
        return _read_chunks(
            xlsx.write_workbook("claims", CLAIMS.table.header, resource_csv.typed_blocks(CLAIMS, claims))
        )

    def filter_claims(self, options: dict[str, list[str]]) -> QuerySet[Claim]:
        query = QueryDict(mutable=True)
        for name, values in options.items():
            if len(values) > 1 and name not in repeatable_names(ClaimFilterSet):
                raise CommandError(f"--{name.replace('_', '-')} may be given only once")
            query.setlist(name, values)
        values_by_name, errors = ClaimFilterSet.parse(query)
        if errors:
            raise CommandError("; ".join(f"--{name.replace('_', '-')} {message}" for name, message in errors.items()))
        if "updated_since" in options:
            process_pending()  # so that the change feed is complete
        return ClaimFilterSet.apply(Claim.objects.released(), values_by_name)

    def print_bytes(self, blocks: Iterator[bytes]) -> None:
        """Writes bytes to standard output; as text, if a caller has replaced it by a stream of text."""
        buffer = getattr(self.stdout, "buffer", None)
        for block in blocks:
            if buffer:
                buffer.write(block)
            else:
                self.stdout.write(block.decode(), ending="")
        self.stdout.flush()


def _read_chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(1 << 20), b"")


@contextmanager
def replace_atomically(path: Path) -> Iterator[BinaryIO]:
    """Opens a temporary file that replaces `path` when it is complete, and is removed after an error."""
    _remove_left_over(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _create_locked(temporary) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _create_locked(path: Path) -> BinaryIO:
    """Creates a file and locks it. Another process may remove it in between, as a left-over one."""
    while True:
        file = path.open("xb")
        fcntl.flock(file, fcntl.LOCK_EX)
        if path.exists():
            return file
        file.close()


def _remove_left_over(path: Path) -> None:
    """Removes the temporary files of processes that were killed, whose locks nobody holds."""
    for left_over in path.parent.glob(f".{glob.escape(path.name)}.[0-9]*.part"):
        with suppress(BlockingIOError, FileNotFoundError), left_over.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left_over.unlink()
