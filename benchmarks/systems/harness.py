"""Runs a system and measures it. Imports the standard library only."""

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypedDict

# How many texts are joined into one, to measure how time grows with length.
JOINED_TEXT_COUNTS = (1, 4, 16)
WARM_UP_TEXT = "“It rains,” Ann Moor said."
MEMORY_UNITS_PER_MIB = 2**20 if sys.platform == "darwin" else 2**10  # of ru_maxrss


class TextRecord(TypedDict):
    doc: str
    text: str


class QuoteRecord(TypedDict):
    """A quotation in the form of predictions; spans are (start, end) in code points."""

    content: Sequence[Sequence[int]]
    speaker: Sequence[Sequence[int]]
    cue: Sequence[Sequence[int]]


class MeasuredSystem(Protocol):
    name: str

    def load(self, sample: str) -> str:
        """Import and load everything that reading needs, and return the version that reads a text like the sample."""

    def read(self, text: str) -> list[QuoteRecord]:
        """Return the quotations of a text as records of predictions."""

    def read_all(self, texts: Sequence[str], cores: int) -> None:
        """Read many texts on several cores."""


def run_system(system: MeasuredSystem) -> None:
    """Run the mode given on the command line and print its result as a JSON line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--warm-up", default=WARM_UP_TEXT, help="a text in the language of the others")
    options = parser.parse_args()
    documents = [json.loads(line) for line in options.texts.read_text(encoding="utf-8").splitlines()]
    sys.stdout.write(
        json.dumps({"name": system.name, **MODES[options.mode](system, documents, options.warm_up)}) + "\n"
    )


def join_texts(texts: Sequence[str], length: int) -> list[str]:
    """Join texts in groups. The total work is the same if time is linear in the length of a text."""
    return ["\n\n".join(texts[at : at + length]) for at in range(0, len(texts), length)]


def _measure_speed(system: MeasuredSystem, documents: list[TextRecord], warm_up: str) -> dict[str, Any]:
    """Measure on one core: time to the first quotation, all texts, then some of them joined."""
    _pin_to_one_core()
    texts = [document["text"] for document in documents]
    start = time.perf_counter()
    version = system.load(warm_up)
    system.read(warm_up)
    ready = time.perf_counter() - start
    cpu, wall = _time_call(lambda: [system.read(text) for text in texts])
    memory = _peak_memory()
    lengths = [
        _time_call(lambda: [system.read(text) for text in join_texts(texts[: JOINED_TEXT_COUNTS[-1]], length)])[0]  # noqa: B023  called at once
        for length in JOINED_TEXT_COUNTS
    ]
    return {"version": version, "ready": ready, "cpu": cpu, "wall": wall, "memory": memory, "lengths": lengths}


def _measure_batch(system: MeasuredSystem, documents: list[TextRecord], warm_up: str) -> dict[str, Any]:
    texts = [document["text"] for document in documents]
    system.load(warm_up)
    system.read(warm_up)
    cores = os.cpu_count() or 1
    return {"cores": cores, "wall": _time_call(lambda: system.read_all(texts, cores))[1]}


def _predict_quotations(
    system: MeasuredSystem,
    documents: list[TextRecord],
    warm_up: str,
) -> dict[str, Any]:
    system.load(warm_up)
    return {
        "predictions": [{"doc": document["doc"], "quotes": system.read(document["text"])} for document in documents]
    }


MODES: dict[str, Callable[[MeasuredSystem, list[TextRecord], str], dict[str, Any]]] = {
    "speed": _measure_speed,
    "batch": _measure_batch,
    "predict": _predict_quotations,
}


def split_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the non-blank lines of a text with their offsets."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, line
        start += len(line)


def _pin_to_one_core() -> None:
    # Not available on macOS, where CPU time still counts all threads.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _time_call(work: Callable[[], object]) -> tuple[float, float]:
    """Return the CPU seconds of this process with all its threads, and the elapsed seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def _peak_memory() -> float:
    """Return the peak memory of this process in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        # ru_maxrss would include the memory of the parent process before exec.
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEMORY_UNITS_PER_MIB
