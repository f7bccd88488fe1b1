"""Annotated texts as the tagger learns them: a tag for each word, and for each word of a content or cue its arcs."""

import random
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.extraction.corpus import AnnotatedText
from claims.extraction.document import Document
from claims.extraction.quotation import Span
from claims.extraction.tagger.tags import Tag
from claims.extraction.tagger.word_pieces import WINDOW_LENGTH, Vocabulary, split_into_pieces, word_feature
from claims.extraction.text.tokens import Token, tokenize_document

# No piece: what the loss leaves out.
IGNORED_LABEL = -100
# An arc to nobody: the attribution has no source.
NO_SOURCE = -1
# Windows shorter than this teach nothing.
MIN_WINDOW_PIECES = 16
# So many windows of a hundred are read as if they were written in lower case.
LOWERCASE_PERCENT = 10


@dataclass(slots=True)
class TrainingExample:
    """A text's pieces with their features, tags and arcs.

    `tags[p]` is `IGNORED` where p is not the first piece of a word. `cues[p]` is the piece of the cue that a content's
    piece belongs to, `sources[p]` that of the source that a content's or cue's piece belongs to, or `NOBODY`; both
    hold first pieces only.
    """

    ids: list[int]
    features: list[int]
    lowered: list[int]
    tags: list[int]
    cues: dict[int, int] = field(default_factory=dict)
    sources: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrainingWindow:
    """A stretch of an example's pieces; `lowered` reads it as written in lower case."""

    example: TrainingExample
    start: int
    end: int
    lowered: bool


def build_example(annotated: AnnotatedText, vocabulary: Vocabulary) -> TrainingExample:
    """What the tagger learns of one text."""
    words = tokenize_document(Document.from_text(annotated.text)).words
    pieces = split_into_pieces(words, vocabulary)
    first = pieces.first
    lowered = list(pieces.features)
    for index, word in enumerate(words):
        end = first[index + 1] if index + 1 < len(words) else len(pieces)
        for piece in range(first[index], end):
            # The mark of a paragraph's end keeps its own feature.
            if pieces.features[piece] == word_feature(word):
                lowered[piece] = word_feature(word, cased=False)
    example = TrainingExample(pieces.ids, pieces.features, lowered, [IGNORED_LABEL] * len(pieces))
    tags = [Tag.OUTSIDE] * len(words)
    for attribution in annotated.attributions:
        source = _tag_words(words, tags, attribution.source, Tag.SOURCE)
        cue = _tag_words(words, tags, attribution.cue, Tag.CUE)
        content = _tag_words(words, tags, attribution.content, Tag.CONTENT)
        if not cue or not content:
            continue
        for index in content:
            example.cues[first[index]] = first[cue[0]]
        for index in [*content, *cue]:
            example.sources[first[index]] = first[source[0]] if source else NO_SOURCE
    for index, tag in enumerate(tags):
        example.tags[first[index]] = tag
    return example


def _tag_words(words: Sequence[Token], tags: list[Tag], spans: Iterable[Span], begin: Tag) -> list[int]:
    """Tag the words under the spans; gives their indexes. Runs with nothing but punctuation between are one run."""
    indexes = [i for span in spans for i in _words_under(words, span)]
    last: int | None = None
    for index in indexes:
        gap = range(index if last is None else last + 1, index)
        if last is None or any(words[i].is_word for i in gap):
            tags[index] = begin
        else:
            for i in [*gap, index]:
                tags[i] = begin.inside
        last = index
    return indexes


def _words_under(words: Sequence[Token], span: Span) -> Iterator[int]:
    index = bisect_left(words, span.start + 1, key=lambda word: word.span.end)
    while index < len(words) and words[index].span.start < span.end:
        yield index
        index += 1


def make_batches(examples: Sequence[TrainingExample], size: int, chance: random.Random) -> list[list[TrainingWindow]]:
    """One epoch: every example cut into windows at a new offset, in batches of about equal lengths, shuffled."""
    cut: list[TrainingWindow] = []
    for example in examples:
        offset = -chance.randrange(WINDOW_LENGTH) if len(example.ids) > WINDOW_LENGTH else 0
        for at in range(offset, len(example.ids), WINDOW_LENGTH):
            start, end = max(0, at), min(len(example.ids), at + WINDOW_LENGTH)
            if end - start >= MIN_WINDOW_PIECES:
                cut.append(TrainingWindow(example, start, end, chance.randrange(100) < LOWERCASE_PERCENT))
    chance.shuffle(cut)
    found: list[list[TrainingWindow]] = []
    for at in range(0, len(cut), size * 20):
        alike = sorted(cut[at : at + size * 20], key=lambda window: window.end - window.start)
        found.extend(alike[i : i + size] for i in range(0, len(alike), size))
    chance.shuffle(found)
    return found
