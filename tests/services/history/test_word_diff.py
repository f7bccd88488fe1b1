import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.services.history import word_diff
from claims.services.history.word_diff import DiffOp, diff_words, split_into_words

KEPT, GONE, NEW = DiffOp.KEPT, DiffOp.GONE, DiffOp.NEW


def format_diff(old: str, new: str, max_pairs: int = word_diff.MAX_COMPARED_PAIRS) -> str:
    """The diff with `[-removed-]` and `{+added+}` parts."""
    formats = {KEPT: "{}", GONE: "[-{}-]", NEW: "{{+{}+}}"}
    return "".join(formats[op].format(text) for op, text in diff_words(old, new, max_pairs=max_pairs))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
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
        *(
            "word",
            "case",
            "added word",
            "two words",
            "punctuation",
            "spaces",
            "combining mark",
            "vowel signs",
            "right to left",
        ),
        *("joined emoji", "no spaces", "line ends", "from empty", "to empty", "same", "empty"),
    ],
)
def test_diff(old: str, new: str, expected: str) -> None:
    assert format_diff(old, new) == expected


@given(
    st.text(alphabet="ab \n\u0301\u200d👍🏽ש天,", max_size=40),
    st.text(alphabet="ab \n\u0301\u200d👍🏽ש天,", max_size=40),
)
def test_the_parts_make_up_both_texts(old: str, new: str) -> None:
    parts = diff_words(old, new)
    assert "".join(text for op, text in parts if op is not NEW) == old
    assert "".join(text for op, text in parts if op is not GONE) == new
    assert all(text for _, text in parts)
    assert "".join(split_into_words(old)) == old


@pytest.mark.parametrize("max_pairs", [0, 10, 10_000])
def test_long_texts_are_compared_by_lines_or_as_a_whole(max_pairs: int) -> None:
    old, new = "a b c\nd e f\ng", "a b c\nd x f\ng y"
    expected = {
        0: "a b c\nd [-e f\ng-]{+x f\ng y+}",
        10: "a b c\nd [-e f\ng-]{+x f\ng y+}",
        10_000: "a b c\nd [-e-]{+x+} f\ng{+ y+}",
    }
    assert format_diff(old, new, max_pairs) == expected[max_pairs]


def test_very_long_texts_take_one_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    opcodes = word_diff.Indel.opcodes

    class CountingIndel:
        @staticmethod
        def opcodes(old: list[int], new: list[int]) -> object:
            compared.append(len(old) * len(new))
            return opcodes(old, new)

    monkeypatch.setattr(word_diff, "Indel", CountingIndel)
    old = " ".join(f"a{n % 7}" for n in range(30_000))
    new = " ".join(f"b{n % 7}" for n in range(30_000))
    assert len(diff_words(old, new)) == 2
    assert compared == [1]
