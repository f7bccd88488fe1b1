"""Confidence: a share, by the model card's coefficients."""

import math

import pytest

from claims.extraction import Kind
from claims.extraction.candidates import Candidate
from claims.extraction.confidence import MAX_CONFIDENCE, MIN_CONFIDENCE, confidence_features, predict_confidence
from claims.extraction.tagger import LinkedAttribution, TaggedRun
from claims.extraction.tagger.tags import Tag


def make_candidate(content: float, source: float | None = 0.9) -> Candidate:
    said_by = None if source is None else TaggedRun(Tag.SOURCE, 0, 1, source)
    return Candidate.of(
        LinkedAttribution((TaggedRun(Tag.CONTENT, 2, 5, content),), TaggedRun(Tag.CUE, 1, 2, 0.9), said_by, 0.9, 0.9)
    )


def test_the_logistic_of_the_signs() -> None:
    assert predict_confidence({"constant": 1.0, "cue": 2.0}, {"constant": -1.0, "cue": 1.0}) == round(
        1 / (1 + math.exp(-1)), 3
    )


@pytest.mark.parametrize(("total", "expected"), [(800.0, MAX_CONFIDENCE), (-800.0, MIN_CONFIDENCE)])
def test_bounds(total: float, expected: float) -> None:
    assert predict_confidence({"constant": total}, {"constant": 1.0}) == expected


def test_a_surer_part_raises_it() -> None:
    coefficients = {"content": 0.5, "source": 0.5}
    low, high = (
        predict_confidence(confidence_features(make_candidate(share), Kind.DIRECT, words=3), coefficients)
        for share in (0.5, 0.95)
    )
    assert low < high


def test_no_source_is_a_sign() -> None:
    assert confidence_features(make_candidate(0.9, None), Kind.INDIRECT, words=3)["no source"] == 1.0
    assert confidence_features(make_candidate(0.9, None), Kind.INDIRECT, words=3)["source"] == 0.0


def test_signs_no_coefficient_is_given_for_say_nothing() -> None:
    assert predict_confidence({"constant": 0.0, "new": 5.0}, {"constant": 1.0}) == 0.5
