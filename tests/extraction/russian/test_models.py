"""What is computed here, to be faster, is what slovnet, pymorphy and razdel compute themselves."""

import numpy as np
import pymorphy3
import pytest
import razdel

from claims.extraction.quotation import Span
from claims.extraction.russian.parsing.models import load_models
from claims.extraction.russian.parsing.morphology import load_morphology
from claims.extraction.russian.sentences import split_words

SENTENCES = [["Мороз", "сказала", ":", "«", "Да", "»", "."], ["Дождь"], ["<pad>", "слово", "<pad>", "ещё"]]


@pytest.mark.parametrize("name", ["ner", "morph", "syntax"])
def test_features_are_those_of_slovnet(name: str) -> None:
    models = load_models()
    model = getattr(models, name)
    batch = models._encode(SENTENCES)
    vectors, network = models.vectors, model.network
    together = batch.pad(model.features(batch))
    for row, sentence in enumerate(SENTENCES):
        word_ids, shape_ids = np.array([models.encode_word(word) for word in sentence]).T
        embedded = np.concatenate((vectors.of(word_ids), network.emb.shape(shape_ids)), axis=-1)[np.newaxis]
        alone = network.encoder(embedded, np.zeros((1, len(sentence)), dtype=bool))[0]
        np.testing.assert_allclose(together[row, : len(sentence)], alone, atol=1e-4)
        assert not together[row, len(sentence) :].any()


def test_each_word_has_a_tag_and_a_parse() -> None:
    models = load_models()
    lengths = [len(sentence) for sentence in SENTENCES]
    assert [len(tags) for tags in models.find_names(SENTENCES)] == lengths
    assert [len(parses) for parses in models.parse(SENTENCES)] == lengths


def test_the_faster_dictionary_finds_what_pymorphy_does() -> None:
    own, original = load_morphology(), pymorphy3.MorphAnalyzer(lang="ru")
    for word in ["стали", "елки", "тогоо", "цыбуле", "вашингтон", "который-нибудь", "12-й", "x", ""]:
        readings, expected = own.parse(word), original.parse(word)
        assert [reading[:4] for reading in readings] == [reading[:4] for reading in expected]


@pytest.mark.parametrize("text", ["Ей 42, а ему 1,5.", "т. е. «да», 2-й и.о. — ok…", "Нью-Йорк?! Кто-то… Она:", "а;б"])
def test_words_are_those_of_razdel(text: str) -> None:
    words = [(word.span.start, word.text) for word in split_words(text, Span(0, len(text)))]
    assert words == [(token.start, token.text) for token in razdel.tokenize(text)]
