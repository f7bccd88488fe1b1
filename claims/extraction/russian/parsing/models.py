"""The models that Russian is parsed by: slovnet's, loaded from natasha's wheel, whose own code is not imported.

Only the heads of a model are computed by slovnet. Its encoder, which takes most of the time, is computed here without
the padding of a batch: the sentences follow one another with an empty row between them. Its first layer, the largest,
is computed once for each different word of a batch.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import navec.navec
import numpy as np
from navec.pq import PQ
from navec.tar import Tar
from numpy.typing import NDArray
from slovnet.const import PAD, REL, SHAPE, TAG, WORD
from slovnet.exec.model import NER, CNNEncoder, Morph, Syntax
from slovnet.exec.pack import Pack
from slovnet.shape import word_shape

from claims.extraction.model_cards import ModelError
from claims.extraction.russian.parsing.morphology import MAX_CACHED_WORDS

VECTORS = "emb/navec_news_v1_1B_250K_300d_100q.tar"
NER_MODEL, MORPH_MODEL, SYNTAX_MODEL = (f"model/slovnet_{name}_news_v1.tar" for name in ("ner", "morph", "syntax"))
# Sentences of one batch have about the same length; its size bounds the memory.
BATCH_WORDS = 3_000

Floats = NDArray[np.float32]
Integers = NDArray[np.intp]


class Parse(NamedTuple):
    """The morphology of a word in its sentence, and what it depends on; `head` is -1 for the root."""

    pos: str
    feats: dict[str, str]
    head: int
    rel: str


@dataclass(frozen=True, slots=True)
class RussianModels:
    """Tags names, morphology and syntax of sentences given as words. Sentences are never empty."""

    ner: "Model"
    morph: "Model"
    syntax: "Model"
    vectors: "_Vectors"
    encode_word: Callable[[str], tuple[int, int]]
    padding: tuple[int, int]

    def find_names(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return one tag for each word of each sentence: O, B-PER, I-PER, B-ORG, …"""
        tags: list[list[str]] = [[] for _ in sentences]
        for numbers in _batches(sentences):
            batch = self._encode([sentences[number] for number in numbers])
            head = self.ner.network.head
            emissions = batch.pad(head(self.ner.features(batch)))
            for number, decoded in zip(numbers, head.crf.decode(emissions, batch.mask), strict=True):
                tags[number] = [self.ner.outputs.decode(tag) for tag in decoded]
        return tags

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[list[Parse]]:
        parses: list[list[Parse]] = [[] for _ in sentences]
        for numbers in _batches(sentences):
            batch = self._encode([sentences[number] for number in numbers])
            tags = batch.pad(self.morph.network.head(self.morph.features(batch))).argmax(-1)
            features, syntax = batch.pad(self.syntax.features(batch)), self.syntax.network
            heads = syntax.head.decode(syntax.head(features), batch.mask)
            relations = syntax.rel.decode(syntax.rel(features, heads), batch.mask)
            for row, number in enumerate(numbers):
                parses[number] = [
                    Parse(*_split_tag(self.morph.outputs.decode(tag)), int(head) - 1, self.syntax.outputs.decode(rel))
                    for tag, head, rel, _ in zip(
                        tags[row], heads[row], relations[row], sentences[number], strict=False
                    )  # what is behind the end of a sentence is padding
                ]
        return parses

    def _encode(self, sentences: Sequence[Sequence[str]]) -> "_Batch":
        rows = [self.padding]
        for sentence in sentences:
            rows += map(self.encode_word, sentence)
            rows.append(self.padding)
        numbers: dict[tuple[int, int], int] = {}
        places = np.array([numbers.setdefault(row, len(numbers)) for row in rows])
        word_ids, shape_ids = np.array(list(numbers), dtype=np.intp).T
        lengths = np.array([len(sentence) for sentence in sentences])
        is_word = np.ones(len(rows), dtype=np.bool_)
        is_word[0] = is_word[np.cumsum(lengths + 1)] = False
        mask = np.arange(lengths.max()) < lengths[:, np.newaxis]
        return _Batch(self.vectors.of(word_ids), shape_ids, places, mask, is_word)


class _Batch(NamedTuple):
    """Sentences one after another, with padding before, between and behind them.

    `vectors` and `shape_ids` have a row of each different word, the padding first; `places` are the rows of the words
    and the padding in order. `mask` has a row of each sentence, true where it has a word; `is_word` is true of the
    places that are no padding.
    """

    vectors: Floats
    shape_ids: Integers
    places: Integers
    mask: NDArray[np.bool_]
    is_word: NDArray[np.bool_]

    def pad(self, values: Floats) -> Floats:
        """Return the values of the words by sentence and place."""
        padded = np.zeros((*self.mask.shape, values.shape[-1]), dtype=values.dtype)
        padded[self.mask] = values[self.is_word]
        return padded


class Model:
    """One of slovnet's networks with the vocabulary of its output."""

    def __init__(self, network: Any, outputs: Any) -> None:
        self.network, self.outputs = network, outputs
        self._shapes: Floats = network.emb.shape.weight.array
        self._layers = list(_prepare_layers(network.encoder))

    def features(self, batch: _Batch) -> Floats:
        """Return what the encoder makes of each place of a batch."""
        inputs = np.concatenate((batch.vectors, self._shapes[batch.shape_ids]), axis=1)
        is_padding = ~batch.is_word
        values = inputs
        for weights, bias, scale, shift in self._layers:
            products = values @ weights
            if values is inputs:
                products = products[batch.places]
            # The weights for the word before, the word itself and the word behind are side by side.
            before, own, behind = np.split(products, 3, axis=1)
            values = own + bias
            values[1:] += before[:-1]
            values[:-1] += behind[1:]
            np.maximum(values, 0, out=values)
            values *= scale
            values += shift
            values[is_padding] = 0
        return values


def _prepare_layers(encoder: CNNEncoder) -> Iterator[tuple[Floats, Floats, Floats, Floats]]:
    """Yield weights, bias, and the scale and shift of the normalization of each layer."""
    for layer in encoder.layers:
        filters = layer.conv.weight.array  # filters x inputs x 3
        if filters.shape[2] != 3 or layer.conv.padding != 1:
            raise ValueError("an encoder that does not look at three words")
        weights = np.ascontiguousarray(filters.transpose(1, 2, 0).reshape(filters.shape[1], -1))
        scale = layer.norm.weight.array / layer.norm.std.array
        yield weights, layer.conv.bias.array, scale, layer.norm.bias.array - layer.norm.mean.array * scale


@cache  # the files are those that the process started with
def load_models() -> RussianModels:
    """Load the models, in about a second. Raises `ModelError` if their files are missing or damaged."""
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("natasha, which carries the models for Russian, is not installed")
    folder = Path(spec.submodule_search_locations[0], "data")
    try:
        with Tar(folder / VECTORS) as tar:
            vectors = _Vectors.from_file(tar.load(navec.navec.PQ_))
        with Pack(folder / NER_MODEL) as pack:  # the vocabularies of words and shapes are the same in all three
            words, shapes = pack.load_vocab(WORD), pack.load_vocab(SHAPE)
        ner = _load_model(folder / NER_MODEL, NER, TAG)
        morph = _load_model(folder / MORPH_MODEL, Morph, TAG)
        syntax = _load_model(folder / SYNTAX_MODEL, Syntax, REL)
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{folder}: the models for Russian cannot be read ({error}); install natasha again") from error

    def encode_word(word: str) -> tuple[int, int]:
        return words.encode(word.lower()), shapes.encode(word_shape(word))

    padding = words.encode(PAD), shapes.encode(PAD)
    return RussianModels(ner, morph, syntax, vectors, lru_cache(maxsize=MAX_CACHED_WORDS)(encode_word), padding)


class _Vectors(PQ):  # type: ignore[misc]  # the package has no types
    """Word vectors without what only comparing them needs, which takes a second to compute."""

    def precompute(self) -> None:
        self._pieces = self.codes.reshape(self.qdim * self.centroids, -1)
        self._first_pieces = np.arange(self.qdim) * self.centroids

    def of(self, word_ids: Integers) -> Floats:
        pieces = self._pieces.take(self.indexes[word_ids] + self._first_pieces, axis=0)
        vectors: Floats = pieces.reshape(len(word_ids), self.dim)
        return vectors


def _load_model(path: Path, kind: Any, output: str) -> Model:
    with Pack(path) as pack:
        pack.load_meta().check_protocol()
        network = pack.load_model(kind)
        network = network.inject_arrays(dict(pack.load_arrays(network.weights)))
        return Model(network, pack.load_vocab(output))


def _batches(sentences: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Yield the numbers of sentences in batches of bounded size, sentences of one length together."""
    ordered = iter(sorted(range(len(sentences)), key=lambda number: -len(sentences[number])))
    for first in ordered:
        size = max(1, min(64, BATCH_WORDS // len(sentences[first])) - 1)
        yield [first, *islice(ordered, size)]


@cache  # of the few hundred tags of the model
def _split_tag(tag: str) -> tuple[str, dict[str, str]]:
    """Split `NOUN|Case=Nom|Number=Sing`. The result is shared: never change it."""
    pos, _, feats = tag.partition("|")
    return pos, dict(pair.split("=", 1) for pair in feats.split("|")) if feats else {}
