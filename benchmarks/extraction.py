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

from benchmarks.environment import PeersError, peers_python
from benchmarks.report import noise, quality_table, speed_table
from benchmarks.systems.measuring import LENGTHS
from claims.extraction.corpus import Annotated, CorpusError, read_corpus
from claims.extraction.evaluation import (
    Comparison,
    Scores,
    Words,
    annotated_quotes,
    predicted_quotes,
    read_predictions,
    total,
)

ROOT = Path(__file__).resolve().parents[1]
OWN = "own"
PEERS = ["textacy_quotations", "spacy_pipeline"]
# Those that find quotations.
QUOTING = [OWN, "textacy_quotations"]
ONE_THREAD = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1")


class MeasureError(Exception):
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
    if options.texts < LENGTHS[-1] or options.repetitions < 1:
        parser.error(f"--texts must be at least {LENGTHS[-1]}, as many as are joined into one, and --repetitions 1")
    say("Reading the corpus")
    try:
        corpus = list(read_corpus(options.corpus))
    except CorpusError as error:
        parser.exit(1, f"{error}\n")
    pythons = {OWN: Path(sys.executable)}
    missing = None
    say("Installing the peers, if they are not")
    try:
        pythons |= dict.fromkeys(PEERS, peers_python(options.peers))
    except PeersError as error:
        missing = str(error)
    try:
        report(pythons, corpus, options)
    except MeasureError as error:
        parser.exit(1, f"{error}\n")
    if missing is not None:
        say(f"\n*** THE PEERS ARE MISSING: {missing}\n*** The tables hold the project's own figures only.")
    return 0 if missing is None else 1


def report(pythons: dict[str, Path], corpus: Sequence[Annotated], options: argparse.Namespace) -> None:
    """Print the tables."""
    # Spread over the corpus, whose texts lie in order of their publishers.
    chosen = corpus[:: max(1, len(corpus) // options.texts)][: options.texts]
    with tempfile.TemporaryDirectory() as folder:
        texts = written(Path(folder) / "some.jsonl", chosen)
        runs: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
        for repetition in range(1, options.repetitions + 1):
            for system, python in pythons.items():
                for mode in ("speed", "batch"):
                    say(f"Repetition {repetition} of {options.repetitions}: {system}, {mode}")
                    runs[system][mode].append(measured(python, system, mode, texts))
        systems = {each["speed"][0]["name"]: each for each in runs.values()}
        words, joined_words = words_of(chosen), words_of(chosen[: LENGTHS[-1]])
        out(f"## Speed\n\n{len(chosen)} texts, {words} words; an article is taken as 900 words.\n")
        out(f"{speed_table(systems, words, joined_words)}\n\n{noise(systems)}")
        if options.no_quality:
            return
        texts = written(Path(folder) / "all.jsonl", corpus)
        figures = {}
        for system in (system for system in QUOTING if system in pythons):
            say(f"Quality: {system}")
            found = measured(pythons[system], system, "predict", texts)
            figures[found["name"]] = scores(corpus, found["predictions"], Path(folder) / f"{system}.jsonl")
        out(f"\n## Quality\n\n{len(corpus)} texts.\n\n{quality_table(figures)}")


def measured(python: Path, system: str, mode: str, texts: Path) -> dict[str, Any]:
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
        raise MeasureError(f"{system}, {mode}: {done.stderr.strip().rpartition(chr(10))[2]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def scores(corpus: Iterable[Annotated], predictions: Sequence[dict[str, Any]], file: Path) -> Scores:
    """The figures of what a system found, read as `evaluate` reads another system's."""
    file.write_text("".join(f"{json.dumps(line)}\n" for line in predictions), encoding="utf-8")
    found = read_predictions(file)
    compared = []
    for annotated in corpus:
        words = Words.of(annotated.text)
        gold = annotated_quotes(words, annotated.attributions)
        quotes = predicted_quotes(words, found[annotated.name].checked(annotated.text))
        compared.append(Comparison.of(words, gold, quotes).scores())
    return total(compared)


def written(path: Path, corpus: Iterable[Annotated]) -> Path:
    """The texts as the systems read them."""
    lines = (json.dumps({"doc": annotated.name, "text": annotated.text}) for annotated in corpus)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def words_of(corpus: Iterable[Annotated]) -> int:
    """How many words the texts have."""
    return sum(len(Words.of(annotated.text).spans) for annotated in corpus)


def say(line: str) -> None:
    """Progress, apart from the report."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def out(text: str) -> None:
    """A part of the report."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
