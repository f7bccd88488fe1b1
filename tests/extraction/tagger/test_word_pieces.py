"""Word pieces: what each word becomes, and the windows that cover them."""

import itertools

import pytest

from claims.extraction import Document
from claims.extraction.tagger.model_files import load_model
from claims.extraction.tagger.word_pieces import (
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
def test_windows_cover_everything(length: int) -> None:
    found = list(window_bounds(length))
    assert found[0][0] == 0
    assert found[-1][1] == length
    assert all(end - start <= WINDOW_LENGTH for start, end in found)
    for (_, end), (start, _) in itertools.pairwise(found):
        assert end - start >= MIN_WINDOW_OVERLAP


def test_the_number_of_windows_is_linear_in_the_length() -> None:
    assert len(list(window_bounds(100_000))) < 1.2 * 100_000 / (WINDOW_LENGTH - MIN_WINDOW_OVERLAP)


def test_first_pieces_and_paragraphs(vocabulary: Vocabulary) -> None:
    words = tokenize_document(Document.from_text("Ms Kowalczykowska spoke.\n\nNobody heard her at all.")).words
    pieces = split_into_pieces(words, vocabulary)
    assert len(pieces.first) == len(words)
    assert len(pieces) > len(words)
    assert pieces.ids.count(PARAGRAPH_ID) == 1
    assert pieces.ids.index(PARAGRAPH_ID) == pieces.first[4] - 1


def test_remembered_words_are_cut_alike(vocabulary: Vocabulary) -> None:
    words = tokenize_document(Document.from_text("The ferry to Larvik sank, the harbourmaster said.")).words
    assert (
        split_into_pieces(words, vocabulary)
        == split_into_pieces(words, vocabulary)
        == split_into_pieces(words, Vocabulary(load_model().tokenizer))
    )


def test_a_word_of_no_pieces_is_still_one(vocabulary: Vocabulary) -> None:
    words = tokenize_document(Document.from_text("Soft\u00adhyphen \u0301 \ufffd said so.")).words
    pieces = split_into_pieces(words, vocabulary)
    assert len(set(pieces.first)) == len(words)


def test_features_tell_case_and_side() -> None:
    words = tokenize_document(Document.from_text('NASA said "We won" to Moor.')).words
    features = [word_feature(word) for word in words]
    assert len(set(features)) == 7
    assert [word_feature(word, cased=False) for word in words] == [
        word_feature(word) for word in tokenize_document(Document.from_text('nasa said "we won" to moor.')).words
    ]
