"""Spans of an edited text are spans of the original, and the other way round."""

import pytest

from claims.extraction import Span
from claims.extraction.text.edited_text import Edit, EditedText

TEXT = "ab &quot;cd\nef"
EDITED = EditedText.apply(TEXT, [Edit(1, 1, "-"), Edit(3, 9, '"'), Edit(11, 12, ""), Edit(13, 14, "XYZ")])


def test_text() -> None:
    assert EDITED.text == 'a-b "cdeXYZ'


SPANS = [
    ("a", "a"),
    ("b", "b"),
    ("ab", "a-b"),
    ("&quot;", '"'),
    ("&quot;cd", '"cd'),
    ("cd", "cd"),
    ("e", "e"),
    ("cd\ne", "cde"),
    ("f", "XYZ"),
    (TEXT, EDITED.text),
]


@pytest.mark.parametrize(("original", "edited"), SPANS, ids=ascii)
def test_spans(original: str, edited: str) -> None:
    start, edited_start = TEXT.index(original), EDITED.text.index(edited)
    original_span = Span(start, start + len(original))
    edited_span = Span(edited_start, edited_start + len(edited))
    assert EDITED.original_span(edited_span) == original_span
    assert EDITED.edited_span(original_span) == edited_span


def test_part_of_an_edit() -> None:
    assert EDITED.original_span(Span(9, 10)).of(TEXT) == "f"
    assert EDITED.edited_span(Span(4, 6)).of(EDITED.text) == '"'


def test_without_edits() -> None:
    text = EditedText.apply(TEXT, [])
    assert text.text is TEXT
    assert text.original_span(Span(2, 5)) == text.edited_span(Span(2, 5)) == (2, 5)
