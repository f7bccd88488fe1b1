"""What changed from one text to another, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.services.history import word_diff
from claims.services.history.word_diff import DiffOp, diff_words, split_into_words

KEPT, GONE, NEW = DiffOp.KEPT, DiffOp.GONE, DiffOp.NEW


def marked(former: str, later: str, most: int = word_diff.MAX_COMPARED_PAIRS) -> str:
    """`[-gone-]{+new+}` within what was kept."""
    signs = {KEPT: "{}", GONE: "[-{}-]", NEW: "{{+{}+}}"}
    return "".join(signs[fate].format(text) for fate, text in diff_words(former, later, most=most))


@pytest.mark.parametrize(
    ("former", "later", "expected"),
    [
        ("The rivers are full.", "The rivers were full.", "The rivers [-are-]{+were+} full."),
        ("The rivers are full.", "Rivers are full.", "[-The rivers-]{+Rivers+} are full."),
        ("Rivers are full.", "Rivers are quite full.", "Rivers are {+quite +}full."),
        ("one two three", "one four five", "one [-two three-]{+four five+}"),
        ("a, b", "a; b", "a[-,-]{+;+} b"),
        ("a b", "a  b", "a[- -]{+  +}b"),
        ("e\u0301tude one", "etude one", "[-e\u0301tude-]{+etude+} one"),
        ("क्षत्रिय लोग", "क्षत्रीय लोग", "[-क्षत्रिय-]{+क्षत्रीय+} लोग"),
        ("שלום עולם טוב", "שלום לך טוב", "שלום [-עולם-]{+לך+} טוב"),
        ("👨‍👩‍👧 family 👍🏽", "👨‍👩‍👦 family 👍", "[-👨‍👩‍👧-]{+👨‍👩‍👦+} family [-👍🏽-]{+👍+}"),
        ("今天天气好", "今天天氣好", "今天天[-气-]{+氣+}好"),
        ("one\r\ntwo", "one\ntwo", "one[-\r-]\ntwo"),
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
        ("same", "same", "same"),
        ("", "", ""),
    ],
    ids=[
        *("a word", "a case", "one more", "two words", "a sign", "blanks", "a mark", "vowel signs", "right to left"),
        *("joined signs", "no spaces", "line ends", "from nothing", "to nothing", "same", "nothing"),
    ],
)
def test_what_changed(former: str, later: str, expected: str) -> None:
    assert marked(former, later) == expected


@given(
    st.text(alphabet="ab \n\u0301\u200d👍🏽ש天,", max_size=40),
    st.text(alphabet="ab \n\u0301\u200d👍🏽ש天,", max_size=40),
)
def test_both_texts_are_in_it(former: str, later: str) -> None:
    found = diff_words(former, later)
    assert "".join(text for fate, text in found if fate is not NEW) == former
    assert "".join(text for fate, text in found if fate is not GONE) == later
    assert all(text for _, text in found)
    assert "".join(split_into_words(former)) == former


@pytest.mark.parametrize("limit", [0, 10, 10_000])
def test_a_text_that_is_too_long_is_compared_by_lines_or_as_a_whole(limit: int) -> None:
    former, later = "a b c\nd e f\ng", "a b c\nd x f\ng y"
    expected = {
        0: "a b c\nd [-e f\ng-]{+x f\ng y+}",
        10: "a b c\nd [-e f\ng-]{+x f\ng y+}",
        10_000: "a b c\nd [-e-]{+x+} f\ng{+ y+}",
    }
    assert marked(former, later, limit) == expected[limit]


def test_long_texts_take_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    opcodes = word_diff.Indel.opcodes

    class Counted:
        @staticmethod
        def opcodes(old: list[int], new: list[int]) -> object:
            compared.append(len(old) * len(new))
            return opcodes(old, new)

    monkeypatch.setattr(word_diff, "Indel", Counted)
    former = " ".join(f"a{n % 7}" for n in range(30_000))
    later = " ".join(f"b{n % 7}" for n in range(30_000))
    assert len(diff_words(former, later)) == 2
    assert compared == [1]
