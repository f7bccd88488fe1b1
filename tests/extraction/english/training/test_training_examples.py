"""Training examples built from annotated texts."""

import random

import pytest

from claims.extraction import Document, Span
from claims.extraction.corpus import AnnotatedText, Attribution
from claims.extraction.english.tagger.model_files import load_model
from claims.extraction.english.tagger.tags import Tag
from claims.extraction.english.tagger.word_pieces import WINDOW_LENGTH, Vocabulary
from claims.extraction.english.training.training_examples import (
    IGNORED_LABEL,
    NO_SOURCE,
    TrainingExample,
    build_example,
    make_batches,
)
from claims.extraction.text.tokens import tokenize_document

TEXT = 'The old mill is lost, Ann Moor said. "We go," she added, "in May." It rains, it is said.'


def locate_spans(*parts: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts)


ANNOTATED = AnnotatedText(
    "mill",
    TEXT,
    (
        Attribution(locate_spans("Ann Moor"), locate_spans("said"), locate_spans("The old mill is lost")),
        Attribution(locate_spans("she"), locate_spans("added"), locate_spans('"We go,"', '"in May."')),
        Attribution((), locate_spans("is said"), locate_spans("It rains")),
    ),
)


@pytest.fixture(scope="module")
def example() -> TrainingExample:
    return build_example(ANNOTATED, Vocabulary(load_model().tokenizer))


def tags_by_word(example: TrainingExample) -> dict[str, Tag]:
    """Return the tag of each word's last occurrence."""
    words = tokenize_document(Document.from_text(TEXT)).tokens
    firsts = [piece for piece, tag in enumerate(example.tags) if tag != IGNORED_LABEL]
    return {word.text: Tag(example.tags[piece]) for word, piece in zip(words, firsts, strict=True)}


def test_tags(example: TrainingExample) -> None:
    tags = tags_by_word(example)
    assert tags["The"] is Tag.CONTENT
    assert tags["mill"] is Tag.IN_CONTENT
    assert (tags["Ann"], tags["Moor"]) == (Tag.SOURCE, Tag.IN_SOURCE)
    assert tags["added"] is Tag.CUE
    assert (tags["It"], tags["rains"]) == (Tag.CONTENT, Tag.IN_CONTENT)
    assert (tags["is"], tags["said"]) == (Tag.CUE, Tag.IN_CUE)


def test_content_is_split_by_other_words(example: TrainingExample) -> None:
    begins = [piece for piece, tag in enumerate(example.tags) if tag == Tag.CONTENT]
    assert len(begins) == 4


def test_arcs(example: TrainingExample) -> None:
    cues = [piece for piece, tag in enumerate(example.tags) if tag == Tag.CUE]
    sources = [piece for piece, tag in enumerate(example.tags) if tag == Tag.SOURCE]
    begins = [piece for piece, tag in enumerate(example.tags) if tag == Tag.CONTENT]
    assert [example.cues[piece] for piece in begins] == [cues[0], cues[1], cues[1], cues[2]]
    assert [example.sources[piece] for piece in begins] == [sources[0], sources[1], sources[1], NO_SOURCE]
    assert [example.sources[piece] for piece in cues] == [*sources, NO_SOURCE]


@pytest.mark.parametrize("case", ["lower", "upper"])
def test_features_of_another_case(example: TrainingExample, case: str) -> None:
    recased = AnnotatedText("mill", getattr(TEXT, case)(), ())
    features = {"lower": example.lower_case_features, "upper": example.upper_case_features}[case]
    assert features == build_example(recased, Vocabulary(load_model().tokenizer)).features
    assert features != example.features


def test_batches_contain_every_piece_once() -> None:
    length = 3 * WINDOW_LENGTH + 50
    examples = [TrainingExample(list(range(length)), *([0] * length for _ in range(4))) for _ in range(7)]
    windows = [window for batch in make_batches(examples, 4, random.Random(1)) for window in batch]
    for example in examples:
        own = sorted((window.start, window.end) for window in windows if window.example is example)
        covered = sum(end - start for start, end in own)
        assert length - 2 * 16 < covered <= length
        assert all(end - start <= WINDOW_LENGTH for start, end in own)


def test_batches_are_reproducible_by_seed() -> None:
    examples = [TrainingExample([1] * 900, *([0] * 900 for _ in range(4)))]

    def cut(seed: int) -> list[list[tuple[int, int]]]:
        return [[(w.start, w.end) for w in batch] for batch in make_batches(examples, 2, random.Random(seed))]

    assert cut(1) == cut(1)
    assert cut(1) != cut(2)
