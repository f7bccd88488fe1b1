"""Formats scores as plain-text tables: a row per measure and subset, a block of columns per system, in percent."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from claims.extraction.evaluation.comparable_quotes import Subset
from claims.extraction.evaluation.comparison import MatchCounts, Measure, ScoreKey, Scores
from claims.extraction.evaluation.reliability import ReliabilityBin
from claims.extraction.evaluation.speaker_scores import Outcome, SpeakerScores
from claims.extraction.quotation import MentionKind

# P is precision, R recall, F their harmonic mean.
COLUMNS = f"{'P':>6}{'R':>6}{'F':>6}  {'right/predicted/gold':>20}"
NAME_WIDTH = 22


def format_scores(systems: Mapping[str, Scores]) -> str:
    """Format the scores of systems over the same texts, side by side."""
    return "\n".join(line.rstrip() for line in _scores_lines(systems))


def format_reliability(bins: Sequence[ReliabilityBin]) -> str:
    lines = [f"{'confidence':<12}{'mean':>6}{'right':>8}{'count':>7}"]
    for reliability_bin in bins:
        bounds = f"{reliability_bin.low:.1f} to {reliability_bin.high:.1f}"
        mean, accuracy = _percent_cell(reliability_bin.confidence), _percent_cell(reliability_bin.accuracy)
        lines.append(f"{bounds:<12}{mean:>6}{accuracy:>8}{reliability_bin.count:>7}")
    return "\n".join(lines)


def format_speaker_scores(systems: Mapping[str, SpeakerScores]) -> str:
    """Format how well systems resolve the speakers whom the corpus names, a row per kind of mention."""
    return "\n".join(line.rstrip() for line in _speaker_lines(systems))


def _speaker_lines(systems: Mapping[str, SpeakerScores]) -> Iterator[str]:
    header = f"{'P':>6}{'R':>6}  {'right/wrong/open/missed':>24}"
    yield f"{'':<{NAME_WIDTH}}" + "".join(f"  {_shorten_name(name, len(header)):^{len(header)}}" for name in systems)
    yield f"{'resolved speakers':<{NAME_WIDTH}}" + f"  {header}" * len(systems)
    for kind in (*MentionKind, None):
        cells = (_format_outcomes(scores.outcomes[kind]) for scores in systems.values())
        yield f"{f'  by {kind}' if kind else '  all':<{NAME_WIDTH}}" + "".join(f"  {cell}" for cell in cells)
    for name, attribute in (
        ("unnamed left unnamed", "unnamed"),
        ("kind right", "kinds"),
        ("persons are persons", "persons"),
    ):
        shares: list[MatchCounts] = [getattr(scores, attribute) for scores in systems.values()]
        yield f"{name:<{NAME_WIDTH}}" + "".join(
            f"  {_percent_cell(share.precision):>6}{'':6}  {f'{share.right}/{share.predicted}':>24}" for share in shares
        )


def _format_outcomes(outcomes: Counter[Outcome]) -> str:
    right, wrong = outcomes[Outcome.RIGHT], outcomes[Outcome.WRONG]
    counts = MatchCounts(right, right + wrong, outcomes.total())
    numbers = "/".join(str(outcomes[outcome]) for outcome in Outcome)
    return f"{_percent_cell(counts.precision):>6}{_percent_cell(counts.recall):>6}  {numbers:>24}"


def _scores_lines(systems: Mapping[str, Scores]) -> Iterator[str]:
    yield " " * NAME_WIDTH + "".join(f"  {_shorten_name(name, len(COLUMNS)):^{len(COLUMNS)}}" for name in systems)
    yield " " * NAME_WIDTH + f"  {COLUMNS}" * len(systems)
    keys = {key for scores in systems.values() for key in scores}
    for measure, group in groupby(_sort_keys(keys), key=lambda key: key[0]):
        rows = list(group)
        if len(rows) > 1:
            yield measure
        for key in rows:
            name = f"  {key[1]}" if len(rows) > 1 else measure
            cells = (_format_counts(measure, scores.get(key, MatchCounts())) for scores in systems.values())
            yield f"{name:<{NAME_WIDTH}}" + "".join(f"  {cell}" for cell in cells)


def _sort_keys(keys: Iterable[ScoreKey]) -> list[ScoreKey]:
    measures, subsets = list(Measure), list(Subset)
    return sorted(keys, key=lambda key: (measures.index(key[0]), subsets.index(key[1])))


def _format_counts(measure: Measure, counts: MatchCounts) -> str:
    precision, recall, f1 = map(_percent_cell, (counts.precision, counts.recall, counts.f1))
    if measure is Measure.SPEAKER:
        # A share of the matches, which has no recall.
        return f"{precision:>6}{'':12}  {f'{counts.right}/{counts.predicted}':>20}"
    return f"{precision:>6}{recall:>6}{f1:>6}  {f'{counts.right}/{counts.predicted}/{counts.gold}':>20}"


def _percent_cell(share: float) -> str:
    return f"{100 * share:.1f}"


def _shorten_name(name: str, width: int) -> str:
    return name if len(name) <= width else f"…{name[1 - width :]}"
