"""Where the words of a query stand in a text."""

import time
import unicodedata

import hypothesis
import pytest
from hypothesis import strategies as st

from claims.search.full_text_query import parse_full_text_query
from claims.search.highlights import match_spans
from claims.search.tokenizer import BOUNDARY, LETTER_EXPANSIONS, locate_tokens, normalize_text

ACUTE, BREVE, DIAERESIS = "\u0301", "\u0306", "\u0308"


def matches(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in match_spans(parse_full_text_query(query), text)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("tax", "Taxes on taxis, a tax.", ["Taxes", "tax"]),
        ("taxes", "the tax", ["tax"]),
        ('"taxes"', "the tax, the taxes", ["taxes"]),
        ("Мединского", "Мединский, о Мединском", ["Мединский", "Мединском"]),
        ("вода", "Вода и водитель", ["Вода"]),
        ("water tax", "The tax", ["tax"]),
        ("tax*", "taxes taxis Texas", ["taxes", "taxis"]),
        ("t*", "taxes t", ["t"]),
        ('"water tax"', "Water: tax. Water and tax.", ["Water: tax"]),
        ('"a b a"', "a b a b a", ["a b a b a"]),
        ("rain-coat", "rain coat, coat", ["rain coat"]),
        ("re-elect*", "re-elected", ["re-elected"]),
        ("tax OR fee", "fees, tolls, tax", ["fees", "tax"]),
        ("tax -fee", "tax and fee", ["tax"]),
        ("tax -taxes", "taxes", ["taxes"]),
        ("a-b", "a", []),
        ("water", "fire", []),
        ("water", "", []),
        ("-- !", "-- !", []),
        # Numbers.
        ("40000", "40,000 or 40 000 or 40\u202f000km", ["40,000", "40 000"]),
        ("40 000", "it was 40.000", ["40.000"]),
        ("000", "40,000", []),
        ("12 500", "12 cases, 500 people, 12,500", ["12", "500", "12,500"]),
        ("1,5", "1.5 and 15", ["1.5"]),
        ("345", "version 1.2.345", ["345"]),
        # Letters that are folded, to as many or to fewer or more.
        ("елка", "«Ёлка»", ["Ёлка"]),
        ("ёлка", f"Е{DIAERESIS}лка!", [f"Е{DIAERESIS}лка"]),
        ("и", f"й и и{BREVE}", ["и"]),
        ("strasse", "die Straße 5", ["Straße"]),
        ("5", "die Straße 5", ["5"]),
        ("aether", "Æ Æther", ["Æther"]),
        ("cafe", f"le cafe{ACUTE}, le café", [f"cafe{ACUTE}", "café"]),
        ("office", "the oﬃce", ["oﬃce"]),
        ("κόσμος", "ΚΌΣΜΟΣ", ["ΚΌΣΜΟΣ"]),
        ("word", "w\u00ado\u00adrd", ["w\u00ado\u00adrd"]),
        ("ISTANBUL", "İstanbul", ["İstanbul"]),
        ("가", "\u1100\u1161", ["\u1100\u1161"]),
        ("が", "か\u3099", ["か\u3099"]),
        ("km", "5㎞", []),
        ("5km", "5㎞", ["5㎞"]),
        # Characters outside the basic plane, and scripts without spaces.
        ("tax", "🌊🌊 tax", ["tax"]),
        ("🌊", "a🌊b", ["🌊"]),
        ("𝐭𝐚𝐱", "a 𝐭𝐚𝐱 is a tax", ["𝐭𝐚𝐱", "tax"]),
        ("北京", "在北京的北", ["北京"]),
        # Nothing matches across a boundary, nor a boundary itself.
        ('"water tax"', f"water{BOUNDARY}tax", []),
        ("_", f"a{BOUNDARY}_", []),
    ],
)
def test_words_are_found_where_they_stand(query: str, text: str, expected: list[str]) -> None:
    assert matches(query, text) == expected


def test_overlapping_matches_are_one() -> None:
    assert matches('"a b" "b c" d', "a b c d") == ["a b c", "d"]
    assert matches('"a b" b a*', "a b") == ["a b"]


ALPHABET = st.sampled_from(
    [
        *(ACUTE, BREVE, DIAERESIS, BOUNDARY, *LETTER_EXPANSIONS),
        *"aZбЙйёЁ 0129,.'’_=İﬃ½㎞Σ´ς\u00ad\u200d\u00a0",
        *"北🌊𝐭か\u3099\uff76\uff9e\u1100\u1161\u11a8가\ufe0f\U00011099\U000110ba",
    ]
)


@hypothesis.settings(max_examples=300, deadline=None)
@hypothesis.given(st.one_of(st.text(ALPHABET, max_size=40), st.text(max_size=40)))
def test_tokens_are_those_of_the_index(text: str) -> None:
    tokens = locate_tokens(text)
    assert [token.word for token in tokens] == normalize_text(text).split()
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


def test_time_is_linear() -> None:
    texts = ["a b " * 12_000, "1 234 " * 8_000, "é" * 50_000, "北" * 50_000, unicodedata.normalize("NFD", "é") * 25_000]
    query = '"' + "a b " * 16 + 'c" ' + "a* " * 15
    start = time.perf_counter()
    for text in texts:
        match_spans(parse_full_text_query(query), text)
    assert time.perf_counter() - start < 5
