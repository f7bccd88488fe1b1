"""Links tagged runs into attributions: contents to their cue, cues and contents to their source, if any."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from claims.extraction.english.tagger.decoding import TaggedRun
from claims.extraction.english.tagger.encoder import ArcHead, EncoderScores, FloatArray
from claims.extraction.english.tagger.tags import Tag

# Log probability of a target outside the windows of all of a run's tokens.
OUT_OF_SIGHT = -30.0
# Longer runs are sampled: neighbouring tokens have nearly the same arcs.
MAX_DENSE_RUN_LENGTH = 40
# Neighbouring runs have nearly the same targets in sight.
RUNS_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class LinkedAttribution:
    """An attribution as tagged runs: its contents in order, its cue and its source, if any.

    `cue_probability` and `source_probability` are those of the links; a missing source has a probability too.
    """

    contents: tuple[TaggedRun, ...]
    cue: TaggedRun | None
    source: TaggedRun | None
    cue_probability: float
    source_probability: float


@dataclass(frozen=True, slots=True)
class _ArcScores:
    """A run's mean log probabilities to the targets in sight, of which `start` is the first, and to "no source"."""

    start: int
    targets: FloatArray
    nobody: float

    @property
    def end(self) -> int:
        return self.start + len(self.targets)

    def between(self, start: int, end: int) -> FloatArray:
        """Return the scores of other targets, among which those in sight are, and of "no source"."""
        scores = np.full(end - start + 1, OUT_OF_SIGHT, dtype=np.float32)
        scores[self.start - start : self.end - start] = self.targets
        scores[-1] = self.nobody
        return scores


def link_runs(runs: Sequence[TaggedRun], scores: EncoderScores, no_source_bias: float) -> list[LinkedAttribution]:
    """Return the attributions in the order of their contents; the bias is added to the score of "no source"."""
    cues = [run for run in runs if run.part is Tag.CUE]
    sources = [run for run in runs if run.part is Tag.SOURCE]
    contents = [run for run in runs if run.part is Tag.CONTENT]
    content_to_cue = list(_mean_arc_scores(scores, ArcHead.CUE, contents, cues))
    content_to_source = list(_mean_arc_scores(scores, ArcHead.SOURCE, contents, sources))
    cue_to_source = list(_mean_arc_scores(scores, ArcHead.SOURCE, cues, sources))
    attributions: list[LinkedAttribution] = []
    for cue, members in _group_by_cue(content_to_cue):
        rows = [content_to_source[member] for member in members]
        cue_row = [] if cue is None else [cue_to_source[cue]]
        start, end = min(row.start for row in rows + cue_row), max(row.end for row in rows + cue_row)
        source_scores = np.mean([row.between(start, end) for row in rows], axis=0)
        for row in cue_row:
            source_scores += row.between(start, end)
        source_scores[-1] += no_source_bias
        best = int(source_scores.argmax())
        attributions.append(
            LinkedAttribution(
                contents=tuple(contents[member] for member in members),
                cue=None if cue is None else cues[cue],
                source=sources[start + best] if best < end - start else None,
                cue_probability=0.0 if cue is None else min(_cue_probability(content_to_cue[m], cue) for m in members),
                source_probability=_softmax(source_scores, best),
            )
        )
    return sorted(attributions, key=lambda attribution: attribution.contents[0].start)


def _group_by_cue(content_to_cue: Sequence[_ArcScores]) -> list[tuple[int | None, list[int]]]:
    """Return each cue with the contents that fit it best; a content without a cue in sight stands alone."""
    contents_by_cue: dict[int, list[int]] = {}
    groups: list[tuple[int | None, list[int]]] = []
    for content, cue_scores in enumerate(content_to_cue):
        if not len(cue_scores.targets) or cue_scores.targets.max() <= OUT_OF_SIGHT:
            groups.append((None, [content]))
            continue
        cue = cue_scores.start + int(cue_scores.targets.argmax())
        if cue not in contents_by_cue:
            contents_by_cue[cue] = []
            groups.append((cue, contents_by_cue[cue]))
        contents_by_cue[cue].append(content)
    return groups


def _mean_arc_scores(
    scores: EncoderScores, head: ArcHead, runs: Sequence[TaggedRun], targets: Sequence[TaggedRun]
) -> Iterator[_ArcScores]:
    """Yield for each run the mean log probabilities that the arcs of its tokens end at each target in sight."""
    target_starts = [target.start for target in targets]
    for position in range(0, len(runs), RUNS_AT_ONCE):
        block = runs[position : position + RUNS_AT_ONCE]
        sight = scores.sight(block[0].start, block[-1].end)
        start, end = bisect_left(target_starts, sight.start), bisect_left(target_starts, sight.stop)
        columns: list[int | None] = [*target_starts[start:end]]
        if head is ArcHead.SOURCE:
            columns.append(None)
        samples = [range(run.start, run.end, max(1, len(run) // MAX_DENSE_RUN_LENGTH)) for run in block]
        arcs = scores.arcs(head, [token for sample in samples for token in sample], columns)
        in_sight = ~np.isnan(arcs)
        starts = np.cumsum([0, *(len(sample) for sample in samples[:-1])])
        counts = np.add.reduceat(in_sight, starts, axis=0, dtype=np.int64)
        sums = np.add.reduceat(np.where(in_sight, arcs, 0), starts, axis=0)
        means = np.full((len(block), len(columns)), OUT_OF_SIGHT, dtype=np.float32)
        np.divide(sums, counts, out=means, where=counts > 0)
        for row in means:
            yield _ArcScores(start, row[: end - start], float(row[-1]) if head is ArcHead.SOURCE else OUT_OF_SIGHT)


def _cue_probability(scores: _ArcScores, cue: int) -> float:
    return _softmax(scores.targets, cue - scores.start)


def _softmax(scores: FloatArray, index: int) -> float:
    """Return the softmax of one of the scores."""
    return float(1 / np.exp(scores - scores[index]).sum())
