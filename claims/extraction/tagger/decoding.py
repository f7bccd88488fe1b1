"""From tag scores to runs of words: the best sequence of tags in which nothing goes on that did not begin."""

from dataclasses import dataclass

import numpy as np

from claims.extraction.tagger.encoder import FloatArray
from claims.extraction.tagger.tags import Tag

# Log probability (0.999) from which a word is surely outside.
CERTAIN_LOG_PROBABILITY = -0.001
FIRST_TAGS = (Tag.SOURCE, Tag.CUE, Tag.CONTENT)


@dataclass(frozen=True, slots=True)
class TaggedRun:
    """Words `start` to `end` (exclusive) that are one source, cue or content, and how sure the tagger is of them."""

    part: Tag
    start: int
    end: int
    # Mean probability of the run's words to be of this part.
    probability: float

    def __len__(self) -> int:
        return self.end - self.start


def decode_runs(tags: FloatArray, bias: FloatArray) -> list[TaggedRun]:
    """The runs of the best sequence of tags. `tags` are log probabilities [word, tag]; `bias` is added to each."""
    if not len(tags):
        return []
    path = _best_path(tags + bias)
    share = np.exp(tags)
    found: list[TaggedRun] = []
    start = 0
    for index in range(1, len(path) + 1):
        if index < len(path) and path[index] in (Tag.IN_SOURCE, Tag.IN_CUE, Tag.IN_CONTENT):
            continue
        part = Tag(path[start])
        if part in FIRST_TAGS:
            probability = float(share[start:index, [part, part.inside]].sum(axis=1).mean())
            found.append(TaggedRun(part, start, index, probability))
        start = index
    return found


def _transition_scores() -> FloatArray:
    """[from, to]: 0 where `to` may follow `from`, far below where it may not."""
    allowed = np.zeros((len(Tag), len(Tag)), dtype=np.float32)
    for begin in FIRST_TAGS:
        for before in Tag:
            if before not in (begin, begin.inside):
                allowed[before, begin.inside] = -1e9
    return allowed


TRANSITION_SCORES = _transition_scores()


def _best_path(scores: FloatArray) -> list[int]:
    """The best sequence. A word that is surely outside parts what is before it from what is behind it."""
    path = np.zeros(len(scores), dtype=np.int64)
    edges = np.diff(np.concatenate(([0], scores[:, Tag.OUTSIDE] <= CERTAIN_LOG_PROBABILITY, [0])).astype(np.int8))
    for start, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        path[start:end] = _viterbi(scores[start:end])
    return [int(tag) for tag in path]


def _viterbi(scores: FloatArray) -> list[int]:
    best = scores[0].copy()
    best[[begin.inside for begin in FIRST_TAGS]] = -1e9
    back = np.zeros(scores.shape, dtype=np.int8)
    columns = np.arange(len(Tag))
    for index in range(1, len(scores)):
        through = best[:, None] + TRANSITION_SCORES
        back[index] = through.argmax(axis=0)
        best = through[back[index], columns] + scores[index]
    path = [int(best.argmax())]
    for index in range(len(scores) - 1, 0, -1):
        path.append(int(back[index][path[-1]]))
    return path[::-1]
