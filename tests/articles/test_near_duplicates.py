"""What texts have in common, whatever their marks and spelling."""

import time
from itertools import combinations

import pytest

from claims.articles.near_duplicates import (
    BANDS,
    comparable_words,
    compare_runs,
    compute_bands,
    split_into_runs,
)
from tests.forms_of_a_story import ORIGINAL, OTHER_STORIES, TWELVE_FORMS


@pytest.mark.parametrize("form", TWELVE_FORMS)
def test_each_form_of_a_story_is_a_candidate_and_contains_the_story(form: str) -> None:
    runs, original = split_into_runs(TWELVE_FORMS[form]), split_into_runs(ORIGINAL)
    assert set(compute_bands(runs)) & set(compute_bands(original))
    assert compare_runs(runs, original).of_shorter > 0.8


@pytest.mark.parametrize("story", OTHER_STORIES)
def test_other_stories_have_little_in_common(story: str) -> None:
    runs = split_into_runs(OTHER_STORIES[story])
    assert all(compare_runs(runs, split_into_runs(form)).of_shorter < 0.4 for form in TWELVE_FORMS.values())


def test_marks_capitals_and_spelling_do_not_count() -> None:
    first = comparable_words("“The Labour centre’s programme: travelling, analysed & organised — in grey colours.”")
    assert first == comparable_words('"the labor center\'s program traveling analyzed, organized in gray colors"')
    assert comparable_words("14 months") != comparable_words("16 months")


def test_overlap_is_of_each_text() -> None:
    words = [f"word{n}" for n in range(103)]
    overlap = compare_runs(split_into_runs(" ".join(words)), split_into_runs(" ".join(words[:53])))
    assert (overlap.of_first, overlap.of_second, overlap.of_shorter) == (0.5, 1, 1)
    nothing = split_into_runs("")
    assert compare_runs(nothing, nothing).of_shorter == 0


def test_bands_are_always_the_same_and_fit_a_column() -> None:
    bands = compute_bands(split_into_runs(" ".join(map(str, range(100)))))
    assert len(bands) == BANDS
    assert bands[:2] == (3323950419650481928, 2152055857632895471)
    assert all(-(2**63) <= band < 2**63 for band in bands)
    assert compute_bands(split_into_runs("too short to be compared with any other text")) == ()


def test_unrelated_texts_share_no_band() -> None:
    texts = [" ".join(f"w{n * 7919 % 5003}x{seed}" for n in range(400)) for seed in range(20)]
    bands = [set(compute_bands(split_into_runs(text))) for text in texts]
    assert not any(one & other for one, other in combinations(bands, 2))


@pytest.mark.parametrize(
    "text", ["said " * 300_000, " ".join(map(str, range(300_000))), "“" * 900_000, "x" * 2_000_000]
)
def test_long_and_repetitive_texts_take_seconds(text: str) -> None:
    started = time.process_time()
    compute_bands(split_into_runs(text))
    assert time.process_time() - started < 5
