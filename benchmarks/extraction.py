"""`python -m benchmarks.extraction CORPUS`: how fast and how good extraction is, beside two peers in the same run.

The peers are textacy's direct quotations, and a plain spaCy pipeline as the floor of what any tool on it takes. They
are installed from `peers.txt` (`peers.in`, compiled as the project's own requirements are) into an environment of their
own. Every measurement is a process of its own, and the systems take turns.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.extraction_report import describe_noise, format_quality_table, format_speed_table
from benchmarks.peer_environment import PeerInstallationError, install_peers
from benchmarks.systems.harness import JOINED_TEXT_COUNTS
from claims.extraction.corpus import AnnotatedText, CorpusError, read_corpus
from claims.extraction.evaluation import (
    Comparison,
    Scores,
    WordIndex,
    annotated_quotes,
    predicted_quotes,
    read_predictions,
    sum_scores,
)

ROOT = Path(__file__).resolve().parents[1]
OWN_SYSTEM = "own"
PEER_SYSTEMS = ["textacy_quotations", "spacy_pipeline"]
# Those that find quotations.
QUOTING_SYSTEMS = [OWN_SYSTEM, "textacy_quotations"]
ONE_THREAD = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1")


class MeasurementError(Exception):
    """A system's process failed; says which, and what it said last."""


def main(argv: Sequence[str]) -> int:
    """Measure and print; the exit status is 1 where the peers are missing, so that no one takes half for the whole."""
    parser = argparse.ArgumentParser(prog="benchmarks.extraction", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of an annotated corpus in brat standoff")
    parser.add_argument("--texts", type=int, default=32, help="texts that speed is measured on (default: 32)")
    parser.add_argument("--repetitions", type=int, default=5, help="default: 5")
    parser.add_argument("--peers", type=Path, default=ROOT / "var" / "peers", help="where the peers are installed")
    parser.add_argument("--no-quality", action="store_true", help="leave out what takes the whole corpus")
    options = parser.parse_args(argv)
    if options.texts < JOINED_TEXT_COUNTS[-1] or options.repetitions < 1:
        parser.error(
            f"--texts must be at least {JOINED_TEXT_COUNTS[-1]}, as many as are joined into one, and --repetitions 1"
        )
    print_status("Reading the corpus")
    try:
        corpus = list(read_corpus(options.corpus))
    except CorpusError as error:
        parser.exit(1, f"{error}\n")
    pythons = {OWN_SYSTEM: Path(sys.executable)}
    missing = None
    print_status("Installing the peers, if they are not")
    try:
        pythons |= dict.fromkeys(PEER_SYSTEMS, install_peers(options.peers))
    except PeerInstallationError as error:
        missing = str(error)
    try:
        print_report(pythons, corpus, options)
    except MeasurementError as error:
        parser.exit(1, f"{error}\n")
    if missing is not None:
        print_status(f"\n*** THE PEERS ARE MISSING: {missing}\n*** The tables hold the project's own figures only.")
    return 0 if missing is None else 1


def print_report(pythons: dict[str, Path], corpus: Sequence[AnnotatedText], options: argparse.Namespace) -> None:
    """Print the tables."""
    # Spread over the corpus, whose texts lie in order of their publishers.
    chosen = corpus[:: max(1, len(corpus) // options.texts)][: options.texts]
    with tempfile.TemporaryDirectory() as folder:
        texts = write_texts(Path(folder) / "some.jsonl", chosen)
        runs: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
        for repetition in range(1, options.repetitions + 1):
            for system, python in pythons.items():
                for mode in ("speed", "batch"):
                    print_status(f"Repetition {repetition} of {options.repetitions}: {system}, {mode}")
                    runs[system][mode].append(measure_system(python, system, mode, texts))
        systems = {each["speed"][0]["name"]: each for each in runs.values()}
        words, joined_words = count_words(chosen), count_words(chosen[: JOINED_TEXT_COUNTS[-1]])
        print_section(f"## Speed\n\n{len(chosen)} texts, {words} words; an article is taken as 900 words.\n")
        print_section(f"{format_speed_table(systems, words, joined_words)}\n\n{describe_noise(systems)}")
        if options.no_quality:
            return
        texts = write_texts(Path(folder) / "all.jsonl", corpus)
        figures = {}
        for system in (system for system in QUOTING_SYSTEMS if system in pythons):
            print_status(f"Quality: {system}")
            found = measure_system(pythons[system], system, "predict", texts)
            figures[found["name"]] = score_predictions(corpus, found["predictions"], Path(folder) / f"{system}.jsonl")
        print_section(f"\n## Quality\n\n{len(corpus)} texts.\n\n{format_quality_table(figures)}")


def measure_system(python: Path, system: str, mode: str, texts: Path) -> dict[str, Any]:
    """What one process of a system printed. Raises `MeasureError` if it failed."""
    done = subprocess.run(  # noqa: S603  what is run are the modules beside this one
        [python, "-m", f"benchmarks.systems.{system}", mode, texts],
        cwd=ROOT,
        env={**os.environ, **(ONE_THREAD if mode == "speed" else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise MeasurementError(f"{system}, {mode}: {done.stderr.strip().rpartition(chr(10))[2]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def score_predictions(corpus: Iterable[AnnotatedText], predictions: Sequence[dict[str, Any]], file: Path) -> Scores:
    """The figures of what a system found, read as `evaluate` reads another system's."""
    file.write_text("".join(f"{json.dumps(line)}\n" for line in predictions), encoding="utf-8")
    found = read_predictions(file)
    compared = []
    for annotated in corpus:
        words = WordIndex.of(annotated.text)
        gold = annotated_quotes(words, annotated.attributions)
        quotes = predicted_quotes(words, found[annotated.name].checked(annotated.text))
        compared.append(Comparison.of(words, gold, quotes).scores())
    return sum_scores(compared)


def write_texts(path: Path, corpus: Iterable[AnnotatedText]) -> Path:
    """The texts as the systems read them."""
    lines = (json.dumps({"doc": annotated.name, "text": annotated.text}) for annotated in corpus)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def count_words(corpus: Iterable[AnnotatedText]) -> int:
    """How many words the texts have."""
    return sum(len(WordIndex.of(annotated.text).spans) for annotated in corpus)


def print_status(line: str) -> None:
    """Progress, apart from the report."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def print_section(text: str) -> None:
    """A part of the report."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
