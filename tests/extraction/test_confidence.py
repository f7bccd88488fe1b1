import math

import pytest

from claims.extraction import Ambiguous, EntityKind, Kind, MentionKind, Resolved, Speaker, Unresolved
from claims.extraction.candidates import Candidate
from claims.extraction.confidence import (
    MAX_CONFIDENCE,
    MIN_CONFIDENCE,
    confidence_features,
    predict_confidence,
    speaker_confidence,
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


@pytest.mark.parametrize(("kind", "least"), [("name", 0.95), ("pronoun", 0.9), ("nominal", 0.5)])
def test_a_resolved_speaker_has_the_confidence_of_its_kind_of_mention(kind: str, least: float) -> None:
    assert speaker_confidence(Resolved("Ann Moor", EntityKind.PERSON), MentionKind(kind)) == least


@pytest.mark.parametrize("speaker", [Unresolved(), Ambiguous(("Ann Moor", "Bob Moor"))])
def test_an_unresolved_speaker_has_no_confidence(speaker: Speaker) -> None:
    assert speaker_confidence(speaker, MentionKind.NAME) is None
