"""The words of a text, those that spans touch, and those between quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction import Span
from claims.extraction.evaluation.word_index import WordIndex

TEXT = "Ann's old-time mill: “So it's 3.5!”"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0, 35), ["Ann", "s", "old", "time", "mill", "So", "it", "s", "3", "5"]),
        ((0, 3), ["Ann"]),
        ((2, 7), ["Ann", "s", "old"]),
        ((3, 4), []),
        ((5, 5), []),
        ((7, 5), []),
        ((30, 900), ["3", "5"]),
        ((900, 901), []),
    ],
    ids=["all", "one", "touched", "a mark", "empty", "turned round", "beyond the end", "behind the end"],
)
def test_indexes_in_a_span(span: tuple[int, int], expected: list[str]) -> None:
    words = WordIndex.from_text(TEXT)
    assert [words.spans[index].of(TEXT) for index in sorted(words.indexes_in([Span(*span)]))] == expected


def test_indexes_in_several_spans() -> None:
    assert WordIndex.from_text("a b c d").indexes_in([Span(0, 1), Span(4, 7), Span(6, 7)]) == {0, 2, 3}


@given(st.text(alphabet="ab \n\"“'é", max_size=30), st.integers(0, 31), st.integers(0, 31))
def test_indexes_are_those_that_share_a_character(text: str, start: int, end: int) -> None:
    words = WordIndex.from_text(text)
    plain = {index for index, word in enumerate(words.spans) if set(range(*word)) & set(range(start, end))}
    assert words.indexes_in([Span(start, end)]) == plain


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('no "yes yes" no', "yes yes"),
        ("no “yes” no „yes” no «yes» no", "yes yes yes"),
        ('no "yes\nno "yes', "yes yes"),
        ('no" yes" no', "yes"),
        ("no ‘no’ it's no", ""),
        ("no” no “yes “yes” no", "yes yes"),
    ],
    ids=["straight", "curly, low and angled", "ends with its paragraph", "a lone one opens", "single", "only an outer"],
)
def test_quoted_words(text: str, quoted: str) -> None:
    words = WordIndex.from_text(text)
    assert " ".join(words.lower(index) for index in sorted(words.quoted)) == quoted
