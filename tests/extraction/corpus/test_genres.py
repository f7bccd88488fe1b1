"""The project's own corpus of twenty invented articles of many genres."""

from pathlib import Path

import pytest

from claims.extraction import EntityKind, Span, extract_ahead
from claims.extraction.corpus import AnnotatedText, read_corpus
from claims.extraction.evaluation import (
    Comparison,
    Measure,
    Prediction,
    Subset,
    WordIndex,
    annotated_quotes,
    predicted_quotes,
    score_speakers,
    sum_scores,
)

FOLDER = Path(__file__).resolve().parents[3] / "benchmarks" / "genres"
NAMED = {EntityKind.PERSON, EntityKind.ORGANIZATION}


@pytest.fixture(scope="module")
def corpus() -> list[AnnotatedText]:
    return list(read_corpus(FOLDER))


def test_every_speaker_is_annotated(corpus: list[AnnotatedText]) -> None:
    assert len(corpus) == 20
    for annotated in corpus:
        assert annotated.attributions
        for attribution in annotated.attributions:
            assert attribution.content
            assert attribution.speaker, (annotated.name, attribution)


def test_named_speakers_are_in_the_text(corpus: list[AnnotatedText]) -> None:
    for annotated in corpus:
        for speaker in (attribution.speaker for attribution in annotated.attributions):
            if speaker and speaker.kind in NAMED:
                assert all(word in annotated.text for word in speaker.name.split()), (annotated.name, speaker.name)


def test_spans_are_what_the_annotations_quote(corpus: list[AnnotatedText]) -> None:
    """An article that was edited without its annotations would move every span."""
    for annotated in corpus:
        for line in (FOLDER / f"{annotated.name}.ann").read_text().splitlines():
            if line.startswith("T"):
                _, places, quoted = line.split("\t")
                spans = [Span(*map(int, place.split())) for place in places.split(" ", 1)[1].split(";")]
                assert " ".join(span.of(annotated.text) for span in spans) == quoted


@pytest.mark.nightly
def test_extraction_stays_as_good(corpus: list[AnnotatedText]) -> None:
    comparisons = []
    for annotated, quotations in extract_ahead((annotated, annotated.text) for annotated in corpus):
        words = WordIndex.from_text(annotated.text)
        comparisons.append(
            Comparison.match(
                words,
                annotated_quotes(words, annotated.attributions),
                predicted_quotes(words, map(Prediction.from_quotation, quotations or [])),
            )
        )
    scores = sum_scores(comparison.scores() for comparison in comparisons)
    assert scores[Measure.ATTRIBUTED, Subset.SPEECH].f1 > 0.88
    assert scores[Measure.ATTRIBUTED, Subset.DIRECT].recall > 0.9
    speakers = score_speakers(comparisons)
    assert speakers
    assert speakers.outcomes[None]["right"] > 5 * speakers.outcomes[None]["wrong"]
