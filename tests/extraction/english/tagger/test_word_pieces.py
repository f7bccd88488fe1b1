"""Word pieces of tokens, and the windows that cover them."""

import itertools

import pytest

from claims.extraction import Document
from claims.extraction.english.tagger.model_files import load_model
from claims.extraction.english.tagger.word_pieces import (
    MIN_WINDOW_OVERLAP,
    PARAGRAPH_ID,
    WINDOW_LENGTH,
    Vocabulary,
    split_into_pieces,
    window_bounds,
    word_feature,
)
from claims.extraction.text.tokens import tokenize_document


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(load_model().tokenizer)


@pytest.mark.parametrize("length", [0, 1, WINDOW_LENGTH, WINDOW_LENGTH + 1, 2 * WINDOW_LENGTH, 1000, 12345])
def test_windows_cover_all_pieces(length: int) -> None:
    bounds = list(window_bounds(length))
    assert bounds[0][0] == 0
    assert bounds[-1][1] == length
    assert all(end - start <= WINDOW_LENGTH for start, end in bounds)
    for (_, end), (start, _) in itertools.pairwise(bounds):
        assert end - start >= MIN_WINDOW_OVERLAP


def test_number_of_windows_is_linear() -> None:
    assert len(list(window_bounds(100_000))) < 1.2 * 100_000 / (WINDOW_LENGTH - MIN_WINDOW_OVERLAP)


def test_first_pieces_and_paragraphs(vocabulary: Vocabulary) -> None:
    tokens = tokenize_document(Document.from_text("Ms Kowalczykowska spoke.\n\nNobody heard her at all.")).tokens
    pieces = split_into_pieces(tokens, vocabulary)
    assert len(pieces.first) == len(tokens)
    assert len(pieces) > len(tokens)
    assert pieces.ids.count(PARAGRAPH_ID) == 1
    assert pieces.ids.index(PARAGRAPH_ID) == pieces.first[4] - 1


def test_cached_words_are_split_alike(vocabulary: Vocabulary) -> None:
    tokens = tokenize_document(Document.from_text("The ferry to Larvik sank, the harbourmaster said.")).tokens
    assert (
        split_into_pieces(tokens, vocabulary)
        == split_into_pieces(tokens, vocabulary)
        == split_into_pieces(tokens, Vocabulary(load_model().tokenizer))
    )


def test_every_token_has_a_piece(vocabulary: Vocabulary) -> None:
    tokens = tokenize_document(Document.from_text("Soft\u00adhyphen \u0301 \ufffd said so.")).tokens
    pieces = split_into_pieces(tokens, vocabulary)
    assert len(set(pieces.first)) == len(tokens)


def test_features_combine_case_and_side() -> None:
    tokens = tokenize_document(Document.from_text('NASA said "We won" to Moor.')).tokens
    assert len({word_feature(token.text, token.side) for token in tokens}) == 7
