"""What a full-text query means, and which are refused."""

import re

import pytest
from django.core.exceptions import ValidationError

from claims.search.full_text_query import FullTextValue, parse_full_text_query

VALUE = FullTextValue(200, 32)


def words_of(query: str) -> list[str]:
    """Returns the required groups, their terms joined by |, then the excluded terms behind a minus."""
    parsed = parse_full_text_query(query)

    def write(term):
        return " ".join(term.words) + "*" * term.is_prefix

    return [
        *("|".join(map(write, group)) for group in parsed.required),
        *(f"-{write(term)}" for term in parsed.excluded),
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("a b", ["a", "b"]),
        ("a a", ["a"]),
        ('"a b" c', ["a b", "c"]),
        ('"a b', ["a b"]),
        ('a"b c"d', ["a", "b c", "d"]),
        ("o'neil", ["o neil"]),
        ("- -- * \" % ''", []),
        ("rain-coat", ["rain coat"]),
        ("习近", ["习 近"]),
        ('-a -"b c" de* f* "g h"* -ij*', ["de*", "f", "g h", "-a", "-b c", "-ij*"]),
        ("tax OR fee", ["tax|fee"]),
        ("rise tax OR fee OR toll city", ["rise", "tax|fee|toll", "city"]),
        ('"income tax" OR fe* -old', ["income tax|fe*", "-old"]),
        ("tax AND fee", ["tax", "fee"]),
        ("AND tax AND", ["tax"]),
        ("tax OR fee AND toll", ["tax|fee", "toll"]),
        # Not operators.
        ("tax or fee and not toll near me", ["tax", "or", "fee", "and", "not", "toll", "near", "me"]),
        ('"OR" "NOT" "AND" "NEAR"', ["or", "not", "and", "near"]),
        ('"tax OR fee"', ["tax or fee"]),
        ("ORACLE NOTE ANDES NEARBY", ["oracle", "note", "andes", "nearby"]),
        ("tax -OR fee", ["tax", "fee", "-or"]),
        ("12:30", ["12 30"]),
        ("https://example.org/a", ["https example org a"]),
        ("Ford: taxes", ["ford", "taxes"]),
        ('"title:tax"', ["title tax"]),
        ("Ford (mayor) said", ["ford", "mayor", "said"]),
        ("(я)", ["я"]),
        (":-) a:", ["a"]),
        ("40 000 people", ["40000", "people"]),
        ("12 500 people", ["12500|12", "12500|500", "people"]),
        ("12 500 OR tax", ["12500|tax"]),
        ("tax OR 12 500 OR fee", ["tax|12500|fee"]),
        ("-12 500 a", ["a", "-12500"]),
        ('"12 500"', ["12500"]),
        ("12 500*", ["12", "500*"]),
        ("2024 500", ["2024", "500"]),
    ],
)
def test_terms_of_a_query(query: str, words: list[str]) -> None:
    assert words_of(query) == words
    if words:
        assert VALUE.to_python(query) == parse_full_text_query(query)
        assert re.search(VALUE.json_schema()["pattern"], query)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("tax NOT fee", "NOT is not supported"),
        ("tax AND NOT fee", "NOT is not supported"),
        ("NOT fee", "NOT is not supported"),
        ("title:tax", "title: is not supported"),
        ("city -title:tax", "title: is not supported"),
        ('city title:"income tax"', "title: is not supported"),
        ('"city"title:tax', "title: is not supported"),
        ("автор:Форд", "автор: is not supported"),
        ("speaker.name:Ford", "speaker.name: is not supported"),
        ("(tax OR fee) city", "parentheses is not supported"),
        ("city AND (tax fee)", "parentheses is not supported"),
        ("city -(tax fee)", "parentheses is not supported"),
        ("tax NEAR fee", "NEAR is not supported"),
        ("tax NEAR/3 fee", "NEAR is not supported"),
        ("NEAR(tax fee, 3)", "NEAR is not supported"),
        ("OR tax", "OR without a word on each side"),
        ("tax OR", "OR without a word on each side"),
        ("tax OR OR fee", "OR without a word on each side"),
        ("tax OR AND fee", "OR without a word on each side"),
        ("tax AND OR fee", "OR without a word on each side"),
        ("-tax OR fee", "OR without a word on each side"),
        ("tax OR -fee", "OR before an excluded word"),
        ("% OR fee", "OR without a word on each side"),
    ],
)
def test_operators_that_are_not_supported(query: str, reason: str) -> None:
    with pytest.raises(ValidationError) as raised:
        VALUE.to_python(query)
    assert reason in raised.value.message
    if "not supported" in reason:
        assert "OR between words" in raised.value.message
    if ": is" in reason:
        assert not re.search(VALUE.json_schema()["pattern"], query)
