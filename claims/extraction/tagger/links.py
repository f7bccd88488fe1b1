"""From runs to attributions: which cue a content belongs to, and which source, if any, a cue and its contents have."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims.extraction.tagger.runs import Run
from claims.extraction.tagger.scores import Floats, Head, Scores
from claims.extraction.tagger.tags import Tag

# A target that none of a run's words can see is as unlikely as this.
UNSEEN = -30.0
# Words of a long run that are asked at most: the arcs of neighbours say the same.
ASKED = 40


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution as runs of words: its contents in order, its cue and its source if it has them.

    `cue_probability` and `source_probability` say how sure the links are ("no source" has one too).
    """

    contents: tuple[Run, ...]
    cue: Run | None
    source: Run | None
    cue_probability: float
    source_probability: float


def link(runs: Sequence[Run], scores: Scores, nobody: float) -> list[Linked]:
    """The attributions among the runs, in the order of their contents. `nobody` is added to "no source"."""
    cues = [run for run in runs if run.part is Tag.CUE]
    sources = [run for run in runs if run.part is Tag.SOURCE]
    contents = [run for run in runs if run.part is Tag.CONTENT]
    to_cue = _fits(scores, Head.CUE, contents, [cue.start for cue in cues])
    said_by = [*(source.start for source in sources), None]
    of_content = _fits(scores, Head.SOURCE, contents, said_by)
    of_cue = _fits(scores, Head.SOURCE, cues, said_by)
    # The contents of each cue; one whose cue was not found stands alone.
    members: dict[tuple[int, int], list[int]] = {}
    for number, fit in enumerate(to_cue):
        seen = len(cues) > 0 and fit.max() > UNSEEN
        members.setdefault((int(fit.argmax()), 0) if seen else (-1, number), []).append(number)
    found: list[Linked] = []
    for (cue, _), numbers in members.items():
        fit = of_content[numbers].mean(axis=0) + (of_cue[cue] if cue >= 0 else 0)
        fit[-1] += nobody
        best = int(fit.argmax())
        found.append(
            Linked(
                contents=tuple(contents[number] for number in numbers),
                cue=cues[cue] if cue >= 0 else None,
                source=sources[best] if best < len(sources) else None,
                cue_probability=min(_share(to_cue[number], cue) for number in numbers) if cue >= 0 else 0.0,
                source_probability=_share(fit, best),
            )
        )
    return sorted(found, key=lambda linked: linked.contents[0].start)


def _fits(scores: Scores, head: Head, runs: Sequence[Run], targets: Sequence[int | None]) -> Floats:
    """[run, target]: the mean log probability that the arcs of the run's words end at the target."""
    fits = np.full((len(runs), len(targets)), UNSEEN, dtype=np.float32)
    if not runs or not targets:
        return fits
    asked = [list(range(run.start, run.end, max(1, len(run) // ASKED))) for run in runs]
    arcs = scores.arcs(head, [word for words in asked for word in words], targets)
    seen = ~np.isnan(arcs)
    starts = np.cumsum([0, *(len(words) for words in asked[:-1])])
    counts = np.add.reduceat(seen, starts, axis=0, dtype=np.int64)
    sums = np.add.reduceat(np.where(seen, arcs, 0), starts, axis=0)
    return np.divide(sums, counts, out=fits, where=counts > 0)


def _share(fit: Floats, best: int) -> float:
    """The softmax share of the best fit."""
    return float(1 / np.exp(fit - fit[best]).sum())
