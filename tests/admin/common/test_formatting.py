"""How the admin cuts long texts to one line."""

import pytest

from claims.templatetags.admin_format import truncate_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("one two", "one two"),
        ("one\n two", "one two"),
        ("one two three", "one two…"),
        ("one two th", "one two th"),
        ("onetwothree", "onetwothre…"),
        ("a bcdefghijkl", "a bcdefghi…"),  # a cut after the word would leave less than half
    ],
)
def test_long_lines_end_after_a_word(text: str, line: str) -> None:
    assert truncate_line(text, 10) == line


def test_characters_of_a_quote_are_kept() -> None:
    decomposed = "cafe\u0301"
    assert truncate_line(decomposed, 10) == decomposed
