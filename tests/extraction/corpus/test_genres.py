"""The project's own corpora of invented articles: twenty in English of many genres, fifty-five in Russian."""

from collections.abc import Iterable
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

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"
ENGLISH, RUSSIAN = BENCHMARKS / "genres", BENCHMARKS / "russian"
NAMED = {EntityKind.PERSON, EntityKind.ORGANIZATION}
STEM_LENGTH = 4  # letters of a Russian name that no case changes, in these texts


@pytest.fixture(scope="module")
def corpus() -> list[AnnotatedText]:
    return list(read_corpus(ENGLISH))


@pytest.mark.parametrize(("folder", "count"), [(ENGLISH, 20), (RUSSIAN, 55)])
def test_every_speaker_is_annotated(folder: Path, count: int) -> None:
    corpus = list(read_corpus(folder))
    assert len(corpus) == count
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


def test_named_speakers_are_in_the_russian_texts_in_some_case() -> None:
    for annotated in read_corpus(RUSSIAN):
        text = annotated.text.lower()
        for speaker in (attribution.speaker for attribution in annotated.attributions):
            if speaker and speaker.kind in NAMED:
                stems = [word[: min(STEM_LENGTH, len(word) - 1)].lower() for word in speaker.name.split()]
                assert all(stem in text for stem in stems), (annotated.name, speaker.name)


@pytest.mark.parametrize("folder", [ENGLISH, RUSSIAN])
def test_spans_are_what_the_annotations_quote(folder: Path) -> None:
    """An article that was edited without its annotations would move every span."""
    for annotated in read_corpus(folder):
        for line in (folder / f"{annotated.name}.ann").read_text().splitlines():
            if line.startswith("T"):
                _, places, quoted = line.split("\t")
                spans = [Span(*map(int, place.split())) for place in places.split(" ", 1)[1].split(";")]
                assert " ".join(span.of(annotated.text) for span in spans) == quoted


def compare_with_annotations(corpus: Iterable[AnnotatedText]) -> list[Comparison]:
    comparisons = []
    for annotated, quotations in extract_ahead((annotated, annotated.text, "") for annotated in corpus):
        words = WordIndex.from_text(annotated.text)
        comparisons.append(
            Comparison.match(
                words,
                annotated_quotes(words, annotated.attributions),
                predicted_quotes(words, map(Prediction.from_quotation, quotations or [])),
            )
        )
    return comparisons


@pytest.mark.nightly
def test_extraction_stays_as_good(corpus: list[AnnotatedText]) -> None:
    comparisons = compare_with_annotations(corpus)
    scores = sum_scores(comparison.scores() for comparison in comparisons)
    assert scores[Measure.ATTRIBUTED, Subset.SPEECH].f1 > 0.88
    assert scores[Measure.ATTRIBUTED, Subset.DIRECT].recall > 0.9
    speakers = score_speakers(comparisons)
    assert speakers
    assert speakers.outcomes[None]["right"] > 5 * speakers.outcomes[None]["wrong"]


@pytest.mark.nightly
def test_russian_extraction_stays_as_good() -> None:
    comparisons = compare_with_annotations(read_corpus(RUSSIAN))
    scores = sum_scores(comparison.scores() for comparison in comparisons)
    speakers = score_speakers(comparisons)
    assert scores[Measure.DETECTED, Subset.ALL].recall > 0.89
    assert scores[Measure.ATTRIBUTED, Subset.ALL].f1 > 0.85
    assert scores[Measure.ATTRIBUTED, Subset.DIRECT].f1 > 0.85
    assert speakers
    outcomes = speakers.outcomes[None]
    assert outcomes["right"] > 0.86 * outcomes.total()
    assert outcomes["wrong"] < 0.01 * outcomes.total()
