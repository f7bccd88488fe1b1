"""The differences between two versions of a text."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.services.history.word_diff import DiffOp
from claims.services.sources import text_diff
from claims.services.sources.text_diff import diff_texts, find_matching_blocks

ELEMENTS = st.lists(st.sampled_from("abcd"), max_size=30)


def format_changes(old: str, new: str) -> list[str]:
    """Each change with its context, `[-removed-]` and `[+added+]` text."""
    formats = {DiffOp.KEPT: "{}", DiffOp.GONE: "[-{}-]", DiffOp.NEW: "[+{}+]"}
    return [
        "".join(formats[segment.op].format(segment.text) for segment in change.segments)
        for change in diff_texts(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("Rivers are full.", "Rivers are full.", [], id="same"),
        pytest.param("", "", [], id="empty"),
        pytest.param("Rivers are full.", "Rivers are dry.", ["Rivers are [-full-][+dry+]."], id="word"),
        pytest.param("A. B. C.", "A. C.", ["A. [-B. -]C."], id="sentence-gone"),
        pytest.param("A. C.", "A. B. C.", ["A. [+B. +]C."], id="sentence-new"),
        pytest.param("", "Rivers.", ["[+Rivers.+]"], id="all-new"),
        pytest.param("Rivers.", "", ["[-Rivers.-]"], id="all-gone"),
        pytest.param("Реки полны.", "Реки сухи.", ["Реки [-полны-][+сухи+]."], id="cyrillic"),
        pytest.param("Full 🌊 now", "Full 🌧 now", ["Full [-🌊-][+🌧+] now"], id="emoji"),
        pytest.param("a\r\nb", "a\nb", ["a[-\r-]\nb"], id="crlf"),
        pytest.param("Ford said so.", "On a Monday so.", ["[-Ford said-][+On a Monday+] so."], id="several-words"),
        pytest.param(
            "One. Two. Three. Four.",
            "One! Two. Three. Five.",
            ["One[-.-][+!+] Two. Three. ", "Two. Three. [-Four-][+Five+]."],
            id="two-places",
        ),
    ],
)
def test_changes(old: str, new: str, expected: list[str]) -> None:
    assert format_changes(old, new) == expected


def test_offsets_are_those_of_the_changed_sentence() -> None:
    (change,) = diff_texts("One. Two. Three.", "Nought. One. Two. Free.")[1:]
    assert (change.old_at, change.new_at) == (10, 18)


@given(ELEMENTS, ELEMENTS)
def test_matching_blocks_match_and_are_in_order(first: list[str], second: list[str]) -> None:
    i = j = 0
    for block_i, block_j, n in find_matching_blocks(first, second):
        assert first[block_i : block_i + n] == second[block_j : block_j + n]
        assert block_i >= i
        assert block_j >= j
        assert n > 0
        i, j = block_i + n, block_j + n


@given(st.text(alphabet="ab .\n", max_size=60), st.text(alphabet="ab .\n", max_size=60))
def test_segments_account_for_the_difference_in_length(old: str, new: str) -> None:
    segments = [segment for change in diff_texts(old, new) for segment in change.segments]
    removed = sum(len(segment.text) for segment in segments if segment.op is DiffOp.GONE)
    added = sum(len(segment.text) for segment in segments if segment.op is DiffOp.NEW)
    assert len(new) - len(old) == added - removed
    assert bool(segments) == (old != new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("word " * 60_000, "other " * 60_000, id="one-sentence-without-a-match"),
        pytest.param("a b. " * 30_000, "b a. " * 30_000, id="one-repeated-sentence"),
        pytest.param(
            "".join(f"Line {n}.\n" for n in range(30_000)),
            "".join(f"Line {n}.\n" for n in reversed(range(30_000))),
            id="reversed",
        ),
        pytest.param("x" * 300_000, "y" * 300_000, id="one-word"),
    ],
)
def test_the_work_is_bounded(old: str, new: str) -> None:
    """The number of executed lines, the same on every machine, grows linearly with the length of the texts."""
    lines = 0

    def count(frame: object, event: str, arg: object) -> object:
        nonlocal lines
        lines += event == "line"
        return count

    previous_trace = sys.gettrace()
    sys.settrace(count)
    try:
        changes = text_diff.diff_texts.__wrapped__(old, new)
    finally:
        sys.settrace(previous_trace)
    assert changes
    assert lines < 40 * (len(old) + len(new))
    assert all(len(segment.text) < 2 * text_diff.MAX_SHOWN_LENGTH for change in changes for segment in change.segments)


def test_a_long_change_is_truncated_with_its_length() -> None:
    assert "(3,001 characters)" in format_changes("Start. End.", f"Start. {'x' * 3000} End.")[0]
