import pytest

from claims.extraction import Ambiguous, Document, Kind, Resolved, extract
from claims.extraction.confidence import predict_confidence
from claims.extraction.english.candidates import Candidate
from claims.extraction.english.confidence import confidence_features
from claims.extraction.english.tagger import LinkedAttribution, TaggedRun
from claims.extraction.english.tagger.tags import Tag


def make_candidate(content: float, source: float | None = 0.9) -> Candidate:
    said_by = None if source is None else TaggedRun(Tag.SOURCE, 0, 1, source)
    return Candidate.from_linked(
        LinkedAttribution((TaggedRun(Tag.CONTENT, 2, 5, content),), TaggedRun(Tag.CUE, 1, 2, 0.9), said_by, 0.9, 0.9)
    )


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


def test_an_ambiguous_name_lists_its_candidates() -> None:
    text = "Ann Moor and Bob Moor spoke at the mill. The roof is new, Moor said."
    (quotation,) = extract(Document.from_text(text))
    assert isinstance(quotation.speaker, Ambiguous)
    assert {candidate.name for candidate in quotation.candidates} == {"Ann Moor", "Bob Moor"}
    assert sum(candidate.share for candidate in quotation.candidates) == pytest.approx(1, abs=0.01)
