"""Scores of resolved speakers: names and their parts, the unnamed, kinds, and quotations that were missed."""

import pytest

from claims.extraction import EntityKind, MentionKind, Resolved
from claims.extraction.corpus import AnnotatedSpeaker, Attribution
from claims.extraction.evaluation import (
    Comparison,
    Outcome,
    Prediction,
    WordIndex,
    annotated_quotes,
    predicted_quotes,
    score_speakers,
    speaker_outcomes,
)
from claims.extraction.evaluation.speaker_scores import is_same_name

TEXT = "one two three four five"
WORDS = WordIndex.from_text(TEXT)
PERSON, ORGANIZATION, GROUP, UNNAMED = EntityKind
NAME, PRONOUN, NOMINAL = MentionKind
ANN = AnnotatedSpeaker("Ann Moor", PERSON, NAME)


@pytest.mark.parametrize(
    ("name", "annotated", "is_same"),
    [
        ("Ann Moor", "Ann Moor", True),
        ("Mrs. Moor", "Ann Moor", True),
        ("Dr Ann B. Moor", "Ann Moor", True),
        ("The Hill Times", "Hill Times", True),
        ("Lee", "Bob Lee", False),  # there is another Lee
        ("Bob Lee", "Eve Lee", False),
        ("Ann", "Ann Moor", False),
        ("Moor Foundation", "Ann Moor", False),
        ("", "Ann Moor", False),
    ],
)
def test_same_name(name: str, annotated: str, *, is_same: bool) -> None:
    assert is_same_name(name, annotated, {"Ann Moor", "Bob Lee", "Eve Lee"}, {"mr", "mrs", "the"}) is is_same


def compare(*pairs: tuple[AnnotatedSpeaker | None, Resolved | str | None]) -> Comparison:
    """A comparison of one quotation a pair; a prediction "missed" is left out."""
    attributions, predictions = [], []
    for span, (annotated, resolved) in zip(WORDS.spans, pairs, strict=False):
        attributions.append(Attribution((), (), (span,), annotated))
        if not isinstance(resolved, str):
            predictions.append(Prediction((span,), (), (), 0.9, resolved, 0.8))
    return Comparison.match(WORDS, annotated_quotes(WORDS, attributions), predicted_quotes(WORDS, predictions))


def test_outcomes_by_kind_of_mention() -> None:
    comparison = compare(
        (ANN, Resolved("Moor", PERSON)),
        (AnnotatedSpeaker("Bob Lee", PERSON, PRONOUN), Resolved("Ann Moor", PERSON)),
        (AnnotatedSpeaker("Hill Times", ORGANIZATION, NOMINAL), None),
        (AnnotatedSpeaker("Bob Lee", PERSON, None), "missed"),
    )
    scores = score_speakers([comparison])
    assert scores
    assert scores.outcomes[NAME] == {Outcome.RIGHT: 1}
    assert scores.outcomes[PRONOUN] == {Outcome.WRONG: 1}
    assert scores.outcomes[NOMINAL] == {Outcome.UNRESOLVED: 1}
    assert scores.outcomes[None] == dict.fromkeys(Outcome, 1)
    assert [right for _, right in speaker_outcomes(comparison)] == [True, False]


def test_unnamed_speakers_and_kinds() -> None:
    comparison = compare(
        (ANN, Resolved("Ann Moor", ORGANIZATION)),
        (AnnotatedSpeaker("a man", UNNAMED, NOMINAL), Resolved("Moor", PERSON)),
        (AnnotatedSpeaker("a man", UNNAMED, NOMINAL), Resolved("a man", UNNAMED)),
        (AnnotatedSpeaker("experts", GROUP, NOMINAL), None),
        (AnnotatedSpeaker("experts", GROUP, NOMINAL), "missed"),
    )
    scores = score_speakers([comparison])
    assert scores
    assert (scores.unnamed.right, scores.unnamed.predicted) == (2, 3)
    assert (scores.kinds.right, scores.kinds.predicted) == (1, 3)
    assert (scores.persons.right, scores.persons.predicted) == (0, 1)
    assert [right for _, right in speaker_outcomes(comparison)] == [True, False, True]


def test_corpus_that_names_no_speakers_has_no_scores() -> None:
    assert score_speakers([compare((None, Resolved("Ann Moor", PERSON)))]) is None
    assert not list(speaker_outcomes(compare((None, Resolved("Ann Moor", PERSON)))))
