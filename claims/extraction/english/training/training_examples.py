"""Builds training examples from annotated texts: a tag for each token, and arcs from contents and cues."""

import random
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.extraction.corpus import AnnotatedText
from claims.extraction.document import Document
from claims.extraction.english.tagger.tags import Tag
from claims.extraction.english.tagger.word_pieces import (
    WINDOW_LENGTH,
    Vocabulary,
    WordPieces,
    split_into_pieces,
    word_feature,
)
from claims.extraction.quotation import Span
from claims.extraction.text.tokens import Token, tokenize_document

# Pieces with this label are left out of the loss.
IGNORED_LABEL = -100
# The target of an arc if the attribution has no source.
NO_SOURCE = -1
# Shorter windows are not worth training on.
MIN_WINDOW_PIECES = 16
# The percent of the windows that are trained in lower case, and in upper case.
LOWER_CASE_PERCENT = 10
UPPER_CASE_PERCENT = 4


@dataclass(slots=True)
class TrainingExample:
    """A text's pieces with their features, labels and arcs, and the features of the text in lower and in upper case.

    `tags[p]` is `IGNORED_LABEL` unless p is the first piece of a token. `cues` maps a content's piece to the piece of
    its cue, `sources` a content's or cue's piece to that of its source or `NO_SOURCE`; both hold first pieces only.
    """

    ids: list[int]
    features: list[int]
    lower_case_features: list[int]
    upper_case_features: list[int]
    tags: list[int]
    cues: dict[int, int] = field(default_factory=dict)
    sources: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrainingWindow:
    """Pieces `start` to `end` of an example, with its features in one of the cases."""

    example: TrainingExample
    start: int
    end: int
    features: list[int]


def build_example(annotated: AnnotatedText, vocabulary: Vocabulary) -> TrainingExample:
    document = Document.from_text(annotated.text)
    tokens = tokenize_document(document).tokens
    pieces = split_into_pieces(tokens, vocabulary)
    first = pieces.first
    example = TrainingExample(
        pieces.ids,
        pieces.features,
        _cased_features(tokens, pieces, str.lower),
        _cased_features(tokens, pieces, str.upper),
        [IGNORED_LABEL] * len(pieces),
    )
    tags = [Tag.OUTSIDE] * len(tokens)
    for attribution in annotated.attributions:
        source, cue, content = (
            _tag_tokens(tokens, tags, map(document.read_span, spans), first_tag)
            for spans, first_tag in (
                (attribution.source, Tag.SOURCE),
                (attribution.cue, Tag.CUE),
                (attribution.content, Tag.CONTENT),
            )
        )
        if not cue or not content:
            continue
        for index in content:
            example.cues[first[index]] = first[cue[0]]
        for index in [*content, *cue]:
            example.sources[first[index]] = first[source[0]] if source else NO_SOURCE
    for index, tag in enumerate(tags):
        example.tags[first[index]] = tag
    return example


def _cased_features(tokens: Sequence[Token], pieces: WordPieces, change: Callable[[str], str]) -> list[int]:
    """Return the features that the pieces would have in another case."""
    features = list(pieces.features)
    for index, token in enumerate(tokens):
        end = pieces.first[index + 1] if index + 1 < len(tokens) else len(pieces)
        for piece in range(pieces.first[index], end):
            # A paragraph piece keeps its own feature.
            if pieces.features[piece] == word_feature(token.text, token.side):
                features[piece] = word_feature(change(token.text), token.side)
    return features


def _tag_tokens(tokens: Sequence[Token], tags: list[Tag], spans: Iterable[Span], first_tag: Tag) -> list[int]:
    """Tag the tokens in the spans and return their indexes. Spans with only punctuation between them are one run."""
    indexes = [index for span in spans for index in _token_indexes(tokens, span)]
    previous: int | None = None
    for index in indexes:
        gap = range(index if previous is None else previous + 1, index)
        if previous is None or any(tokens[i].is_word for i in gap):
            tags[index] = first_tag
        else:
            for i in [*gap, index]:
                tags[i] = first_tag.inside
        previous = index
    return indexes


def _token_indexes(tokens: Sequence[Token], span: Span) -> Iterator[int]:
    index = bisect_left(tokens, span.start + 1, key=lambda token: token.span.end)
    while index < len(tokens) and tokens[index].span.start < span.end:
        yield index
        index += 1


def make_batches(examples: Sequence[TrainingExample], size: int, rng: random.Random) -> list[list[TrainingWindow]]:
    """Return the shuffled batches of one epoch: windows at new random offsets, of similar length within a batch."""
    windows: list[TrainingWindow] = []
    for example in examples:
        offset = -rng.randrange(WINDOW_LENGTH) if len(example.ids) > WINDOW_LENGTH else 0
        for position in range(offset, len(example.ids), WINDOW_LENGTH):
            start, end = max(0, position), min(len(example.ids), position + WINDOW_LENGTH)
            if end - start >= MIN_WINDOW_PIECES:
                windows.append(TrainingWindow(example, start, end, _draw_features(example, rng)))
    rng.shuffle(windows)
    batches: list[list[TrainingWindow]] = []
    for position in range(0, len(windows), size * 20):
        by_length = sorted(windows[position : position + size * 20], key=lambda window: window.end - window.start)
        batches.extend(by_length[i : i + size] for i in range(0, len(by_length), size))
    rng.shuffle(batches)
    return batches


def _draw_features(example: TrainingExample, rng: random.Random) -> list[int]:
    drawn = rng.randrange(100)
    if drawn < LOWER_CASE_PERCENT:
        return example.lower_case_features
    return example.upper_case_features if drawn < LOWER_CASE_PERCENT + UPPER_CASE_PERCENT else example.features
