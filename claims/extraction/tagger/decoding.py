"""Decodes tag scores into runs of tokens by Viterbi search: a run can continue only after it began."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.extraction.tagger.encoder import FloatArray
from claims.extraction.tagger.tags import Tag

# Log of the probability 0.999 from which a token is certainly outside any run.
CERTAIN_LOG_PROBABILITY = -0.001
IMPOSSIBLE = -1e9
FIRST_TAGS = (Tag.SOURCE, Tag.CUE, Tag.CONTENT)
CONTINUATIONS = [(int(first), int(first.inside)) for first in FIRST_TAGS]


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
    # A run begins with each tag that does not continue one.
    starts = np.flatnonzero(~np.isin(path, [first.inside for first in FIRST_TAGS]))
    ends = np.append(starts[1:], len(path))
    is_run = np.isin(path[starts], FIRST_TAGS)
    probabilities = np.exp(tags)
    runs: list[TaggedRun] = []
    for start, end in zip(starts[is_run].tolist(), ends[is_run].tolist(), strict=True):
        part = Tag(path[start])
        probability = float(probabilities[start:end, part : part.inside + 1].sum() / (end - start))
        runs.append(TaggedRun(part, start, end, probability))
    return runs


def _best_path(scores: FloatArray) -> NDArray[np.int64]:
    """Return the best tag of each token. Tokens certainly outside split the sequence into parts searched separately."""
    path = np.zeros(len(scores), dtype=np.int64)
    edges = np.diff(np.concatenate(([0], scores[:, Tag.OUTSIDE] <= CERTAIN_LOG_PROBABILITY, [0])).astype(np.int8))
    for start, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        path[start:end] = _viterbi(scores[start:end].tolist())
    return path


def _viterbi(scores: list[list[float]]) -> list[int]:
    """Return the best tag of each token. Plain numbers, as an array of seven costs more to make than to compare."""
    best = scores[0]
    for _, inside in CONTINUATIONS:
        best[inside] = IMPOSSIBLE
    predecessors: list[list[int]] = []
    for row in scores[1:]:
        top_score = max(best)
        top = best.index(top_score)
        pointers = [top] * len(row)
        new_best = [top_score + score for score in row]
        for first, inside in CONTINUATIONS:
            pointers[inside] = first if best[first] >= best[inside] else inside
            new_best[inside] = best[pointers[inside]] + row[inside]
        predecessors.append(pointers)
        best = new_best
    path = [best.index(max(best))]
    for pointers in reversed(predecessors):
        path.append(pointers[path[-1]])
    return path[::-1]
