"""The evidence for a resolved speaker."""

import pytest

from claims.extraction import Document, extract
from claims.extraction.english.reader import extract_with_features


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Moor said it rains.", {"pronoun": 0, "nominal": 0, "one word": 0, "part of name": 0}),
        ("Ann Moor left. It rains, Moor said.", {"part of name": 1, "one word": 0}),
        ("Hill News said it rains.", {"organization": 1}),
        ("Ann Moor left. She said it rains.", {"pronoun": 1, "salience": 0, "same as before": 0}),
        ("Ann Moor said it rains. She said it pours.", {"pronoun": 1, "same as before": 1}),
        ("Ann Moor, the mayor, left. The mayor said it rains.", {"nominal": 1, "role known": 1}),
        ("Officials said it rains.", {"group or unnamed": 1}),
    ],
)
def test_features(text: str, expected: dict[str, float]) -> None:
    features = extract_with_features(Document.from_text(text))[-1][1]
    assert {name: features.get(name) for name in expected} == expected


def test_distance_grows_with_the_sentences_in_between() -> None:
    near, far = (
        extract_with_features(Document.from_text(f"Ann Moor left. {filler}She said it rains."))[-1][1]["distance"]
        for filler in ("", "It was late. The road was wet. ")
    )
    assert near < far


def test_unresolved_speaker_has_no_features() -> None:
    (pair,) = extract_with_features(Document.from_text("She said that it rains."))
    assert pair[1] == {}


def test_extract_returns_the_same_quotations() -> None:
    document = Document.from_text("Ann Moor said it rains. She said it pours.")
    assert extract(document) == [quotation for quotation, _ in extract_with_features(document)]
