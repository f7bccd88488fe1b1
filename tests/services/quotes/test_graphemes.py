import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.services.quotes.graphemes import expand_to_graphemes, has_visible_text, is_grapheme_boundary, strip_span

# id, text, offsets at which it may not be cut
GRAPHEMES = [
    ("letters", "abc", []),
    ("combining-acute", "e\u0301t", [1]),
    ("two-marks", "a\u0323\u0302b", [1, 2]),
    ("mark-after-a-line-break-stands-alone", "a\n\u0301b", []),
    ("crlf", "a\r\nb", [2]),
    ("lfcr", "a\n\rb", []),
    ("astral-letter", "\U0001d400b", []),
    ("skin-tone", "\U0001f44d\U0001f3fd!", [1]),
    ("family", "\U0001f468\u200d\U0001f469\u200d\U0001f467!", [1, 2, 3, 4]),
    ("heart-on-fire", "\u2764\ufe0f\u200d\U0001f525", [1, 2, 3]),
    ("keycap", "1\ufe0f\u20e3", [1, 2]),
    ("two-flags", "\U0001f1fa\U0001f1e6\U0001f1f7\U0001f1fa", [1, 3]),
    ("flag-of-scotland", "\U0001f3f4\U000e0067\U000e0062\U000e007f.", [1, 2, 3]),
    ("arabic-vowels", "\u0645\u064e\u0631\u062d", [1]),
    ("hebrew-points", "\u05e9\u05c1\u05b8\u05dc", [1, 2]),
    ("devanagari-vowel", "\u0915\u093f", [1]),
    ("hangul-jamo", "\u1112\u1161\u11ab\u1100", [1, 2]),
    ("persian-non-joiner", "\u0645\u06cc\u200c\u062e", [2]),
]


@pytest.mark.parametrize(("text", "torn"), [row[1:] for row in GRAPHEMES], ids=[row[0] for row in GRAPHEMES])
def test_boundaries(text: str, torn: list[int]) -> None:
    assert [at for at in range(len(text) + 1) if not is_grapheme_boundary(text, at)] == torn


@pytest.mark.parametrize(("text", "torn"), [row[1:] for row in GRAPHEMES], ids=[row[0] for row in GRAPHEMES])
def test_spans_are_expanded_to_graphemes(text: str, torn: list[int]) -> None:
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            first, last = expand_to_graphemes(text, start, end)
            assert first <= start < end <= last
            assert {first, last}.isdisjoint(torn)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (" a b ", "a b"),
        ("\r\na\r\n", "a"),
        ("\u00a0a\u3000", "a"),
        ("\u200ba\ufeff", "a"),
        (" \t\n", ""),
        ("a", "a"),
    ],
    ids=["spaces", "crlf", "other-spaces", "invisible", "nothing", "no-blanks"],
)
def test_strip_span(text: str, left: str) -> None:
    start, end = strip_span(text, 0, len(text))
    assert text[start:end] == left


@pytest.mark.parametrize(
    ("text", "visible"),
    [("a", True), ("\u200d\u200e", False), (" \u00a0", False), ("\u0301", True), ("\x00", False), ("…", True)],
)
def test_has_visible_text(text: str, visible: bool) -> None:
    assert has_visible_text(text) is visible


@given(st.text(alphabet="ae\u0301\r\n \u200d\U0001f468\U0001f3fd\U0001f1fa\u05b8\u1100\u1161", max_size=30), st.data())
def test_expanding_is_idempotent(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    once = expand_to_graphemes(text, start, end)
    assert expand_to_graphemes(text, *once) == once
