"""The measurements as Markdown tables: medians, and how the project stands to each peer."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.systems.measuring import LENGTHS
from claims.extraction.evaluation import Count, Measure, Scores, Subset

ARTICLE = 900  # words

# One system's runs: what each mode printed, repetition by repetition.
Runs = Mapping[str, Sequence[Mapping[str, Any]]]

FIGURES = [
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


def speed_table(systems: Mapping[str, Runs], words: int, joined_words: int) -> str:
    """Speed, memory and linearity. The first system is the project's; the others stand beside it with the ratio to it.

    `words` are those of all texts, `joined_words` those of the texts that are joined into longer ones.
    """
    cores = next(run["cores"] for runs in systems.values() for run in runs["batch"])

    def articles(seconds: float) -> float:
        return words / ARTICLE / seconds

    rows: list[tuple[str, Callable[[Runs], list[float]], str]] = [
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
    for place, length in enumerate(LENGTHS):

        def seconds(runs: Runs, place: int = place) -> list[float]:
            return [run["lengths"][place] / joined_words * 1000 for run in runs["speed"]]

        rows.append((f"CPU seconds for 1000 words, texts of {length}× the length", seconds, ".3f"))
    names = [_named(name, runs) for name, runs in systems.items()]
    lines = [_line(["", names[0], *(cell for name in names[1:] for cell in (name, "factbase ÷ it"))])]
    lines.append(_line(["---", *["--:"] * (2 * len(names) - 1)]))
    for row, values, form in rows:
        own, *peers = (median(values(runs)) for runs in systems.values())
        cells = [format(own, form)]
        for peer in peers:
            cells += [format(peer, form), f"{own / peer:.2f}"]
        lines.append(_line([row, *cells]))
    return "\n".join(lines)


def noise(systems: Mapping[str, Runs]) -> str:
    """How far the repetitions lie apart, by their CPU time on one core."""
    furthest = 0.0
    for runs in systems.values():
        middle = median(run["cpu"] for run in runs["speed"])
        furthest = max(furthest, *(abs(run["cpu"] / middle - 1) for run in runs["speed"]))
    count = max(len(runs["speed"]) for runs in systems.values())
    return f"Medians of {count} interleaved repetitions, which lie up to {furthest:.0%} from them (CPU time, one core)."


def quality_table(systems: Mapping[str, Scores]) -> str:
    """Precision, recall and F1 of each system, in percent; what they mean, `manage.py evaluate` and its text tell."""
    lines = [_line(["P / R / F1", *systems]), _line(["---", *["--:"] * len(systems)])]
    for measure, subset in FIGURES:
        name = f"{measure}, {subset}" if subset is not Subset.ALL else str(measure)
        lines.append(_line([name, *(_shares(scores.get((measure, subset), Count())) for scores in systems.values())]))
    right = (_percent(scores.get((Measure.SPEAKER, Subset.ALL), Count()).precision) for scores in systems.values())
    return "\n".join([*lines, _line([str(Measure.SPEAKER), *right])])


def _named(name: str, runs: Runs) -> str:
    return f"{name} ({runs['speed'][0]['version']})"


def _shares(count: Count) -> str:
    return " / ".join(map(_percent, (count.precision, count.recall, count.f1)))


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
