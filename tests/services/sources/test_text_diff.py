"""What changed between two texts, told word by word."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.services.history.word_diff import DiffOp
from claims.services.sources import text_diff
from claims.services.sources.text_diff import diff_texts, find_matching_blocks

WORDS = st.lists(st.sampled_from("abcd"), max_size=30)


def shown(old: str, new: str) -> list[str]:
    signs = {DiffOp.KEPT: "{}", DiffOp.GONE: "[-{}-]", DiffOp.NEW: "[+{}+]"}
    return ["".join(signs[each.fate].format(each.text) for each in change.segments) for change in diff_texts(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
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
def test_what_is_told(old: str, new: str, told: list[str]) -> None:
    assert shown(old, new) == told


def test_offsets_are_those_of_the_changed_sentence() -> None:
    (change,) = diff_texts("One. Two. Three.", "Nought. One. Two. Free.")[1:]
    assert (change.old_at, change.new_at) == (10, 18)


@given(WORDS, WORDS)
def test_what_is_said_to_be_in_both_is(first: list[str], second: list[str]) -> None:
    i = j = 0
    for here, there, n in find_matching_blocks(first, second):
        assert first[here : here + n] == second[there : there + n]
        assert here >= i
        assert there >= j
        assert n > 0
        i, j = here + n, there + n


@given(st.text(alphabet="ab .\n", max_size=60), st.text(alphabet="ab .\n", max_size=60))
def test_nothing_is_left_out(old: str, new: str) -> None:
    """What is gone, and what is new, is what the one has more than the other."""
    told = [each for change in diff_texts(old, new) for each in change.segments]
    gone = sum(len(each.text) for each in told if each.fate is DiffOp.GONE)
    come = sum(len(each.text) for each in told if each.fate is DiffOp.NEW)
    assert len(new) - len(old) == come - gone
    assert bool(told) == (old != new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("word " * 60_000, "other " * 60_000, id="one-sentence-nothing-in-common"),
        pytest.param("a b. " * 30_000, "b a. " * 30_000, id="the-same-sentence-over-and-over"),
        pytest.param(
            "".join(f"Line {n}.\n" for n in range(30_000)),
            "".join(f"Line {n}.\n" for n in reversed(range(30_000))),
            id="all-in-another-order",
        ),
        pytest.param("x" * 300_000, "y" * 300_000, id="one-word"),
    ],
)
def test_the_work_is_bounded(old: str, new: str) -> None:
    """Lines run, which are the same on every machine, grow with the length and not with its square."""
    lines = 0

    def count(frame: object, event: str, arg: object) -> object:
        nonlocal lines
        lines += event == "line"
        return count

    former = sys.gettrace()
    sys.settrace(count)  # type: ignore[arg-type]  # as the standard library has it
    try:
        found = text_diff.diff_texts.__wrapped__(old, new)
    finally:
        sys.settrace(former)
    assert found
    assert lines < 40 * (len(old) + len(new))
    assert all(len(each.text) < 2 * text_diff.MAX_SHOWN_LENGTH for change in found for each in change.segments)


def test_a_long_change_is_shortened_and_says_so() -> None:
    assert "(3,001 characters)" in shown("Start. End.", f"Start. {'x' * 3000} End.")[0]
