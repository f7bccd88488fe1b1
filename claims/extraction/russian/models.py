"""The models that Russian is parsed by: slovnet's, loaded from natasha's wheel, whose own code is not imported."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import navec.navec
import pymorphy3
from navec.pq import PQ
from navec.tar import Tar
from slovnet.const import REL, SHAPE, TAG, WORD
from slovnet.exec.encoders import SyntaxEncoder, TagEncoder
from slovnet.exec.model import NER, Morph, Syntax
from slovnet.exec.pack import Pack

from claims.extraction.tagger.model_files import ModelError

VECTORS = "emb/navec_news_v1_1B_250K_300d_100q.tar"
NER_MODEL, MORPH_MODEL, SYNTAX_MODEL = (f"model/slovnet_{name}_news_v1.tar" for name in ("ner", "morph", "syntax"))
# Sentences of one batch have about the same length; its size bounds the memory.
BATCH_WORDS = 1_500
MAX_KNOWN_WORDS = 50_000


class Analysis(NamedTuple):
    """One reading of a word: its part of speech in OpenCorpora's terms, and its dictionary form."""

    normal_form: str
    tag: frozenset[str]


class Parse(NamedTuple):
    """The morphology of a word in its sentence, and what it depends on; `head` is -1 for the root."""

    pos: str
    feats: dict[str, str]
    head: int
    rel: str


@dataclass(frozen=True, slots=True)
class RussianModels:
    """Tags names, morphology and syntax of sentences given as words. Sentences are never empty."""

    ner: Any
    morph: Any
    syntax: Any
    words: Any
    ner_tags: Any
    morph_tags: Any
    relations: Any
    ner_shapes: Any
    morph_shapes: Any
    syntax_shapes: Any

    def find_names(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return one tag for each word of each sentence: O, B-PER, I-PER, B-ORG, …"""
        tags: list[list[str]] = [[] for _ in sentences]
        encoder = TagEncoder(self.words, self.ner_shapes)
        for numbers in _batches(sentences):
            batch = encoder.input([encoder.item(sentences[number]) for number in numbers])
            emissions = self.ner(batch.word_id, batch.shape_id, batch.pad_mask)
            for number, decoded in zip(numbers, self.ner.head.crf.decode(emissions, ~batch.pad_mask), strict=True):
                tags[number] = [self.ner_tags.decode(tag) for tag in decoded]
        return tags

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[list[Parse]]:
        parses: list[list[Parse]] = [[] for _ in sentences]
        tag_encoder = TagEncoder(self.words, self.morph_shapes)
        encoder = SyntaxEncoder(self.words, self.syntax_shapes)
        for numbers in _batches(sentences):
            batch = tag_encoder.input([tag_encoder.item(sentences[number]) for number in numbers])
            tags = self.morph.head.decode(self.morph(batch.word_id, batch.shape_id, batch.pad_mask))
            batch = encoder.input([encoder.item(sentences[number]) for number in numbers])
            arcs = self.syntax(batch.word_id, batch.shape_id, batch.pad_mask)
            heads = self.syntax.head.decode(arcs.head_id, ~batch.pad_mask)
            relations = self.syntax.rel.decode(arcs.rel_id, ~batch.pad_mask)
            for row, number in enumerate(numbers):
                parses[number] = [
                    Parse(*_split_tag(self.morph_tags.decode(tag)), int(head) - 1, self.relations.decode(relation))
                    for tag, head, relation, _ in zip(
                        tags[row], heads[row], relations[row], sentences[number], strict=False
                    )
                ]
        return parses


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
        ner, words, ner_shapes, ner_tags = _load_model(folder / NER_MODEL, NER, TAG)
        morph, _, morph_shapes, morph_tags = _load_model(folder / MORPH_MODEL, Morph, TAG, has_words=False)
        syntax, _, syntax_shapes, relations = _load_model(folder / SYNTAX_MODEL, Syntax, REL, has_words=False)
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{folder}: the models for Russian cannot be read ({error}); install natasha again") from error
    for model in (ner, morph, syntax):
        embedding = model.emb.word
        embedding.indexes = embedding.indexes.replace(array=vectors.indexes)
        embedding.codes = embedding.codes.replace(array=vectors.codes)
    return RussianModels(
        ner, morph, syntax, words, ner_tags, morph_tags, relations, ner_shapes, morph_shapes, syntax_shapes
    )


@lru_cache(maxsize=MAX_KNOWN_WORDS)  # by the word alone
def analyze(word: str) -> tuple[Analysis, ...]:
    """Return the readings of a lower-case word, likeliest first."""
    return tuple(
        Analysis(reading.normal_form, frozenset(reading.tag.grammemes)) for reading in load_morphology().parse(word)
    )


@cache  # its dictionary never changes
def load_morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


class _Vectors(PQ):  # type: ignore[misc]  # the package has no types
    """Word vectors without what only comparing them needs, which takes a second to compute."""

    def precompute(self) -> None:
        pass


def _load_model(path: Path, kind: Any, output: str, *, has_words: bool = True) -> tuple[Any, Any, Any, Any]:
    """Return a model and its vocabularies; the one of words is the same in all three, and read once."""
    with Pack(path) as pack:
        pack.load_meta().check_protocol()
        model = pack.load_model(kind)
        model = model.inject_arrays(dict(pack.load_arrays(model.weights)))
        words = pack.load_vocab(WORD) if has_words else None
        return model, words, pack.load_vocab(SHAPE), pack.load_vocab(output)


def _batches(sentences: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Yield the numbers of sentences in batches of bounded size, sentences of one length together."""
    ordered = iter(sorted(range(len(sentences)), key=lambda number: -len(sentences[number])))
    for first in ordered:
        size = max(1, min(32, BATCH_WORDS // len(sentences[first])) - 1)
        yield [first, *islice(ordered, size)]


@cache  # of the few hundred tags of the model
def _split_tag(tag: str) -> tuple[str, dict[str, str]]:
    """Split `NOUN|Case=Nom|Number=Sing`. The result is shared: never change it."""
    pos, _, feats = tag.partition("|")
    return pos, dict(pair.split("=", 1) for pair in feats.split("|")) if feats else {}
