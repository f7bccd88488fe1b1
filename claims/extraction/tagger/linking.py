"""From runs to attributions: which cue a content belongs to, and which source, if any, a cue and its contents have."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims.extraction.tagger.decoding import TaggedRun
from claims.extraction.tagger.encoder import ArcHead, EncoderScores, FloatArray
from claims.extraction.tagger.tags import Tag

# A target that none of a run's words can see is as unlikely as this.
OUT_OF_SIGHT = -30.0
# Words of a long run that are asked at most: the arcs of neighbours say the same.
MAX_WORDS_PER_RUN = 40


@dataclass(frozen=True, slots=True)
class LinkedAttribution:
    """One attribution as runs of words: its contents in order, its cue and its source if it has them.

    `cue_probability` and `source_probability` say how sure the links are ("no source" has one too).
    """

    contents: tuple[TaggedRun, ...]
    cue: TaggedRun | None
    source: TaggedRun | None
    cue_probability: float
    source_probability: float


def link_runs(runs: Sequence[TaggedRun], scores: EncoderScores, nobody: float) -> list[LinkedAttribution]:
    """The attributions among the runs, in the order of their contents. `nobody` is added to "no source"."""
    cues = [run for run in runs if run.part is Tag.CUE]
    sources = [run for run in runs if run.part is Tag.SOURCE]
    contents = [run for run in runs if run.part is Tag.CONTENT]
    to_cue = _mean_arc_scores(scores, ArcHead.CUE, contents, [cue.start for cue in cues])
    said_by = [*(source.start for source in sources), None]
    of_content = _mean_arc_scores(scores, ArcHead.SOURCE, contents, said_by)
    of_cue = _mean_arc_scores(scores, ArcHead.SOURCE, cues, said_by)
    # The contents of each cue; one whose cue was not found stands alone.
    members: dict[tuple[int, int], list[int]] = {}
    for number, fit in enumerate(to_cue):
        seen = len(cues) > 0 and fit.max() > OUT_OF_SIGHT
        members.setdefault((int(fit.argmax()), 0) if seen else (-1, number), []).append(number)
    found: list[LinkedAttribution] = []
    for (cue, _), numbers in members.items():
        fit = of_content[numbers].mean(axis=0) + (of_cue[cue] if cue >= 0 else 0)
        fit[-1] += nobody
        best = int(fit.argmax())
        found.append(
            LinkedAttribution(
                contents=tuple(contents[number] for number in numbers),
                cue=cues[cue] if cue >= 0 else None,
                source=sources[best] if best < len(sources) else None,
                cue_probability=min(_softmax_share(to_cue[number], cue) for number in numbers) if cue >= 0 else 0.0,
                source_probability=_softmax_share(fit, best),
            )
        )
    return sorted(found, key=lambda linked: linked.contents[0].start)


def _mean_arc_scores(
    scores: EncoderScores, head: ArcHead, runs: Sequence[TaggedRun], targets: Sequence[int | None]
) -> FloatArray:
    """[run, target]: the mean log probability that the arcs of the run's words end at the target."""
    fits = np.full((len(runs), len(targets)), OUT_OF_SIGHT, dtype=np.float32)
    if not runs or not targets:
        return fits
    asked = [list(range(run.start, run.end, max(1, len(run) // MAX_WORDS_PER_RUN))) for run in runs]
    arcs = scores.arcs(head, [word for words in asked for word in words], targets)
    seen = ~np.isnan(arcs)
    starts = np.cumsum([0, *(len(words) for words in asked[:-1])])
    counts = np.add.reduceat(seen, starts, axis=0, dtype=np.int64)
    sums = np.add.reduceat(np.where(seen, arcs, 0), starts, axis=0)
    return np.divide(sums, counts, out=fits, where=counts > 0)


def _softmax_share(fit: FloatArray, best: int) -> float:
    """The softmax share of the best fit."""
    return float(1 / np.exp(fit - fit[best]).sum())
