"""Decodes tag scores into runs of tokens by Viterbi search: a run can continue only after it began."""

from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from claims.extraction.english.tagger.encoder import FloatArray
from claims.extraction.english.tagger.tags import Tag

IMPOSSIBLE = -1e9
FIRST_TAGS = (Tag.SOURCE, Tag.CUE, Tag.CONTENT)
INSIDE_TAGS = tuple(first.inside for first in FIRST_TAGS)


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
    starts = np.flatnonzero(~np.isin(path, INSIDE_TAGS))
    ends = np.append(starts[1:], len(path))
    parts = path[starts]
    probabilities = np.exp(tags)
    runs: list[TaggedRun] = []
    for first in FIRST_TAGS:
        sums = np.add.reduceat(probabilities[:, first] + probabilities[:, first.inside], starts)
        is_run = parts == first
        means = (sums[is_run] / (ends - starts)[is_run]).tolist()
        runs += map(TaggedRun, repeat(first), starts[is_run].tolist(), ends[is_run].tolist(), means)
    runs.sort(key=attrgetter("start"))
    return runs


def _best_path(scores: FloatArray) -> NDArray[np.int64]:
    """Return the tags of the best sequence.

    That is each token's best tag, but where a tag continues nothing. There, the tags are searched from right to left,
    as a tag only limits the one before it.
    """
    path: NDArray[np.int64] = scores.argmax(axis=1)
    previous = np.concatenate(([Tag.OUTSIDE], path[:-1]))
    is_inside = np.isin(path, INSIDE_TAGS)
    is_broken = is_inside & (previous != path) & (previous != path - 1)
    run_starts = np.append(np.flatnonzero(~is_inside), len(path))
    start = len(path)
    for position in reversed(np.flatnonzero(is_broken).tolist()):
        if position < start:
            end = min(start, int(run_starts[run_starts.searchsorted(position)]))
            best_tags = _search_backwards(scores, end)
            start = end - len(best_tags)
            path[start:end] = best_tags
    return path


def _search_backwards(scores: FloatArray, end: int) -> list[int]:
    """Return the best tags of the last tokens before `end`, from one on before which any tag may stand.

    What begins at `end` must begin there. Plain numbers, as small arrays cost more to make than to compare.
    """
    # The best scores from a token on: if it continues nothing, and if it continues each kind of run.
    free, continued = 0.0, [IMPOSSIBLE] * len(FIRST_TAGS)
    choices: list[tuple[int, list[bool]]] = []
    position = end
    while position and (position == end or max(continued) > free):
        position -= 1
        row = scores[position].tolist()
        is_better = [score > free for score in continued]
        rest = [max(free, score) for score in continued]
        outside = row[Tag.OUTSIDE] + free
        begun = [row[first] + score for first, score in zip(FIRST_TAGS, rest, strict=True)]
        continued = [row[inside] + score for inside, score in zip(INSIDE_TAGS, rest, strict=True)]
        free = max(outside, *begun)
        choices.append((Tag.OUTSIDE if outside >= free else FIRST_TAGS[begun.index(free)], is_better))
    tags: list[int] = []
    is_continued = False
    for tag, is_better in reversed(choices):
        tags.append(tags[-1] + (tags[-1] in FIRST_TAGS) if is_continued else tag)
        is_continued = tags[-1] != Tag.OUTSIDE and is_better[(tags[-1] - 1) // 2]
    return tags
