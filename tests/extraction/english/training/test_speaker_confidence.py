"""The fit of the speakers' confidence: what it is fitted on, and that each genre is judged by the others."""

from pathlib import Path

import pytest

from claims.extraction.confidence import load_coefficients
from claims.extraction.english.training.speaker_confidence import (
    OTHER_GENRES,
    Sample,
    build_card,
    cross_validate,
    fit_coefficients,
    main,
)

TEXT = "Ann Moor said it rains. Bob Lee met her. The dam will hold, he said."
ANNOTATIONS = """\
T1\tSource 0 8\tAnn Moor
T2\tCue 9 13\tsaid
T3\tContent 14 22\tit rains
T4\tContent 41 58\tThe dam will hold
T5\tSource 60 62\the
T6\tCue 63 67\tsaid
E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3
E2\tAttribution:T6 Source:T5 Cue:T6 Content:T4
#1\tAnnotatorNotes E1\tspeaker: Ann Moor; kind: person; mention: name
#2\tAnnotatorNotes E2\tspeaker: Bob Lee; kind: person; mention: pronoun
"""


def test_the_card_is_written_and_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text(TEXT)
    (tmp_path / "mill.ann").write_text(ANNOTATIONS)
    (tmp_path / "road.txt").write_text(TEXT)
    (tmp_path / "road.ann").write_text(ANNOTATIONS)
    card = tmp_path / "speakers.md"
    main([str(tmp_path), "--out", str(card)])
    coefficients = load_coefficients(card, "confidence")
    assert coefficients["constant"] > 0
    assert {"pronoun", "one word", "quotation"} <= set(coefficients)
    assert "other genres (2 texts)" in card.read_text()
    assert "| capitals | " in card.read_text()


def test_corpus_that_names_no_speakers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text(TEXT)
    (tmp_path / "mill.ann").write_text("")
    with pytest.raises(SystemExit, match="name no speakers"):
        main([str(tmp_path), "--out", str(tmp_path / "speakers.md")])


def make_samples(genre: str, count: int, *, is_right: bool) -> list[Sample]:
    return [Sample(OTHER_GENRES, genre, {"constant": 1.0}, is_right)] * count


def test_a_genre_is_judged_by_the_others() -> None:
    """By its own outcomes, the wrong genre would get a low confidence."""
    samples = [*make_samples("sport", 40, is_right=True), *make_samples("court", 40, is_right=False)]
    low, high = cross_validate(samples)[OTHER_GENRES]
    assert (low.accuracy, high.accuracy) == (1.0, 0.0)


def test_other_genres_count_more() -> None:
    samples = make_samples("sport", 20, is_right=False)
    polnear = [Sample("PolNeAR", "nyt", {"constant": 1.0}, is_right=True)] * 20
    assert fit_coefficients([*samples, *polnear])["constant"] < 0


def test_the_card_says_how_many_are_right() -> None:
    card = build_card(make_samples("sport", 3, is_right=True) + make_samples("court", 1, is_right=False), {"x": 2})
    assert "4 resolved speakers, of which 3 are right: x (2 texts)" in card
