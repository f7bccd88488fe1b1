"""`python -m benchmarks.russian_speed`: the speed of the Russian reader on one core, beside two others in the same run.

They are the English reader, and slovnet's own parse of the same Russian texts, without which no reader of this kind
works. The short articles of each language are joined into texts of about 900 words, each of which is read once. Every
measurement runs in a process of its own, and the systems take turns. Speed is by CPU time.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.console import write_report
from benchmarks.extraction import OWN_SYSTEM, ROOT, count_words, measure_system, print_status, write_texts
from benchmarks.systems.extraction_report import WORDS_PER_ARTICLE
from benchmarks.systems.harness import WARM_UP_TEXT
from claims.extraction.corpus import AnnotatedText, read_corpus

ENGLISH, RUSSIAN = "English", "Russian"
FOLDERS = {ENGLISH: ROOT / "benchmarks" / "genres", RUSSIAN: ROOT / "benchmarks" / "russian"}
WARM_UP_TEXTS = {ENGLISH: WARM_UP_TEXT, RUSSIAN: "«Идёт дождь», — сказала Анна Мороз."}
SYSTEMS = [(OWN_SYSTEM, RUSSIAN), (OWN_SYSTEM, ENGLISH), ("slovnet_pipeline", RUSSIAN)]
Runs = Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.russian_speed", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=5, help="default: 5")
    options = parser.parse_args(argv)
    if options.repetitions < 1:
        parser.error("--repetitions must be at least 1")
    corpora = {language: list(join_articles(read_corpus(folder))) for language, folder in FOLDERS.items()}
    runs: dict[tuple[str, str], list[dict[str, Any]]] = {system: [] for system in SYSTEMS}
    with tempfile.TemporaryDirectory() as folder:
        files = {
            language: write_texts(Path(folder) / f"{language}.jsonl", corpus) for language, corpus in corpora.items()
        }
        for repetition in range(1, options.repetitions + 1):
            for name, language in SYSTEMS:
                print_status(f"Repetition {repetition} of {options.repetitions}: {name}, {language}")
                result = measure_system(
                    Path(sys.executable), name, "speed", files[language], "--warm-up", WARM_UP_TEXTS[language]
                )
                runs[name, language].append(result)
    write_report(format_report(runs, {language: count_words(corpus) for language, corpus in corpora.items()}))
    return 0


def join_articles(corpus: Iterable[AnnotatedText]) -> Iterator[AnnotatedText]:
    """Join short articles into texts of at least the length of an article; what is left over is left out."""
    joined: list[str] = []
    for annotated in corpus:
        joined.append(annotated.text)
        article = AnnotatedText(annotated.name, "\n\n".join(joined), ())
        if count_words([article]) >= WORDS_PER_ARTICLE:
            yield article
            joined = []


def format_report(runs: Runs, words: Mapping[str, int]) -> str:
    def speed(system: tuple[str, str], run: Mapping[str, Any]) -> float:
        return words[system[1]] / WORDS_PER_ARTICLE / float(run["cpu"])

    speeds = {system: median(speed(system, run) for run in repetitions) for system, repetitions in runs.items()}
    own = speeds[SYSTEMS[0]]
    lines = [
        "| system | texts | articles a second, a core | times the Russian reader's | range | ready, s | memory, MiB |",
        "|---|---|--:|--:|---|--:|--:|",
    ]
    for system, repetitions in runs.items():
        ranked = sorted(speed(system, run) for run in repetitions)
        ready, memory = (median(run[key] for run in repetitions) for key in ("ready", "memory"))
        lines.append(
            f"| {repetitions[0]['name']} | {system[1]} | {speeds[system]:.1f} | {speeds[system] / own:.2f}"
            f" | {ranked[0]:.1f} to {ranked[-1]:.1f} | {ready:.1f} | {memory:.0f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
