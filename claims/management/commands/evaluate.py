"""`evaluate`: compares extraction with an annotated corpus, without a database."""

from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.extraction import (
    Extractor,
    ModelError,
    Quotation,
    detect_language,
    extract_ahead,
    is_language_read,
)
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
    format_speaker_scores,
    predicted_quotes,
    read_predictions,
    reliability_bins,
    score_speakers,
    speaker_outcomes,
    sum_scores,
)

PROGRESS_INTERVAL = 100  # texts between two lines of progress, if standard error is not a terminal
NO_PREDICTIONS = DocumentPredictions("", ())


class Command(BaseCommand):
    help = (
        "Compare extraction with an annotated corpus in brat standoff (such as PolNeAR: text/ and attributions/): "
        "precision, recall and F1 in percent, resolved speakers where the corpus names them, and the reliability of "
        "both confidences. Stores nothing."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("corpus", metavar="CORPUS", type=Path, help="folder of the corpus")
        parser.add_argument(
            "--against",
            metavar="PRED.jsonl",
            type=Path,
            help='predictions of another system: {"doc", "quotes": [{"content", "speaker", "cue"}]}, spans in code '
            "points; or the output of `extract --format jsonl`",
        )

        parser.add_argument(
            "--speakers",
            metavar="SPEAKERS.jsonl",
            type=Path,
            help='who the speakers of the corpus are, if it has no notes on that: {"doc", "content", "source", '
            '"speaker", "kind", "mention"}',
        )

    def handle(self, *, corpus: Path, against: Path | None, speakers: Path | None, **options: object) -> None:
        extractors: set[Extractor] = set()
        own: list[Comparison] = []
        others: list[Comparison] = []
        unpredicted: list[str] = []
        try:
            predictions = read_predictions(against) if against else {}
            for annotated, quotations in self._extract(corpus, speakers):
                if is_language_read(detect_language(annotated.text)) is False:
                    self._warn(corpus, "its language seems to be none that is read", [annotated.name])
                extractors.update(quotation.extractor for quotation in quotations)
                words = WordIndex.from_text(annotated.text)
                gold = annotated_quotes(words, annotated.attributions)
                own.append(
                    Comparison.match(words, gold, predicted_quotes(words, map(Prediction.from_quotation, quotations)))
                )
                if against:
                    unpredicted += [] if annotated.name in predictions else [annotated.name]
                    theirs = predictions.pop(annotated.name, NO_PREDICTIONS).validated(annotated.text)
                    others.append(Comparison.match(words, gold, predicted_quotes(words, theirs)))
        except (CorpusError, ModelError, PredictionError) as error:
            raise CommandError(str(error)) from error
        self._warn(against, "not in the corpus, ignored", list(predictions))
        self._warn(against, "no predictions in the file, counted as none", unpredicted)
        name = " and ".join(" ".join(extractor) for extractor in sorted(extractors)) or "factbase"
        systems = {name: own, **({against.name: others} if against else {})}
        figures = {
            system: sum_scores(comparison.scores() for comparison in comparisons)
            for system, comparisons in systems.items()
        }
        bins = reliability_bins(
            (quote.confidence, is_right) for comparison in own for quote, is_right in comparison.outcomes()
        )
        self.stdout.write(
            f"{len(own)} texts, {sum(len(comparison.gold) for comparison in own)} annotated quotations\n\n"
        )
        self.stdout.write(f"{format_scores(figures)}\n\n{name}, by confidence\n{format_reliability(bins)}")
        speaker_scores = {system: score_speakers(comparisons) for system, comparisons in systems.items()}
        named = {system: scores for system, scores in speaker_scores.items() if scores}
        if named:
            speaker_bins = reliability_bins(
                (quote.speaker_confidence, is_right)
                for comparison in own
                for quote, is_right in speaker_outcomes(comparison)
            )
            self.stdout.write(
                f"\n{format_speaker_scores(named)}\n\n"
                f"{name}, by confidence of the speaker\n{format_reliability(speaker_bins)}"
            )

    def _warn(self, file: Path | None, message: str, documents: list[str]) -> None:
        for document in documents:
            self.stderr.write(self.style.WARNING(f"{file}: {document}: {message}"))

    def _extract(self, corpus: Path, speakers: Path | None) -> Iterator[tuple[AnnotatedText, list[Quotation]]]:
        """Yields the texts with their quotations; shows progress on standard error, on one line if it is a terminal."""
        is_terminal = self.stderr.isatty()
        texts = ((annotated, annotated.text, "") for annotated in read_corpus(corpus, speakers))
        count = 0
        for count, (annotated, quotations) in enumerate(extract_ahead(texts), start=1):
            yield annotated, quotations or []
            if is_terminal:
                # `str` as the style function: standard error would be coloured as an error.
                self.stderr.write(f"\r{count} texts", str, ending="")
                self.stderr.flush()
            elif count % PROGRESS_INTERVAL == 0:
                self.stderr.write(f"{count} texts", str)
        if is_terminal and count:
            self.stderr.write("", str)
