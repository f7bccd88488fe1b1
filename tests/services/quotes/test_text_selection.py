"""Turning an editor's selection into the spans of a quote."""

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


def build_snapshot(text: str) -> Snapshot:
    return Snapshot(text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def build_selection(text: str, *spans: tuple[int, int]) -> TextSelection:
    return TextSelection(build_snapshot(text).sha256, spans, [text[start:end] for start, end in spans])


# id, text, selected spans, words of the normalized spans
SELECTIONS = [
    ("unchanged", "Rivers are full.", [(0, 6)], ["Rivers"]),
    ("white-space-stripped", "Rivers are full.", [(6, 11)], ["are"]),
    ("crlf-inside", "Full.\r\nDry.", [(0, 11)], ["Full.\r\nDry."]),
    ("half-a-crlf", "Full.\r\nDry.", [(0, 6)], ["Full."]),
    ("from-within-a-crlf", "Full.\r\nDry.", [(6, 11)], ["Dry."]),
    ("combining-mark", "cafe\u0301 noir", [(0, 4)], ["cafe\u0301"]),
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
    ("adjacent-parts", "Rivers", [(0, 3), (3, 6)], ["Rivers"]),
    ("parts-with-white-space-between", "a b", [(0, 1), (2, 3)], ["a b"]),
    ("parts-of-one-grapheme", "e\u0301", [(0, 1), (1, 2)], ["e\u0301"]),
    ("whole-text", "a", [(0, 1)], ["a"]),
]


@pytest.mark.parametrize(
    ("text", "spans", "words"), [row[1:] for row in SELECTIONS], ids=[row[0] for row in SELECTIONS]
)
def test_a_selection_is_normalized(text: str, spans: list[tuple[int, int]], words: list[str]) -> None:
    normalized = validate_selection(build_selection(text, *spans), build_snapshot(text))
    assert [text[start:end] for start, end in normalized] == words
    assert normalize_spans(text, normalized) == normalized, "normalizing is idempotent"


# id, spans, part of the message
INVALID_SELECTIONS: list[tuple[str, list[Any], str]] = [
    ("nothing", [], "1 to"),
    ("empty", [(3, 3)], "empty"),
    ("backwards", [(6, 3)], "empty"),
    ("negative", [(-1, 3)], "outside"),
    ("beyond-the-end", [(0, 18)], "outside"),
    ("far-beyond", [(0, 2**70)], "outside"),
    ("blank", [(6, 7)], "no words"),
    ("overlapping", [(0, 6), (3, 9)], "overlap"),
    ("same-twice", [(0, 6), (0, 6)], "overlap"),
    ("one-offset", [(1,)], "start and an end"),
    ("three-offsets", [(1, 2, 3)], "start and an end"),
    ("fractions", [(1.0, 2.0)], "start and an end"),
    ("booleans", [(False, True)], "start and an end"),
    ("strings", [("0", "3")], "start and an end"),
    ("too-many-parts", [(0, 1)] * (MAX_QUOTE_PARTS + 1), "1 to"),
]


@pytest.mark.parametrize(
    ("spans", "message"), [row[1:] for row in INVALID_SELECTIONS], ids=[row[0] for row in INVALID_SELECTIONS]
)
def test_an_invalid_selection_is_refused(spans: list[Any], message: str) -> None:
    text = "Rivers are  full."
    are_spans = all(len(span) == 2 and all(type(offset) is int for offset in span) for span in spans)
    words = [text[max(start, 0) : end] for start, end in spans] if are_spans else [""] * len(spans)
    with pytest.raises(RefusedError, match=message):
        validate_selection(TextSelection(build_snapshot(text).sha256, spans, words), build_snapshot(text))


def test_a_selection_with_other_words_is_refused() -> None:
    text = "Rivers are full."
    with pytest.raises(RefusedError, match="The text has changed since you selected it"):
        validate_selection(TextSelection(build_snapshot(text).sha256, [(0, 6)], ["rivers"]), build_snapshot(text))
    with pytest.raises(RefusedError, match="The text has changed since you selected it"):
        validate_selection(TextSelection(build_snapshot(text).sha256, [(0, 6)], []), build_snapshot(text))


def test_a_selection_in_another_text_is_refused() -> None:
    with pytest.raises(RefusedError, match="another version of the text"):
        validate_selection(build_selection("Rivers are full!", (0, 6)), build_snapshot("Rivers are full."))


def test_anchor_fields() -> None:
    text = "x" * 40 + "full, she said, again" + "y" * 40
    fields = anchor_fields(text, [[40, 44], [56, 61]])
    assert fields == {
        "spans": [[40, 44], [56, 61]],
        "start": 40,
        "end": 61,
        "exact": "full again",
        "text": "full […] again",
        "prefix": "x" * 32,
        "suffix": "y" * 32,
    }
    assert join_spans(text, []) == ""


def test_unite_spans() -> None:
    text = "full, she said, again and again"
    assert unite_spans(text, [[16, 21]], [[0, 4]]) == [[0, 4], [16, 21]]
    assert unite_spans(text, [[0, 4], [16, 21]], [[16, 31]]) == [[0, 4], [16, 31]]
    assert unite_spans(text, [[16, 21]], [[22, 31]]) == [[16, 31]]
