"""`evaluate_matching`: finds the claims that queries repeat, without a database, to measure the search by meaning."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.management.json_lines import LineError, read_json_lines
from claims.matching import EncoderError, Index, load_encoder

PROGRESS_INTERVAL = 1000  # claims


class Command(BaseCommand):
    help = (
        'Find the claims nearest in meaning to each query. Both files have lines {"id", "text"}. Prints the best claim '
        'of each query with its probability; --run writes {"query": id, "claims": [ids, best first]}. Stores nothing.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("claims", metavar="CLAIMS.jsonl", type=Path)
        parser.add_argument("queries", metavar="QUERIES.jsonl", type=Path)
        parser.add_argument("--run", metavar="FILE", type=Path, help="file for what is found, as scorers read it")
        parser.add_argument("--most", type=int, default=20, help="claims for each query (default: 20)")

    def handle(self, *, claims: Path, queries: Path, run: Path | None, most: int, **options: object) -> None:
        rows, questions = self._read_rows(claims), self._read_rows(queries)
        try:
            encoder = load_encoder()
        except EncoderError as error:
            raise CommandError(str(error)) from error
        texts = dict(enumerate((text for _, text in rows), start=1))
        with TemporaryDirectory(prefix="factbase-matching-") as folder:
            index = Index(Path(folder), lambda ids: {pk: texts[pk] for pk in ids})
            for start in range(0, len(rows), PROGRESS_INTERVAL):
                chunk = range(start + 1, min(start + PROGRESS_INTERVAL, len(rows)) + 1)
                index.put((pk, texts[pk], encoder.embed(texts[pk])) for pk in chunk)
                self.stderr.write(f"{chunk[-1]} claims", str)
            lines = []
            for name, text in questions:
                matches = index.find(text, encoder.embed(text), most)
                lines.append(json.dumps({"query": name, "claims": [rows[match.id - 1][0] for match in matches]}))
                if matches:
                    best = matches[0]
                    self.stdout.write(f"{name}\t{rows[best.id - 1][0]}\t{best.probability:.2f}\t{texts[best.id]}")
        if run:
            try:
                run.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            except OSError as error:
                raise CommandError(f"{run}: {error.strerror}") from error

    def _read_rows(self, path: Path) -> list[tuple[str, str]]:
        """Returns ids and texts. Raises CommandError for a line that cannot be read, which would change the figures."""
        rows = []
        try:
            for record in read_json_lines(path, ("id", "text")):
                if isinstance(record, LineError):
                    raise CommandError(f"{path}: {record}")
                rows.append((record["id"], record["text"]))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        return rows
