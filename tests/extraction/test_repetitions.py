"""Passages without end are shortened, and what is found around them keeps its place in the original."""

import pytest

from claims.extraction import Document, extract
from claims.extraction.text.repetitions import find_repetitions

QUOTE = '"The wall is weak," Ann Moor said on Monday.'


@pytest.mark.parametrize("unit", ["said ", "“", '"', '"a ', "“” ", "x", "'\"", "\ud800", "\n"])
def test_long_passage_is_shortened(unit: str) -> None:
    assert len(Document.from_text(unit * 900_000).text) < 200


@pytest.mark.parametrize("text", ["said " * 9000, QUOTE * 9000, " ".join(map(str, range(9000)))])
def test_other_text_stays(text: str) -> None:
    assert not list(find_repetitions(text))


@pytest.mark.parametrize("unit", ["said ", "-", "ha "])
def test_spans_are_those_of_the_original(unit: str) -> None:
    text = f"{QUOTE}\n\n{unit * 60_000}\n\n{QUOTE}"
    contents = [[span.of(text) for span in quotation.content] for quotation in extract(Document.from_text(text))]
    assert contents == [["The wall is weak,"], ["The wall is weak,"]]
