"""Links tagged runs into attributions: contents to their cue, cues and contents to their source, if any."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims.extraction.tagger.decoding import TaggedRun
from claims.extraction.tagger.encoder import ArcHead, EncoderScores, FloatArray
from claims.extraction.tagger.tags import Tag

# Log probability of a target outside the windows of all of a run's tokens.
OUT_OF_SIGHT = -30.0
# Longer runs are sampled: neighbouring tokens have nearly the same arcs.
MAX_DENSE_RUN_LENGTH = 40


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


def link_runs(runs: Sequence[TaggedRun], scores: EncoderScores, no_source_bias: float) -> list[LinkedAttribution]:
    """Return the attributions in the order of their contents; the bias is added to the score of "no source"."""
    cues = [run for run in runs if run.part is Tag.CUE]
    sources = [run for run in runs if run.part is Tag.SOURCE]
    contents = [run for run in runs if run.part is Tag.CONTENT]
    source_targets = [*(source.start for source in sources), None]
    content_to_cue = _mean_arc_scores(scores, ArcHead.CUE, contents, [cue.start for cue in cues])
    content_to_source = _mean_arc_scores(scores, ArcHead.SOURCE, contents, source_targets)
    cue_to_source = _mean_arc_scores(scores, ArcHead.SOURCE, cues, source_targets)
    attributions: list[LinkedAttribution] = []
    for cue, members in _group_by_cue(content_to_cue):
        source_scores = content_to_source[members].mean(axis=0)
        if cue is not None:
            source_scores = source_scores + cue_to_source[cue]
        source_scores[-1] += no_source_bias
        best = int(source_scores.argmax())
        attributions.append(
            LinkedAttribution(
                contents=tuple(contents[member] for member in members),
                cue=None if cue is None else cues[cue],
                source=sources[best] if best < len(sources) else None,
                cue_probability=0.0 if cue is None else min(_softmax(content_to_cue[m], cue) for m in members),
                source_probability=_softmax(source_scores, best),
            )
        )
    return sorted(attributions, key=lambda attribution: attribution.contents[0].start)


def _group_by_cue(content_to_cue: FloatArray) -> list[tuple[int | None, list[int]]]:
    """Return each cue with the contents that fit it best; a content without a cue in sight stands alone."""
    contents_by_cue: dict[int, list[int]] = {}
    groups: list[tuple[int | None, list[int]]] = []
    for content, cue_scores in enumerate(content_to_cue):
        if not len(cue_scores) or cue_scores.max() <= OUT_OF_SIGHT:
            groups.append((None, [content]))
            continue
        cue = int(cue_scores.argmax())
        if cue not in contents_by_cue:
            contents_by_cue[cue] = []
            groups.append((cue, contents_by_cue[cue]))
        contents_by_cue[cue].append(content)
    return groups


def _mean_arc_scores(
    scores: EncoderScores, head: ArcHead, runs: Sequence[TaggedRun], targets: Sequence[int | None]
) -> FloatArray:
    """Return [run, target]: the mean log probability that the arcs of the run's tokens end at the target."""
    means = np.full((len(runs), len(targets)), OUT_OF_SIGHT, dtype=np.float32)
    if not runs or not targets:
        return means
    samples = [range(run.start, run.end, max(1, len(run) // MAX_DENSE_RUN_LENGTH)) for run in runs]
    arcs = scores.arcs(head, [token for sample in samples for token in sample], targets)
    in_sight = ~np.isnan(arcs)
    starts = np.cumsum([0, *(len(sample) for sample in samples[:-1])])
    counts = np.add.reduceat(in_sight, starts, axis=0, dtype=np.int64)
    sums = np.add.reduceat(np.where(in_sight, arcs, 0), starts, axis=0)
    return np.divide(sums, counts, out=means, where=counts > 0)


def _softmax(scores: FloatArray, index: int) -> float:
    """Return the softmax of one of the scores."""
    return float(1 / np.exp(scores - scores[index]).sum())
