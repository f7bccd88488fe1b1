"""Text as a filter value: the pattern and the schema accept the same text, and both refuse quickly."""

import re

import pytest
from django.core.exceptions import ValidationError

from claims.search.full_text_query import FullTextValue
from claims.search.parameter_values import ParameterValue
from claims.search.text_values import TextValue

# Long enough for a pattern with quadratic backtracking to hang.
LONG_TEXT_LENGTH = 1_000_000


@pytest.mark.parametrize(
    ("text", "is_text"),
    [
        ("a", True),
        ("  a\tb\n", True),
        ("\u3000ё\u00a0", True),
        ("\U0001f600", True),
        ("", False),
        (" \t\u00a0\u2028", False),
        ("\0", False),
        ("a\0", False),
        ("\0a", False),
        (" \0a", False),
        ("a" * 20, True),
        ("a" * 21, False),
        ("a" * LONG_TEXT_LENGTH + "\0", False),
        (" " * LONG_TEXT_LENGTH + "\0", False),
    ],
    ids=lambda value: ascii(value)[:12],
)
@pytest.mark.parametrize("value", [TextValue(20), FullTextValue(20, 5)], ids=["text", "words"])
def test_valid_text(value: ParameterValue, text: str, is_text: bool) -> None:
    schema = value.json_schema()
    fits = schema["minLength"] <= len(text) <= schema["maxLength"]
    assert (fits and re.search(schema["pattern"], text) is not None) == is_text
    if is_text:
        converted = value.to_python(text)
        assert isinstance(value, FullTextValue) or converted == text
    else:
        with pytest.raises(ValidationError):
            value.to_python(text)


@pytest.mark.parametrize("text", ["a\ud800", "\udfffa", "\ud83d"], ids=ascii)
def test_lone_surrogate_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TextValue().to_python(text)


@pytest.mark.parametrize("start", ["a", " ", "a "], ids=["letters", "blanks", "both"])
@pytest.mark.parametrize(
    "pattern",
    [TextValue.pattern.pattern, TextValue().json_schema()["pattern"], FullTextValue(200, 10).json_schema()["pattern"]],
    ids=["text", "its schema", "the words' schema"],
)
def test_patterns_refuse_long_text_quickly(pattern: str, start: str) -> None:
    assert re.fullmatch(pattern, start * LONG_TEXT_LENGTH + "\0") is None
