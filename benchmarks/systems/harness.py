"""What every system is asked to do, and what of it is measured; imports nothing but Python's own."""

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

# Texts joined into one, for the time that a longer text takes.
JOINED_TEXT_COUNTS = (1, 4, 16)
WARM_UP_TEXT = "“It rains,” Ann Moor said."
MEMORY_UNITS_PER_MIB = 2**20 if sys.platform == "darwin" else 2**10  # what the system counts memory in, to MiB


class MeasuredSystem(Protocol):
    """A system that is measured."""

    name: str

    def load(self) -> str:
        """Import and load whatever reading needs; gives the version."""

    def read(self, text: str) -> list[dict[str, Any]]:
        """The quotations of one text, as records of the predictions' form."""

    def read_all(self, texts: Sequence[str], cores: int) -> None:
        """Read many texts on several cores."""


def run_system(system: MeasuredSystem) -> None:
    """Do what the command line asks for, and print one JSON line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("texts", type=Path)
    options = parser.parse_args()
    documents = [json.loads(line) for line in options.texts.read_text(encoding="utf-8").splitlines()]
    sys.stdout.write(json.dumps({"name": system.name, **MODES[options.mode](system, documents)}) + "\n")


def join_texts(texts: Sequence[str], length: int) -> list[str]:
    """The same texts, so many joined into one: equal work in all, if time is linear in a text's length."""
    return ["\n\n".join(texts[at : at + length]) for at in range(0, len(texts), length)]


def _measure_speed(system: MeasuredSystem, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """On one core: until the first quotation is read, then all texts, then the first of them joined."""
    _pin_to_one_core()
    texts = [document["text"] for document in documents]
    before = time.perf_counter()
    version = system.load()
    system.read(WARM_UP_TEXT)
    ready = time.perf_counter() - before
    cpu, wall = _time_call(lambda: [system.read(text) for text in texts])
    memory = _peak_memory()
    lengths = [
        _time_call(lambda: [system.read(text) for text in join_texts(texts[: JOINED_TEXT_COUNTS[-1]], length)])[0]  # noqa: B023  run at once
        for length in JOINED_TEXT_COUNTS
    ]
    return {"version": version, "ready": ready, "cpu": cpu, "wall": wall, "memory": memory, "lengths": lengths}


def _measure_batch(system: MeasuredSystem, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """On all cores."""
    texts = [document["text"] for document in documents]
    system.load()
    system.read(WARM_UP_TEXT)
    cores = os.cpu_count() or 1
    return {"cores": cores, "wall": _time_call(lambda: system.read_all(texts, cores))[1]}


def _predict_quotations(system: MeasuredSystem, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """What it finds."""
    system.load()
    return {"predictions": [{"doc": each["doc"], "quotes": system.read(each["text"])} for each in documents]}


MODES: dict[str, Callable[[MeasuredSystem, list[dict[str, Any]]], dict[str, Any]]] = {
    "speed": _measure_speed,
    "batch": _measure_batch,
    "predict": _predict_quotations,
}


def split_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that are not blank, with where each begins."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, line
        start += len(line)


def _pin_to_one_core() -> None:
    # macOS knows no such thing; there the CPU time still counts every thread.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _time_call(work: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds of this process with all its threads, and seconds by the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def _peak_memory() -> float:
    """The most memory that the process has held, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        # The other count begins with what the process that started this one held.
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEMORY_UNITS_PER_MIB
