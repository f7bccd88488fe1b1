"""Formats the measurements as Markdown tables: medians, and ratios to each compared system."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.systems.harness import JOINED_TEXT_COUNTS
from claims.extraction.evaluation import MatchCounts, Measure, Scores, Subset

WORDS_PER_ARTICLE = 900  # words

# One system's results by mode, one per repetition.
SystemRuns = Mapping[str, Sequence[Mapping[str, Any]]]

REPORTED_MEASURES = [
    (Measure.ATTRIBUTED, Subset.ALL),
    (Measure.ATTRIBUTED, Subset.SPEECH),
    (Measure.ATTRIBUTED, Subset.QUOTED),
    (Measure.ATTRIBUTED, Subset.DIRECT),
    (Measure.ATTRIBUTED, Subset.SPEECH_INDIRECT),
    (Measure.DETECTED, Subset.ALL),
    (Measure.EXACT, Subset.ALL),
    (Measure.OVERLAP, Subset.ALL),
    (Measure.WORD, Subset.ALL),
]


def format_speed_table(systems: Mapping[str, SystemRuns], words: int, joined_words: int) -> str:
    """Formats speed, memory and linearity. The first system is factbase; the others have their ratio to it.

    `words` is the number of words in all texts, `joined_words` that in the texts that are joined into longer ones.
    """
    cores = next(run["cores"] for runs in systems.values() for run in runs["batch"])

    def articles(seconds: float) -> float:
        return words / WORDS_PER_ARTICLE / seconds

    rows: list[tuple[str, Callable[[SystemRuns], list[float]], str]] = [
        (
            "articles a second, one core, by CPU time",
            lambda runs: [articles(run["cpu"]) for run in runs["speed"]],
            ".2f",
        ),
        (
            "articles a second, one core, by the clock",
            lambda runs: [articles(run["wall"]) for run in runs["speed"]],
            ".2f",
        ),
        (
            f"articles a second, all {cores} cores, by the clock",
            lambda runs: [articles(run["wall"]) for run in runs["batch"]],
            ".2f",
        ),
        ("seconds until the first quotation", lambda runs: [run["ready"] for run in runs["speed"]], ".2f"),
        ("most memory, MiB", lambda runs: [run["memory"] for run in runs["speed"]], ".0f"),
    ]
    for index, length in enumerate(JOINED_TEXT_COUNTS):

        def seconds(runs: SystemRuns, index: int = index) -> list[float]:
            return [run["lengths"][index] / joined_words * 1000 for run in runs["speed"]]

        rows.append((f"CPU seconds for 1000 words, texts of {length}× the length", seconds, ".3f"))
    names = [_name_with_version(name, runs) for name, runs in systems.items()]
    lines = [_table_row(["", names[0], *(cell for name in names[1:] for cell in (name, "factbase ÷ it"))])]
    lines.append(_table_row(["---", *["--:"] * (2 * len(names) - 1)]))
    for row, values, form in rows:
        own, *peers = (median(values(runs)) for runs in systems.values())
        cells = [format(own, form)]
        for peer in peers:
            cells += [format(peer, form), f"{own / peer:.2f}"]
        lines.append(_table_row([row, *cells]))
    return "\n".join(lines)


def describe_noise(systems: Mapping[str, SystemRuns]) -> str:
    """Describes the spread of the repetitions, by their CPU time on one core."""
    largest = 0.0
    for runs in systems.values():
        typical = median(run["cpu"] for run in runs["speed"])
        largest = max(largest, *(abs(run["cpu"] / typical - 1) for run in runs["speed"]))
    count = max(len(runs["speed"]) for runs in systems.values())
    return f"Medians of {count} interleaved repetitions; largest difference {largest:.0%} (CPU time, one core)."


def format_quality_table(systems: Mapping[str, Scores]) -> str:
    """Formats precision, recall and F1 of each system in percent; `manage.py evaluate` explains them."""
    lines = [_table_row(["P / R / F1", *systems]), _table_row(["---", *["--:"] * len(systems)])]
    for measure, subset in REPORTED_MEASURES:
        name = f"{measure}, {subset}" if subset is not Subset.ALL else str(measure)
        lines.append(
            _table_row(
                [name, *(_format_scores(scores.get((measure, subset), MatchCounts())) for scores in systems.values())]
            )
        )
    speaker_scores = (
        _format_percent(scores.get((Measure.SPEAKER, Subset.ALL), MatchCounts()).precision)
        for scores in systems.values()
    )
    return "\n".join([*lines, _table_row([str(Measure.SPEAKER), *speaker_scores])])


def _name_with_version(name: str, runs: SystemRuns) -> str:
    return f"{name} ({runs['speed'][0]['version']})"


def _format_scores(count: MatchCounts) -> str:
    return " / ".join(map(_format_percent, (count.precision, count.recall, count.f1)))


def _format_percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _table_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
