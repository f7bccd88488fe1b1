"""Decodes tag scores into runs of tokens by Viterbi search: a run can continue only after it began."""

from dataclasses import dataclass

import numpy as np

from claims.extraction.tagger.encoder import FloatArray
from claims.extraction.tagger.tags import Tag

# Log of the probability 0.999 from which a token is certainly outside any run.
CERTAIN_LOG_PROBABILITY = -0.001
IMPOSSIBLE = -1e9
FIRST_TAGS = (Tag.SOURCE, Tag.CUE, Tag.CONTENT)


@dataclass(frozen=True, slots=True)
class TaggedRun:
    """Tokens `start` to `end` (exclusive) that form one source, cue or content.

    `probability` is the mean probability of the run's tokens to belong to this part.
    """

    part: Tag
    start: int
    end: int
    probability: float

    def __len__(self) -> int:
        return self.end - self.start


def decode_runs(tags: FloatArray, bias: FloatArray) -> list[TaggedRun]:
    """Return the runs of the best tag sequence. `tags` are log probabilities [token, tag]; `bias` is added to each."""
    if not len(tags):
        return []
    path = _best_path(tags + bias)
    probabilities = np.exp(tags)
    runs: list[TaggedRun] = []
    start = 0
    for index in range(1, len(path) + 1):
        if index < len(path) and path[index] in (Tag.IN_SOURCE, Tag.IN_CUE, Tag.IN_CONTENT):
            continue
        part = Tag(path[start])
        if part in FIRST_TAGS:
            probability = float(probabilities[start:index, [part, part.inside]].sum(axis=1).mean())
            runs.append(TaggedRun(part, start, index, probability))
        start = index
    return runs


def _transition_scores() -> FloatArray:
    """Return [from, to]: 0 if `to` may follow `from`, else `IMPOSSIBLE`."""
    scores = np.zeros((len(Tag), len(Tag)), dtype=np.float32)
    for first in FIRST_TAGS:
        for previous in Tag:
            if previous not in (first, first.inside):
                scores[previous, first.inside] = IMPOSSIBLE
    return scores


TRANSITION_SCORES = _transition_scores()


def _best_path(scores: FloatArray) -> list[int]:
    """Return the best tag of each token. Tokens certainly outside split the sequence into parts searched separately."""
    path = np.zeros(len(scores), dtype=np.int64)
    edges = np.diff(np.concatenate(([0], scores[:, Tag.OUTSIDE] <= CERTAIN_LOG_PROBABILITY, [0])).astype(np.int8))
    for start, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        path[start:end] = _viterbi(scores[start:end])
    return [int(tag) for tag in path]


def _viterbi(scores: FloatArray) -> list[int]:
    best = scores[0].copy()
    best[[first.inside for first in FIRST_TAGS]] = IMPOSSIBLE
    back_pointers = np.zeros(scores.shape, dtype=np.int8)
    columns = np.arange(len(Tag))
    for index in range(1, len(scores)):
        candidates = best[:, None] + TRANSITION_SCORES
        back_pointers[index] = candidates.argmax(axis=0)
        best = candidates[back_pointers[index], columns] + scores[index]
    path = [int(best.argmax())]
    for index in range(len(scores) - 1, 0, -1):
        path.append(int(back_pointers[index][path[-1]]))
    return path[::-1]
