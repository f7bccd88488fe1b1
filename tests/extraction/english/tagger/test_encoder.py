"""The encoder's windows: each is scored in its place, and those alike only once."""

from typing import Any

import numpy as np
import pytest

from claims.extraction import Document
from claims.extraction.english.tagger.encoder import EncoderScores, encode_pieces
from claims.extraction.english.tagger.model_files import load_model
from claims.extraction.english.tagger.word_pieces import Vocabulary, split_into_pieces
from claims.extraction.text.tokens import tokenize_document


class CountingSession:
    def __init__(self) -> None:
        self.runs = 0

    def run(self, *arguments: Any) -> Any:
        self.runs += 1
        return load_model().session.run(*arguments)


def encode(text: str) -> tuple[EncoderScores, int]:
    tokens = tokenize_document(Document.from_text(text)).tokens
    session = CountingSession()
    scores = encode_pieces(session, split_into_pieces(tokens, Vocabulary(load_model().tokenizer)))
    return scores, session.runs


@pytest.mark.parametrize("text", ["said " * 6_000, '"' * 6_000])
def test_repetitive_text_is_scored_once(text: str) -> None:
    scores, runs = encode(text)
    assert len(scores.windows) > 20
    assert runs <= 3
    assert np.isfinite(scores.tags).all()


def test_windows_that_differ_are_each_scored() -> None:
    scores, runs = encode(" ".join(f"Ford said {number} times that it rained." for number in range(150)))
    assert runs == len(scores.windows) > 3
