"""What an editor selects, as the spans of a quote."""

import hashlib
from typing import Any

import pytest

from claims.models import Snapshot
from claims.services.errors import RefusedError
from claims.services.quotes.text_selection import (
    MAX_QUOTE_PARTS,
    TextSelection,
    anchor_fields,
    join_spans,
    normalize_spans,
    unite_spans,
    validate_selection,
)


def snapshot(text: str) -> Snapshot:
    return Snapshot(text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def selected(text: str, *spans: tuple[int, int]) -> TextSelection:
    return TextSelection(snapshot(text).sha256, spans, [text[start:end] for start, end in spans])


# id, text, what is selected, what the quote is then
SELECTED = [
    ("as-it-is", "Rivers are full.", [(0, 6)], ["Rivers"]),
    ("blanks-go", "Rivers are full.", [(6, 11)], ["are"]),
    ("crlf-inside", "Full.\r\nDry.", [(0, 11)], ["Full.\r\nDry."]),
    ("half-a-crlf-goes", "Full.\r\nDry.", [(0, 6)], ["Full."]),
    ("from-within-a-crlf", "Full.\r\nDry.", [(6, 11)], ["Dry."]),
    ("combining-mark-comes-along", "cafe\u0301 noir", [(0, 4)], ["cafe\u0301"]),
    ("from-within-a-marked-letter", "e\u0301tat", [(1, 5)], ["e\u0301tat"]),
    ("emoji-astral", "so \U0001f642 good", [(3, 4)], ["\U0001f642"]),
    (
        "emoji-joined",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 home",
        [(2, 10)],
        ["\U0001f468\u200d\U0001f469\u200d\U0001f467 home"],
    ),
    ("emoji-skin", "\U0001f44d\U0001f3fd yes", [(0, 1)], ["\U0001f44d\U0001f3fd"]),
    ("flag", "\U0001f1fa\U0001f1e6 and", [(0, 1)], ["\U0001f1fa\U0001f1e6"]),
    ("arabic", "قال: «الأنهار ممتلئة»", [(6, 20)], ["الأنهار ممتلئة"]),
    ("arabic-vowel", "مَرحبا", [(0, 1)], ["مَ"]),
    ("hebrew-in-latin", "He said שָׁלוֹם twice", [(8, 13)], ["שָׁלוֹ"]),
    ("two-parts", "full, she said, again", [(0, 4), (16, 21)], ["full", "again"]),
    ("in-reading-order", "full, she said, again", [(16, 21), (0, 4)], ["full", "again"]),
    ("touching-parts-are-one", "Rivers", [(0, 3), (3, 6)], ["Rivers"]),
    ("parts-with-a-blank-between-are-one", "a b", [(0, 1), (2, 3)], ["a b"]),
    ("parts-of-one-character-are-one", "e\u0301", [(0, 1), (1, 2)], ["e\u0301"]),
    ("the-whole-text", "a", [(0, 1)], ["a"]),
]


@pytest.mark.parametrize(("text", "spans", "words"), [row[1:] for row in SELECTED], ids=[row[0] for row in SELECTED])
def test_a_selection_becomes_spans(text: str, spans: list[tuple[int, int]], words: list[str]) -> None:
    found = validate_selection(selected(text, *spans), snapshot(text))
    assert [text[start:end] for start, end in found] == words
    assert normalize_spans(text, found) == found, "twice is once"


# id, spans, a word of the refusal
REFUSED: list[tuple[str, list[Any], str]] = [
    ("nothing", [], "1 to"),
    ("empty", [(3, 3)], "empty"),
    ("backwards", [(6, 3)], "empty"),
    ("negative", [(-1, 3)], "outside"),
    ("beyond-the-end", [(0, 18)], "outside"),
    ("far-beyond", [(0, 2**70)], "outside"),
    ("blank", [(6, 7)], "no words"),
    ("over-each-other", [(0, 6), (3, 9)], "overlap"),
    ("twice-the-same", [(0, 6), (0, 6)], "overlap"),
    ("one-offset", [(1,)], "start and an end"),
    ("three-offsets", [(1, 2, 3)], "start and an end"),
    ("fractions", [(1.0, 2.0)], "start and an end"),
    ("truth", [(False, True)], "start and an end"),
    ("words", [("0", "3")], "start and an end"),
    ("too-many-parts", [(0, 1)] * (MAX_QUOTE_PARTS + 1), "1 to"),
]


@pytest.mark.parametrize(("spans", "why"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_no_selection_is_refused(spans: list[Any], why: str) -> None:
    text = "Rivers are  full."
    with pytest.raises(RefusedError, match=why):
        validate_selection(TextSelection(snapshot(text).sha256, spans, [""] * len(spans)), snapshot(text)) if not all(
            len(span) == 2 and all(type(each) is int for each in span) for span in spans
        ) else validate_selection(
            TextSelection(snapshot(text).sha256, spans, [text[max(s, 0) : e] for s, e in spans]), snapshot(text)
        )


def test_words_that_the_text_has_not_there_are_refused() -> None:
    text = "Rivers are full."
    with pytest.raises(RefusedError, match="The text has changed since you selected it"):
        validate_selection(TextSelection(snapshot(text).sha256, [(0, 6)], ["rivers"]), snapshot(text))
    with pytest.raises(RefusedError, match="The text has changed since you selected it"):
        validate_selection(TextSelection(snapshot(text).sha256, [(0, 6)], []), snapshot(text))


def test_another_text_is_refused() -> None:
    with pytest.raises(RefusedError, match="another version of the text"):
        validate_selection(selected("Rivers are full!", (0, 6)), snapshot("Rivers are full."))


def test_a_quote_says_of_its_spans_what_the_database_holds_it_to() -> None:
    text = "x" * 40 + "full, she said, again" + "y" * 40
    fields = anchor_fields(text, [[40, 44], [56, 61]])
    assert fields == {
        "spans": [[40, 44], [56, 61]],
        "start": 40,
        "end": 61,
        "exact": "full again",
        "prefix": "x" * 32,
        "suffix": "y" * 32,
    }
    assert join_spans(text, []) == ""


def test_two_quotes_united_are_what_lies_in_either() -> None:
    text = "full, she said, again and again"
    assert unite_spans(text, [[16, 21]], [[0, 4]]) == [[0, 4], [16, 21]]
    assert unite_spans(text, [[0, 4], [16, 21]], [[16, 31]]) == [[0, 4], [16, 31]]
    assert unite_spans(text, [[16, 21]], [[22, 31]]) == [[16, 31]]
