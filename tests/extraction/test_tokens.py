"""Tokens and the side of the quotation marks they are on, in any style of marks."""

import pytest

from claims.extraction import Document
from claims.extraction.text.tokens import TokenizedDocument, tokenize_document


def tokenize_text(text: str) -> TokenizedDocument:
    return tokenize_document(Document.from_text(text))


def quote_sides(text: str) -> str:
    return "".join("-(_)"[word.side] for word in tokenize_text(text).tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"We won," Moor said.', "(___)---", id="straight"),
        pytest.param("“We won,” Moor said.", "(___)---", id="curly"),
        pytest.param("«We won,» Moor said.", "(___)---", id="guillemets"),
        pytest.param("‘We won,’ Moor said.", "(___)---", id="single"),
        pytest.param("— We won,” Moor said.", "(___)---", id="dash closed by a lone mark"),
        pytest.param("Moor didn't say we won.", "------", id="an apostrophe is no mark"),
        pytest.param('"We won', "(__", id="never closed"),
        pytest.param("Nobody won.", "---", id="no marks"),
    ],
)
def test_sides(text: str, expected: str) -> None:
    assert quote_sides(text) == expected


@pytest.mark.parametrize("text", ["“We won,” Moor said.", "«We won,» Moor said.", "‘We won,’ Moor said."])
def test_all_marks_have_the_same_text(text: str) -> None:
    assert [word.text for word in tokenize_text(text).tokens] == ['"', "We", "won", ",", '"', "Moor", "said", "."]


def test_tokens_are_spans_of_the_text() -> None:
    text = "  Ann\u00a0Moor came home late.\r\nThe mayor said: «Go home, all of you!»\n"
    for word in tokenize_text(text).tokens:
        assert word.span.of(text).strip() == word.span.of(text) != ""
    assert [word.paragraph for word in tokenize_text(text).tokens] == [0] * 6 + [1] * 13


def test_boilerplate_is_left_out() -> None:
    document = tokenize_text("Advertisement\n\nThe river rose by a metre in the night, the mayor said on Monday.\n")
    assert document.tokens[0].text == "The"


def test_continued_quotation() -> None:
    document = tokenize_text('"We waited for a day.\n\n"Nobody came for us," the driver said.')
    assert [quoted.continues for quoted in document.quoted] == [None, 0]
    assert [document.span(quoted.start, quoted.end).of(document.text) for quoted in document.quoted] == [
        '"We waited for a day.',
        '"Nobody came for us,"',
    ]
