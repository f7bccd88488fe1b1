"""`evaluate`: how well extraction agrees with what people annotated; the database is not touched."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction import EXTRACTOR, EXTRACTOR_VERSION, ModelError, Quotation, extract_ahead
from claims.extraction.corpus import AnnotatedText, CorpusError, read_corpus
from claims.extraction.evaluation import (
    Comparison,
    DocumentPredictions,
    Prediction,
    PredictionError,
    WordIndex,
    annotated_quotes,
    format_reliability,
    format_scores,
    predicted_quotes,
    read_predictions,
    reliability_bins,
    sum_scores,
)

# Texts between two lines of progress where there is no terminal.
PROGRESS_INTERVAL = 100
NO_PREDICTIONS = DocumentPredictions("", ())


class Command(BaseCommand):
    """Compare the project's own extraction, and that of another system, with an annotated corpus."""

    help = (
        "Print how well extraction agrees with a corpus in brat standoff (such as PolNeAR: text/ and attributions/): "
        "precision, recall and F1, in percent, and how far its confidence can be relied on. Nothing is stored."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The corpus, and whom to compare with."""
        parser.add_argument("corpus", metavar="CORPUS", type=Path, help="folder of the corpus")
        parser.add_argument(
            "--against",
            metavar="PRED.jsonl",
            type=Path,
            help='another system\'s predictions: {"doc", "quotes": [{"content", "speaker", "cue"}]}, spans in code '
            "points; or what `extract --format jsonl` printed",
        )

    def handle(self, *, corpus: Path, against: Path | None, **options: Any) -> None:
        """Measure and print. Exit status 1, and no figures, for what cannot be read."""
        name = f"{EXTRACTOR} {EXTRACTOR_VERSION}"
        own: list[Comparison] = []
        others: list[Comparison] = []
        missing: list[str] = []
        try:
            given = read_predictions(against) if against else {}
            for annotated, quotations in self._extracted(corpus):
                words = WordIndex.of(annotated.text)
                gold = annotated_quotes(words, annotated.attributions)
                own.append(Comparison.of(words, gold, predicted_quotes(words, map(Prediction.of, quotations))))
                if against:
                    missing += [] if annotated.name in given else [annotated.name]
                    theirs = given.pop(annotated.name, NO_PREDICTIONS).checked(annotated.text)
                    others.append(Comparison.of(words, gold, predicted_quotes(words, theirs)))
        except (CorpusError, ModelError, PredictionError) as error:
            raise CommandError(str(error)) from error
        self._say(against, "not in the corpus, left out", list(given))
        self._say(against, "no line for it, counted as no predictions", missing)
        systems = {name: own, **({against.name: others} if against else {})}
        figures = {system: sum_scores(each.scores() for each in compared) for system, compared in systems.items()}
        bins = reliability_bins((quote.confidence, right) for each in own for quote, right in each.outcomes())
        self.stdout.write(f"{len(own)} texts, {sum(len(each.gold) for each in own)} annotated quotations\n\n")
        self.stdout.write(f"{format_scores(figures)}\n\n{name}, by its confidence\n{format_reliability(bins)}")

    def _say(self, against: Path | None, what: str, documents: list[str]) -> None:
        """Name documents that only one of the two has."""
        for document in documents:
            self.stderr.write(self.style.WARNING(f"{against}: {document}: {what}"))

    def _extracted(self, corpus: Path) -> Iterator[tuple[AnnotatedText, list[Quotation]]]:
        """The texts with what is found in them; standard error tells how many, on one line if it is a terminal."""
        terminal = self.stderr.isatty()  # `str`: no colour, which there is the one of errors
        texts = ((annotated, annotated.text) for annotated in read_corpus(corpus))
        number = 0
        for number, (annotated, quotations) in enumerate(extract_ahead(texts), start=1):
            yield annotated, quotations or []
            if terminal:
                self.stderr.write(f"\r{number} texts", str, ending="")
                self.stderr.flush()
            elif number % PROGRESS_INTERVAL == 0:
                self.stderr.write(f"{number} texts", str)
        if terminal and number:
            self.stderr.write("", str)
