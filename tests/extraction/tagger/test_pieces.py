"""Word pieces: what each word becomes, and the windows that cover them."""

import itertools

import pytest

from claims.extraction import Document
from claims.extraction.tagger.pieces import OVERLAP, PARAGRAPH, WINDOW, Vocabulary, feature, pieces_of, windows
from claims.extraction.tagger.weights import load
from claims.extraction.tagger.words import script_of


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(load().tokenizer)


@pytest.mark.parametrize("length", [0, 1, WINDOW, WINDOW + 1, 2 * WINDOW, 1000, 12345])
def test_windows_cover_everything(length: int) -> None:
    found = list(windows(length))
    assert found[0][0] == 0
    assert found[-1][1] == length
    assert all(end - start <= WINDOW for start, end in found)
    for (_, end), (start, _) in itertools.pairwise(found):
        assert end - start >= OVERLAP


def test_the_number_of_windows_is_linear_in_the_length() -> None:
    assert len(list(windows(100_000))) < 1.2 * 100_000 / (WINDOW - OVERLAP)


def test_first_pieces_and_paragraphs(vocabulary: Vocabulary) -> None:
    words = script_of(Document.from_text("Ms Kowalczykowska spoke.\n\nNobody heard her at all.")).words
    pieces = pieces_of(words, vocabulary)
    assert len(pieces.first) == len(words)
    assert len(pieces) > len(words)
    assert pieces.ids.count(PARAGRAPH) == 1
    assert pieces.ids.index(PARAGRAPH) == pieces.first[4] - 1


def test_remembered_words_are_cut_alike(vocabulary: Vocabulary) -> None:
    words = script_of(Document.from_text("The ferry to Larvik sank, the harbourmaster said.")).words
    assert (
        pieces_of(words, vocabulary) == pieces_of(words, vocabulary) == pieces_of(words, Vocabulary(load().tokenizer))
    )


def test_a_word_of_no_pieces_is_still_one(vocabulary: Vocabulary) -> None:
    words = script_of(Document.from_text("Soft\u00adhyphen \u0301 \ufffd said so.")).words
    pieces = pieces_of(words, vocabulary)
    assert len(set(pieces.first)) == len(words)


def test_features_tell_case_and_side() -> None:
    words = script_of(Document.from_text('NASA said "We won" to Moor.')).words
    features = [feature(word) for word in words]
    assert len(set(features)) == 7
    assert [feature(word, cased=False) for word in words] == [
        feature(word) for word in script_of(Document.from_text('nasa said "we won" to moor.')).words
    ]
