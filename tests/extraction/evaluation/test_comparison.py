"""Scores of texts that are small enough to count by hand."""

from collections.abc import Sequence

import pytest

from claims.extraction.evaluation.comparable_quotes import Subset
from claims.extraction.evaluation.comparison import Comparison, MatchCounts, Measure, ScoreKey, sum_scores
from claims.extraction.evaluation.word_index import WordIndex
from tests.extraction.corpus.brat_files import MarkedAttribution
from tests.extraction.evaluation.test_comparable_quotes import make_annotated_quotes, make_predicted_quotes

TEXT = 'Ann Moor said rivers are full. Bob Lee said "roads are dry". A spokesman for Lee hopes that mills burn.'
GOLD = [
    ("Ann Moor", "said", "rivers are full"),
    ("Bob Lee", "said", '"roads are dry"'),
    ("A spokesman for Lee", "hopes", "that mills burn"),
]
# An exact match; one word missing; all but "that", with a wrong speaker; not annotated.
PREDICTED = [
    ("Moor", "said", "rivers are full"),
    ("Bob Lee", "said", "roads are"),
    ("for Lee", "hopes", "mills burn"),
    ("", "", "Ann Moor"),
]


def score_marked(
    text: str = TEXT, gold: Sequence[MarkedAttribution] = GOLD, predicted: Sequence[MarkedAttribution] = PREDICTED
) -> dict[ScoreKey, MatchCounts]:
    return Comparison.match(
        WordIndex.from_text(text), make_annotated_quotes(text, *gold), make_predicted_quotes(text, *predicted)
    ).scores()


@pytest.mark.parametrize(
    ("measure", "subset", "expected"),
    [
        (Measure.EXACT, Subset.ALL, (1, 4, 3)),
        (Measure.EXACT_CORE, Subset.ALL, (2, 4, 3)),
        (Measure.OVERLAP, Subset.ALL, (3 + 2 + 2, 3 + 2 + 2 + 2, 3 + 3 + 3)),
        (Measure.WORD, Subset.ALL, (7, 9, 9)),
        (Measure.WORD_ATTRIBUTED, Subset.ALL, (3 + 2, 9, 9)),
        (Measure.ATTRIBUTED, Subset.ALL, (2, 4, 3)),
        (Measure.ATTRIBUTED, Subset.SPEECH, (2, 2 + 1, 2)),
        (Measure.ATTRIBUTED, Subset.QUOTED, (1, 1, 1)),
        (Measure.ATTRIBUTED, Subset.DIRECT, (1, 1, 1)),
        (Measure.ATTRIBUTED, Subset.SPEECH_QUOTED, (1, 1, 1)),
        (Measure.ATTRIBUTED, Subset.SPEECH_INDIRECT, (1, 1 + 1, 1)),
        (Measure.DETECTED, Subset.ALL, (3, 4, 3)),
        (Measure.DETECTED, Subset.SPEECH, (2, 2 + 1, 2)),
        (Measure.SPEAKER, Subset.ALL, (2, 3, 3)),
        (Measure.SPEAKER, Subset.SPEECH, (2, 2, 2)),
    ],
)
def test_counts(measure: Measure, subset: Subset, expected: tuple[int, int, int]) -> None:
    assert score_marked()[measure, subset] == expected


def test_annotations_score_one_against_themselves() -> None:
    assert all(count.f1 == 1 for count in score_marked(predicted=[*GOLD[:2], ("A spokesman", *GOLD[2][1:])]).values())


def test_nothing_predicted_and_nothing_annotated() -> None:
    assert score_marked(predicted=[])[Measure.ATTRIBUTED, Subset.ALL] == (0, 0, 3)
    assert score_marked(gold=[])[Measure.ATTRIBUTED, Subset.ALL] == (0, 4, 0)
    assert all(count == (0, 0, 0) and count.f1 == 0 for count in score_marked(gold=[], predicted=[]).values())


def test_other_mention_of_the_name() -> None:
    text = "Ann Lee came. Lee added it snows."
    scores = score_marked(text, [("Ann Lee", "added", "it snows")], [("Lee added", "added", "it snows")])
    assert scores[Measure.ATTRIBUTED_NAME, Subset.ALL] == (1, 1, 1)
    assert scores[Measure.ATTRIBUTED, Subset.ALL] == (0, 1, 1)


def test_each_annotation_matches_once() -> None:
    twice = score_marked(predicted=[GOLD[0], GOLD[0]])
    assert twice[Measure.EXACT, Subset.ALL] == (1, 2, 3)
    assert twice[Measure.ATTRIBUTED, Subset.ALL] == (1, 2, 3)
    assert twice[Measure.OVERLAP, Subset.ALL] == (3, 6, 9)
    assert twice[Measure.WORD, Subset.ALL] == (3, 3, 9)


@pytest.mark.parametrize(
    ("predicted", "matched"),
    [
        ([("", "", "b c d"), ("", "", "a b c d")], {0: 1}),
        ([("Bob", "", "a b c d"), ("Ann", "", "a b c d")], {0: 1}),
        ([("", "", "a b c d"), ("", "", "a b c d")], {0: 0}),
        ([("", "", "a b")], {0: 0}),
        ([("", "", "a")], {}),
    ],
    ids=["the likest", "the right speaker", "the first", "half", "less than half"],
)
def test_matches(predicted: list[tuple[str, str, str]], matched: dict[int, int]) -> None:
    text = "Ann and Bob: a b c d"
    words = WordIndex.from_text(text)
    compared = Comparison.match(
        words, make_annotated_quotes(text, ("Ann", "", "a b c d")), make_predicted_quotes(text, *predicted)
    )
    assert compared.matches == matched


def test_match_outside_the_subset_is_not_an_error() -> None:
    # Annotated as no speech, predicted as speech: neither right nor wrong about speech.
    scores = score_marked(
        gold=[("Ann Moor", "hopes", "rivers are full")], predicted=[("Ann Moor", "said", "rivers are full")]
    )
    assert scores[Measure.ATTRIBUTED, Subset.SPEECH] == (0, 0, 0)
    assert scores[Measure.ATTRIBUTED, Subset.ALL] == (1, 1, 1)


def test_outcomes() -> None:
    compared = Comparison.match(
        WordIndex.from_text(TEXT), make_annotated_quotes(TEXT, *GOLD), make_predicted_quotes(TEXT, *PREDICTED)
    )
    assert [right for _, right in compared.outcomes()] == [True, True, False, False]


def test_precision_recall_and_f1() -> None:
    count = MatchCounts(1, 2, 4)
    assert (count.precision, count.recall) == (0.5, 0.25)
    assert count.f1 == pytest.approx(1 / 3)


def test_totals_are_sums() -> None:
    exact, words = (Measure.EXACT, Subset.ALL), (Measure.WORD, Subset.ALL)
    assert sum_scores([{exact: MatchCounts(1, 2, 3), words: MatchCounts(1, 1, 1)}, {exact: MatchCounts(1, 0, 4)}]) == {
        exact: (2, 2, 7),
        words: (1, 1, 1),
    }
    assert sum_scores([]) == {}
