"""export_claims: every released claim that fits, as CSV, JSON Lines or an Excel workbook."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from claims.export.tabular import claim_rows as flat
from claims.export.tabular import claims_csv, jsonl, xlsx
from claims.models import Claim
from claims.search.filters import ClaimFilterSet
from claims.search.filterset import repeatable_names
from claims.services.changefeed.processor import process_pending

EXIT_BROKEN_PIPE = 141  # what a shell reports of a program whose reader went away (128 + SIGPIPE)


class Command(BaseCommand):
    """The table that `/api/v1/claims.csv` gives, byte for byte, with the same filters; its columns in other forms."""

    help = "Write every released claim that fits the filters, the last released first, as CSV, JSON Lines or XLSX."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How it is written, where to, and the filters of the API's list of claims."""
        parser.add_argument("--format", choices=["csv", "jsonl", "xlsx"], default="csv", help="default: csv")
        parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="default: standard output")
        parser.add_argument("--raw", action="store_true", help="CSV: leave text that a spreadsheet would run as it is")
        parser.add_argument("--bom", action="store_true", help="CSV: start with a byte order mark, for Excel")
        filters = parser.add_argument_group("filters", "all that are given must hold; see the API's documentation")
        several = repeatable_names(ClaimFilterSet)
        for name, parameter in ClaimFilterSet.base_filters.items():
            about = parameter.about.replace("%", "%%") + (" May be given several times." if name in several else "")
            filters.add_argument(f"--{name.replace('_', '-')}", dest=name, action="append", metavar="VALUE", help=about)

    def handle(self, *_: Any, **options: Any) -> None:
        """Write them. Exit status 1 for a value that no filter takes or a file that cannot be written."""
        if options["format"] != "csv" and (options["raw"] or options["bom"]):
            raise CommandError("--raw and --bom are for --format csv")
        claims = self.asked_for({name: options[name] for name in ClaimFilterSet.base_filters if options[name]})
        try:
            blocks = self.written(claims, options)
            if options["output"]:
                with replace_atomically(options["output"]) as file:
                    file.writelines(blocks)
            else:
                self.print_bytes(blocks)
        except xlsx.WorkbookLimitError as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:
            # What reads us wants no more: that is no error to report. Nothing may be left to flush at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(EXIT_BROKEN_PIPE)
        except OSError as error:
            raise CommandError(f"{options['output'] or 'standard output'}: {error.strerror}") from error

    def written(self, claims: Any, options: dict[str, Any]) -> Iterator[bytes]:
        """The bytes. A workbook is there as a whole before the first of them."""
        if options["format"] == "csv":
            return claims_csv.stream_claims_csv(claims, raw=options["raw"], bom=options["bom"])
        if options["format"] == "jsonl":
            return jsonl.stream_claims_jsonl(claims)
        binary = hasattr(self.stdout, "buffer") and not self.stdout.isatty()
        if not (options["output"] or binary):
            raise CommandError("a workbook is no text: say with -o FILE where it goes")
        return _read_chunks(xlsx.write_workbook("claims", claims_csv.CSV_HEADER, flat.iter_typed_claim_blocks(claims)))

    def asked_for(self, given: dict[str, list[str]]) -> Any:
        """The claims that fit."""
        query = QueryDict(mutable=True)
        for name, values in given.items():
            if len(values) > 1 and name not in repeatable_names(ClaimFilterSet):
                raise CommandError(f"--{name.replace('_', '-')} may be given once only")
            query.setlist(name, values)
        asked, wrong = ClaimFilterSet.read(query)
        if wrong:
            raise CommandError("; ".join(f"--{name.replace('_', '-')} {message}" for name, message in wrong.items()))
        if "updated_since" in given:
            process_pending()  # whoever asks what changed is told of all that did
        return ClaimFilterSet.narrowed(Claim.objects.released().with_status(), asked)

    def print_bytes(self, blocks: Iterator[bytes]) -> None:
        """To standard output, as they are; to whatever else a caller gave, as text."""
        binary = getattr(self.stdout, "buffer", None)
        for block in blocks:
            if binary:
                binary.write(block)
            else:
                self.stdout.write(block.decode(), ending="")
        self.stdout.flush()


def _read_chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(1 << 20), b"")


@contextmanager
def replace_atomically(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when all is written, and leaves nothing behind if it is not."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
