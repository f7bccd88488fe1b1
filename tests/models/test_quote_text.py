"""A quote as people read it: its parts joined, and quotation marks around direct words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.models.quote_text import shown_text, with_marks
from claims.services.quotes import graphemes

# id, the text with [the parts of the quote] in brackets, the quote as shown
SHOWN = [
    ("one-part", '"[We will go]", he said', "We will go"),
    ("comma-of-the-sentence", '"[We will go,]" he said', "We will go"),
    ("full-stop", '"[We will go.]"', "We will go."),
    ("question-mark", '"[Shall we go?]" he asked', "Shall we go?"),
    ("ellipsis", '"[We will go…]" he said', "We will go…"),
    ("dash", '"[We will go—]" he began', "We will go—"),
    ("commas-inside", '"[Yes, we go, now,]" he said', "Yes, we go, now"),
    ("fullwidth-comma", "“[我们会去，]”他说", "我们会去"),
    ("two-parts", '"[We will go,]" he said. "[We will stay.]"', "We will go […] We will stay."),
    ("sentence-goes-on", '"[We go,]" he said, "[and we stay.]"', "We go […] and we stay."),
    ("indirect-parts", "[The bridge], he said[, was unsafe].", "The bridge […] was unsafe"),
    ("next-paragraph", '"[Nobody came,]\n\n"[and we left.]"', "Nobody came, and we left."),
    ("quotation-goes-on", "“[Nobody came.]” “[We left,]” he said", "Nobody came. We left"),
    ("partly-direct", 'that [it was "a relief,"] he said', 'it was "a relief"'),
    ("partly-direct-goes-on", 'that [it was "a relief," though late]', 'it was "a relief," though late'),
    ("partly-direct-french", "que [c'était « un soulagement »]", "c'était « un soulagement »"),
    ("nothing-else", "he paused: [,]", ","),
]


@pytest.mark.parametrize(("marked", "shown"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_text_as_shown(marked: str, shown: str) -> None:
    text, spans = "", []
    for piece in marked.split("]"):
        before, bracket, part = piece.partition("[")
        text += before
        if bracket:
            spans.append([len(text), len(text) + len(part)])
            text += part
    assert shown_text(text, spans) == shown


@given(st.text(alphabet='a ,"”\n', min_size=1, max_size=30), st.data())
def test_text_as_shown_is_never_empty_and_keeps_the_words(text: str, data: st.DataObject) -> None:
    offsets = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = [list(pair) for pair in zip(offsets[::2], offsets[1::2], strict=False)]
    shown = shown_text(text, spans)
    exact = "".join(text[start:end] for start, end in spans)
    assert shown
    assert shown.count("a") == exact.count("a")
    assert graphemes.has_visible_text(shown) or not graphemes.has_visible_text(exact)


# kind, the text as shown, the same between the marks that it deserves
MARKED = [
    ("direct", "We will go.", "“We will go.”"),
    ("indirect", "they will go", "they will go"),
    ("mixed", 'it was "a relief"', 'it was "a relief"'),
    ("direct", 'They said "no" to us', '‘They said "no" to us’'),
    ("direct", "They said “no” to us", "‘They said “no” to us’"),
    ("direct", "They said ‘no’, didn't they", "“They said ‘no’, didn't they”"),
    ("direct", "“We will go.”", "“We will go.”"),
    ("direct", "“No” and “yes”", "‘“No” and “yes”’"),
    ("direct", "We will go […] We will stay.", "“We will go […] We will stay.”"),
]


@pytest.mark.parametrize(("kind", "text", "marked"), MARKED)
def test_marks_stand_around_direct_words_alone(kind: str, text: str, marked: str) -> None:
    assert with_marks(text, kind) == marked


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        pytest.param("ru", "Мы поедем.", "«Мы поедем.»", id="russian"),
        pytest.param("ru-RU", "Мы поедем.", "«Мы поедем.»", id="with-region"),
        pytest.param("uk", "Ми поїдемо.", "«Ми поїдемо.»", id="ukrainian"),
        pytest.param("ru", "Минск «готов» к учениям", "„Минск «готов» к учениям“", id="nested"),
        pytest.param("ru", "Минск “готов” к учениям", "«Минск “готов” к учениям»", id="other-marks-within"),
        pytest.param("ru", "«Мы поедем.»", "«Мы поедем.»", id="marked-already"),
        pytest.param("ru", "Make it great", "«Make it great»", id="english-words-in-a-russian-source"),
        pytest.param("en", "Слава", "“Слава”", id="russian-words-in-an-english-source"),
        pytest.param("de", "Wir gehen.", "“Wir gehen.”", id="language-without-marks-of-its-own"),
        pytest.param("", "НАТО и WHO", "«НАТО и WHO»", id="cyrillic-without-language"),
        pytest.param("", "They say да", "“They say да”", id="latin-without-language"),
        pytest.param("", "1945?", "“1945?”", id="no-letters"),
    ],
)
def test_marks_are_those_of_the_language_or_else_of_the_script(language: str, text: str, marked: str) -> None:
    assert with_marks(text, "direct", language) == marked


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        pytest.param("direct", "We will go.", "“We w…”", id="direct"),
        pytest.param("indirect", "they will go", "they…", id="indirect"),
        pytest.param("direct", "“We will go.”", "“We w…”", id="marked-already"),
        pytest.param("direct", "I say “no” to it", "‘I sa…’", id="marks-that-are-cut-off"),
        pytest.param("direct", "We go", "“We go”", id="short-enough"),
    ],
)
def test_a_quote_is_cut_between_its_marks(kind: str, text: str, shown: str) -> None:
    assert with_marks(text, kind, "en", max_length=5) == shown
