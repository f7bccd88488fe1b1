"""Annotated texts as the tagger learns them: a tag for each word, and for each word of a content or cue its arcs."""

import random
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.extraction.corpus import Annotated
from claims.extraction.document import Document
from claims.extraction.quotation import Span
from claims.extraction.tagger.pieces import WINDOW, Vocabulary, feature, pieces_of
from claims.extraction.tagger.tags import Tag
from claims.extraction.tagger.words import Word, script_of

# No piece: what the loss leaves out.
IGNORED = -100
# An arc to nobody: the attribution has no source.
NOBODY = -1
# Windows shorter than this teach nothing.
SHORTEST = 16
# So many windows of a hundred are read as if they were written in lower case.
LOWERED = 10


@dataclass(slots=True)
class Example:
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
class Window:
    """A stretch of an example's pieces; `lowered` reads it as written in lower case."""

    example: Example
    start: int
    end: int
    lowered: bool


def example_of(annotated: Annotated, vocabulary: Vocabulary) -> Example:
    """What the tagger learns of one text."""
    words = script_of(Document.from_text(annotated.text)).words
    pieces = pieces_of(words, vocabulary)
    first = pieces.first
    lowered = list(pieces.features)
    for index, word in enumerate(words):
        end = first[index + 1] if index + 1 < len(words) else len(pieces)
        for piece in range(first[index], end):
            # The mark of a paragraph's end keeps its own feature.
            if pieces.features[piece] == feature(word):
                lowered[piece] = feature(word, cased=False)
    example = Example(pieces.ids, pieces.features, lowered, [IGNORED] * len(pieces))
    tags = [Tag.OUTSIDE] * len(words)
    for attribution in annotated.attributions:
        source = _mark(words, tags, attribution.source, Tag.SOURCE)
        cue = _mark(words, tags, attribution.cue, Tag.CUE)
        content = _mark(words, tags, attribution.content, Tag.CONTENT)
        if not cue or not content:
            continue
        for index in content:
            example.cues[first[index]] = first[cue[0]]
        for index in [*content, *cue]:
            example.sources[first[index]] = first[source[0]] if source else NOBODY
    for index, tag in enumerate(tags):
        example.tags[first[index]] = tag
    return example


def _mark(words: Sequence[Word], tags: list[Tag], spans: Iterable[Span], begin: Tag) -> list[int]:
    """Tag the words under the spans; gives their indexes. Runs with nothing but punctuation between are one run."""
    indexes = [i for span in spans for i in _under(words, span)]
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


def _under(words: Sequence[Word], span: Span) -> Iterator[int]:
    index = bisect_left(words, span.start + 1, key=lambda word: word.span.end)
    while index < len(words) and words[index].span.start < span.end:
        yield index
        index += 1


def batches(examples: Sequence[Example], size: int, chance: random.Random) -> list[list[Window]]:
    """One epoch: every example cut into windows at a new offset, in batches of about equal lengths, shuffled."""
    cut: list[Window] = []
    for example in examples:
        offset = -chance.randrange(WINDOW) if len(example.ids) > WINDOW else 0
        for at in range(offset, len(example.ids), WINDOW):
            start, end = max(0, at), min(len(example.ids), at + WINDOW)
            if end - start >= SHORTEST:
                cut.append(Window(example, start, end, chance.randrange(100) < LOWERED))
    chance.shuffle(cut)
    found: list[list[Window]] = []
    for at in range(0, len(cut), size * 20):
        alike = sorted(cut[at : at + size * 20], key=lambda window: window.end - window.start)
        found.extend(alike[i : i + size] for i in range(0, len(alike), size))
    chance.shuffle(found)
    return found
