"""A thousand forms of hostile articles, each read or refused with a reason, in bounded time and memory."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from claims.extraction.english import reader
from tests.extraction.english.test_extractor_properties import EchoTagger
from tests.hostile.limits import READ, REFUSED, article_forms, read_and_extract

ROOT = Path(__file__).resolve().parents[2]
EXTENSIONS = ["txt", "html", "json", "jsonl", "docx", "pdf", "eml", "srt", "vtt"]
MANY = 1_000
SMALL, LARGE = 500, 100_000  # bytes


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_small_ones_are_read_or_refused(extension: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "load_tagger", EchoTagger)
    faults = {}
    for _, name, form in (row for row in article_forms() if row[0] == extension):
        try:
            outcomes = read_and_extract(extension, form(SMALL))
        except Exception as error:  # noqa: BLE001  # all faults are shown at once
            outcomes = [repr(error)]
        if not outcomes or not {READ, REFUSED}.issuperset(outcomes):
            faults[name] = outcomes
    assert faults == {}


def test_there_are_many_of_each_kind() -> None:
    counts = Counter(extension for extension, _, _ in article_forms())
    assert counts.total() >= MANY
    assert set(counts) == set(EXTENSIONS)


@pytest.mark.nightly
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_large_ones_take_bounded_time_and_memory(extension: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.limits", str(LARGE), extension],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    outcomes = dict(map(json.loads, done.stdout.splitlines()))
    assert done.returncode == 0, done.stderr[-2000:]
    assert outcomes
    assert {name: outcome for name, outcome in outcomes.items() if outcome not in {READ, REFUSED}} == {}
