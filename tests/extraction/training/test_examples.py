"""What the tagger learns of an annotated text."""

import random

import pytest

from claims.extraction import Document, Span
from claims.extraction.corpus import Annotated, Attribution
from claims.extraction.tagger.pieces import WINDOW, Vocabulary
from claims.extraction.tagger.tags import Tag
from claims.extraction.tagger.weights import load
from claims.extraction.tagger.words import script_of
from claims.extraction.training.examples import IGNORED, NOBODY, Example, batches, example_of

TEXT = 'The old mill is lost, Ann Moor said. "We go," she added, "in May." It rains, it is said.'


def spans(*parts: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts)


ANNOTATED = Annotated(
    "mill",
    TEXT,
    (
        Attribution(spans("Ann Moor"), spans("said"), spans("The old mill is lost")),
        Attribution(spans("she"), spans("added"), spans('"We go,"', '"in May."')),
        Attribution((), spans("is said"), spans("It rains")),
    ),
)


@pytest.fixture(scope="module")
def example() -> Example:
    return example_of(ANNOTATED, Vocabulary(load().tokenizer))


def by_word(example: Example) -> dict[str, Tag]:
    """The tag of each word, at its last place in the text."""
    words = script_of(Document.from_text(TEXT)).words
    firsts = [piece for piece, tag in enumerate(example.tags) if tag != IGNORED]
    return {word.text: Tag(example.tags[piece]) for word, piece in zip(words, firsts, strict=True)}


def test_tags(example: Example) -> None:
    tags = by_word(example)
    assert tags["The"] is Tag.CONTENT
    assert tags["mill"] is Tag.IN_CONTENT
    assert (tags["Ann"], tags["Moor"]) == (Tag.SOURCE, Tag.IN_SOURCE)
    assert tags["added"] is Tag.CUE
    assert (tags["It"], tags["rains"]) == (Tag.CONTENT, Tag.IN_CONTENT)
    assert (tags["is"], tags["said"]) == (Tag.CUE, Tag.IN_CUE)


def test_a_content_begins_anew_behind_words_of_others(example: Example) -> None:
    begins = [piece for piece, tag in enumerate(example.tags) if tag == Tag.CONTENT]
    assert len(begins) == 4


def test_arcs_lead_to_the_cue_and_to_the_source_or_nobody(example: Example) -> None:
    cues = [piece for piece, tag in enumerate(example.tags) if tag == Tag.CUE]
    sources = [piece for piece, tag in enumerate(example.tags) if tag == Tag.SOURCE]
    begins = [piece for piece, tag in enumerate(example.tags) if tag == Tag.CONTENT]
    assert [example.cues[piece] for piece in begins] == [cues[0], cues[1], cues[1], cues[2]]
    assert [example.sources[piece] for piece in begins] == [sources[0], sources[1], sources[1], NOBODY]
    assert [example.sources[piece] for piece in cues] == [*sources, NOBODY]


def test_lowered_features_are_those_of_lower_case(example: Example) -> None:
    lower = Annotated("mill", TEXT.lower(), ())
    assert example.lowered == example_of(lower, Vocabulary(load().tokenizer)).features
    assert example.lowered != example.features


def test_batches_hold_every_piece_once() -> None:
    length = 3 * WINDOW + 50
    examples = [Example(list(range(length)), [0] * length, [0] * length, [0] * length) for _ in range(7)]
    found = [window for batch in batches(examples, 4, random.Random(1)) for window in batch]
    for example in examples:
        own = sorted((window.start, window.end) for window in found if window.example is example)
        covered = sum(end - start for start, end in own)
        assert length - 2 * 16 < covered <= length
        assert all(end - start <= WINDOW for start, end in own)


def test_batches_differ_between_epochs_and_repeat_for_a_seed() -> None:
    examples = [Example([1] * 900, [0] * 900, [0] * 900, [0] * 900)]

    def cut(seed: int) -> list[list[tuple[int, int]]]:
        return [[(w.start, w.end) for w in batch] for batch in batches(examples, 2, random.Random(seed))]

    assert cut(1) == cut(1)
    assert cut(1) != cut(2)
