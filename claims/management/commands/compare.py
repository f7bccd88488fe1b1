"""`compare`: tells whether two claims say the same, and in what they differ, without a database."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.management.json_lines import LineError, read_json_lines
from claims.matching import Comparison, EncoderError, compare_claims, load_encoder


class Command(BaseCommand):
    help = (
        'Compare pairs of claims, one JSON line {"a", "b"} each, and print one line for each, in their order: '
        '{"same", "differences": [{"kind", "a", "b"}]}. Stores nothing. Exit status 1 if a line could not be read; its '
        'result is {"error"}.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pairs", metavar="PAIRS.jsonl", type=Path, help="a file, or - for standard input")

    def handle(self, *, pairs: Path, **options: object) -> None:
        try:
            encoder = load_encoder()
        except EncoderError as error:
            raise CommandError(str(error)) from error
        refused = 0
        for record in self._read_pairs(pairs):
            if isinstance(record, LineError):
                refused += 1
                self.stderr.write(self.style.ERROR(f"refused    {pairs}: {record}"))
                self.stdout.write(json.dumps({"error": str(record)}, ensure_ascii=False))
            else:
                result = format_comparison(record["a"], record["b"], compare_claims(record["a"], record["b"], encoder))
                self.stdout.write(json.dumps(result, ensure_ascii=False))
        if refused:
            raise CommandError(f"{refused} lines refused; the others were compared.")

    def _read_pairs(self, path: Path) -> Iterator[dict[str, str] | LineError]:
        try:
            yield from read_json_lines(path, ("a", "b"))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error


def format_comparison(first: str, second: str, comparison: Comparison) -> dict[str, Any]:
    return {
        "same": comparison.is_same,
        "likeness": round(comparison.likeness, 3),
        "differences": [
            {
                "kind": difference.kind,
                "a": first[slice(*difference.first)],
                "b": second[slice(*difference.second)],
                "a_span": difference.first,
                "b_span": difference.second,
            }
            for difference in comparison.differences
        ],
    }
