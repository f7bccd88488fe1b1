import math
from pathlib import Path

import pytest

from claims.extraction import (
    Ambiguous,
    Document,
    EntityKind,
    Kind,
    ModelError,
    Resolved,
    Speaker,
    Unresolved,
    extract,
)
from claims.extraction.candidates import Candidate
from claims.extraction.confidence import (
    MAX_CONFIDENCE,
    MIN_CONFIDENCE,
    confidence_features,
    list_candidates,
    load_speaker_coefficients,
    predict_confidence,
)
from claims.extraction.tagger import LinkedAttribution, TaggedRun
from claims.extraction.tagger.tags import Tag


def make_candidate(content: float, source: float | None = 0.9) -> Candidate:
    said_by = None if source is None else TaggedRun(Tag.SOURCE, 0, 1, source)
    return Candidate.from_linked(
        LinkedAttribution((TaggedRun(Tag.CONTENT, 2, 5, content),), TaggedRun(Tag.CUE, 1, 2, 0.9), said_by, 0.9, 0.9)
    )


def test_logistic_of_the_features() -> None:
    assert predict_confidence({"constant": 1.0, "cue": 2.0}, {"constant": -1.0, "cue": 1.0}) == round(
        1 / (1 + math.exp(-1)), 3
    )


@pytest.mark.parametrize(("total", "expected"), [(800.0, MAX_CONFIDENCE), (-800.0, MIN_CONFIDENCE)])
def test_bounds(total: float, expected: float) -> None:
    assert predict_confidence({"constant": total}, {"constant": 1.0}) == expected


def test_confidence_grows_with_a_part_s_probability() -> None:
    coefficients = {"content": 0.5, "source": 0.5}
    low, high = (
        predict_confidence(confidence_features(make_candidate(share), Kind.DIRECT, word_count=3), coefficients)
        for share in (0.5, 0.95)
    )
    assert low < high


def test_missing_source_is_a_feature() -> None:
    assert confidence_features(make_candidate(0.9, None), Kind.INDIRECT, word_count=3)["no source"] == 1.0
    assert confidence_features(make_candidate(0.9, None), Kind.INDIRECT, word_count=3)["source"] == 0.0


def test_features_without_a_coefficient_are_ignored() -> None:
    assert predict_confidence({"constant": 0.0, "new": 5.0}, {"constant": 1.0}) == 0.5


@pytest.mark.parametrize(
    ("clear", "doubtful"),
    [
        (
            "Ann Moor said it rains.",
            "Bob Lee met Ann Moor. The talks went on for hours. It was late. He said it rains.",
        ),
        ("Ann Moor left. She said it rains.", "Ann Moor left. Eve Lee stayed. Late at night she said it rains."),
    ],
    ids=["a name, a distant pronoun", "one person, two"],
)
def test_confidence_of_the_speaker_follows_the_evidence(clear: str, doubtful: str) -> None:
    confidences = [extract(Document.from_text(text))[-1].speaker_confidence or 0.0 for text in (clear, doubtful)]
    assert confidences[0] > confidences[1]


def test_only_a_resolved_speaker_has_a_confidence() -> None:
    quotations = extract(Document.from_text('Ann Moor said it rains.\n\n"The dam will hold," said the old sign.'))
    assert [quotation.speaker_confidence is not None for quotation in quotations] == [
        isinstance(quotation.speaker, Resolved) for quotation in quotations
    ]


ANN = Resolved("Ann Moor", EntityKind.PERSON)
PEOPLE = [("Ann Moor", 3.0), ("Eve Lee", 2.0), ("Ida Roy", 1.0)]


@pytest.mark.parametrize(
    ("speaker", "confidence", "alternatives", "candidates"),
    [
        (ANN, 0.95, PEOPLE, []),
        (ANN, 0.7, PEOPLE, [("Ann Moor", 0.7), ("Eve Lee", 0.2), ("Ida Roy", 0.1)]),
        (ANN, 0.1, PEOPLE, [("Eve Lee", 0.6), ("Ida Roy", 0.3), ("Ann Moor", 0.1)]),
        (ANN, 0.7, [], [("Ann Moor", 0.7)]),
        (ANN, 0.7, [("Eve Lee", 0.0)], [("Ann Moor", 0.7)]),
        (Ambiguous(("Ann Moor", "Ida Roy")), None, [PEOPLE[0], PEOPLE[2]], [("Ann Moor", 0.75), ("Ida Roy", 0.25)]),
        (Unresolved(), None, PEOPLE, []),
    ],
    ids=["certain", "uncertain", "unlikely", "nobody else", "no salience", "ambiguous", "unresolved"],
)
def test_candidates(
    speaker: Speaker,
    confidence: float | None,
    alternatives: list[tuple[str, float]],
    candidates: list[tuple[str, float]],
) -> None:
    assert list(list_candidates(speaker, confidence, alternatives)) == candidates


def test_an_ambiguous_name_lists_its_candidates() -> None:
    text = "Ann Moor and Bob Moor spoke at the mill. The roof is new, Moor said."
    (quotation,) = extract(Document.from_text(text))
    assert isinstance(quotation.speaker, Ambiguous)
    assert {candidate.name for candidate in quotation.candidates} == {"Ann Moor", "Bob Moor"}
    assert sum(candidate.share for candidate in quotation.candidates) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("head", ["", "version: 1\n", "confidence: 3\n", "confidence:\n  constant: x\n"])
def test_card_without_coefficients(tmp_path: Path, head: str) -> None:
    path = tmp_path / "speakers.md"
    path.write_text(f"---\n{head}---\n")
    with pytest.raises(ModelError, match=r"speakers\.md: "):
        load_speaker_coefficients(path)
