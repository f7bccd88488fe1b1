"""The encoder that is computed here gives what slovnet's own does, without padding and with it."""

import numpy as np
import pytest

from claims.extraction.russian.parsing.models import load_models

SENTENCES = [["Мороз", "сказала", ":", "«", "Да", "»", "."], ["Дождь"], ["<pad>", "слово", "<pad>", "ещё"]]


@pytest.mark.parametrize("name", ["ner", "morph", "syntax"])
def test_features_are_those_of_slovnet(name: str) -> None:
    models = load_models()
    model = getattr(models, name)
    batch = models._encode(SENTENCES)
    vectors, network = model._vectors, model.network
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
