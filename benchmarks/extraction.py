"""`python -m benchmarks.extraction CORPUS`: measures the speed and quality of extraction, and of two peers.

The peers are textacy's direct quotations, and a plain spaCy pipeline as the minimum cost of any tool based on it. They
are installed into an environment of their own from `peers.txt`, which is compiled from `peers.in` like the project's
requirements. Every measurement runs in a process of its own, and the systems take turns.
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

from benchmarks.peer_environment import PeerInstallationError, install_peers
from benchmarks.systems.extraction_report import describe_noise, format_quality_table, format_speed_table
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
OWN_SYSTEM = "factbase_extraction"
PEER_SYSTEMS = ["textacy_quotations", "spacy_pipeline"]
# The systems that extract quotations.
QUOTING_SYSTEMS = [OWN_SYSTEM, "textacy_quotations"]
ONE_THREAD = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1")


class MeasurementError(Exception):
    """A system's process failed; the message says which, and the last line of its errors."""


def main(argv: Sequence[str]) -> int:
    """Measure and print the report. The exit status is 1 if the peers are missing and the report is incomplete."""
    parser = argparse.ArgumentParser(prog="benchmarks.extraction", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of an annotated corpus in brat standoff")
    parser.add_argument("--texts", type=int, default=32, help="number of texts to measure speed on (default: 32)")
    parser.add_argument("--repetitions", type=int, default=5, help="default: 5")
    parser.add_argument(
        "--peers", type=Path, default=ROOT / "var" / "peers", help="folder in which the peers are installed"
    )
    parser.add_argument(
        "--no-quality", action="store_true", help="skip the quality table, which needs the whole corpus"
    )
    options = parser.parse_args(argv)
    if options.texts < JOINED_TEXT_COUNTS[-1] or options.repetitions < 1:
        parser.error(
            f"--texts must be at least {JOINED_TEXT_COUNTS[-1]} (as many are joined into one), --repetitions at least 1"
        )
    print_status("Reading the corpus")
    try:
        corpus = list(read_corpus(options.corpus))
    except CorpusError as error:
        parser.exit(1, f"{error}\n")
    pythons = {OWN_SYSTEM: Path(sys.executable)}
    peers_error = None
    print_status("Installing the peers if necessary")
    try:
        pythons |= dict.fromkeys(PEER_SYSTEMS, install_peers(options.peers))
    except PeerInstallationError as error:
        peers_error = str(error)
    try:
        print_report(pythons, corpus, options)
    except MeasurementError as error:
        parser.exit(1, f"{error}\n")
    if peers_error is not None:
        print_status(f"\n*** THE PEERS ARE MISSING: {peers_error}\n*** The tables show this project only.")
    return 0 if peers_error is None else 1


def print_report(pythons: dict[str, Path], corpus: Sequence[AnnotatedText], options: argparse.Namespace) -> None:
    # Spread over the corpus, whose texts are ordered by publisher.
    sample = corpus[:: max(1, len(corpus) // options.texts)][: options.texts]
    with tempfile.TemporaryDirectory() as folder:
        texts = write_texts(Path(folder) / "sample.jsonl", sample)
        runs: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
        for repetition in range(1, options.repetitions + 1):
            for system, python in pythons.items():
                for mode in ("speed", "batch"):
                    print_status(f"Repetition {repetition} of {options.repetitions}: {system}, {mode}")
                    runs[system][mode].append(measure_system(python, system, mode, texts))
        systems = {modes["speed"][0]["name"]: modes for modes in runs.values()}
        words, joined_words = count_words(sample), count_words(sample[: JOINED_TEXT_COUNTS[-1]])
        print_section(f"## Speed\n\n{len(sample)} texts, {words} words; an article is 900 words.\n")
        print_section(f"{format_speed_table(systems, words, joined_words)}\n\n{describe_noise(systems)}")
        if options.no_quality:
            return
        texts = write_texts(Path(folder) / "all.jsonl", corpus)
        scores = {}
        for system in (system for system in QUOTING_SYSTEMS if system in pythons):
            print_status(f"Quality: {system}")
            result = measure_system(pythons[system], system, "predict", texts)
            scores[result["name"]] = score_predictions(corpus, result["predictions"], Path(folder) / f"{system}.jsonl")
        print_section(f"\n## Quality\n\n{len(corpus)} texts.\n\n{format_quality_table(scores)}")


def measure_system(python: Path, system: str, mode: str, texts: Path, *arguments: str) -> dict[str, Any]:
    """Run a system in a process of its own and return its output. Raises `MeasurementError` if it fails."""
    process = subprocess.run(
        [python, "-m", f"benchmarks.systems.{system}", mode, texts, *arguments],
        cwd=ROOT,
        env={**os.environ, **(ONE_THREAD if mode == "speed" else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode:
        raise MeasurementError(f"{system}, {mode}: {process.stderr.strip().rpartition(chr(10))[2]}")
    result: dict[str, Any] = json.loads(process.stdout.splitlines()[-1])
    return result


def score_predictions(corpus: Iterable[AnnotatedText], predictions: Sequence[dict[str, Any]], file: Path) -> Scores:
    """Score a system's predictions in the same way as the command `evaluate`."""
    file.write_text("".join(f"{json.dumps(line)}\n" for line in predictions), encoding="utf-8")
    documents = read_predictions(file)
    scores = []
    for annotated in corpus:
        words = WordIndex.from_text(annotated.text)
        gold = annotated_quotes(words, annotated.attributions)
        quotes = predicted_quotes(words, documents[annotated.name].validated(annotated.text))
        scores.append(Comparison.match(words, gold, quotes).scores())
    return sum_scores(scores)


def write_texts(path: Path, corpus: Iterable[AnnotatedText]) -> Path:
    """Write the texts in the form that systems read, and return the path."""
    lines = (json.dumps({"doc": annotated.name, "text": annotated.text}) for annotated in corpus)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def count_words(corpus: Iterable[AnnotatedText]) -> int:
    return sum(len(WordIndex.from_text(annotated.text).spans) for annotated in corpus)


def print_status(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def print_section(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
