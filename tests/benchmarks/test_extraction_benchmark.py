"""The extraction benchmark: its tables, and what it reports if the compared systems are missing."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import extraction, peer_environment
from benchmarks.peer_environment import PeerInstallationError, install_peers
from benchmarks.systems.extraction_report import describe_noise, format_quality_table, format_speed_table
from benchmarks.systems.harness import JOINED_TEXT_COUNTS, join_texts, split_paragraphs
from claims.extraction.evaluation import MatchCounts, Measure, Subset
from tests.extraction.corpus.brat_files import brat_annotations, write_annotated_text

CORPUS_TEXT = "Ann Moor said rivers are full."


def speed_run(cpu: float, **others: Any) -> dict[str, Any]:
    run = {"name": "factbase", "version": "rules 1", "ready": 0.5, "cpu": cpu, "wall": cpu * 2, "memory": 100.4}
    return {**run, "lengths": [cpu, cpu, cpu * 2], **others}


def two_systems() -> dict[str, dict[str, list[dict[str, Any]]]]:
    batch = [{"name": "", "cores": 2, "wall": 1.0}]
    return {
        "factbase": {"speed": [speed_run(2), speed_run(9), speed_run(1)], "batch": batch},
        "textacy": {"speed": [speed_run(4, version="0.13"), speed_run(4), speed_run(4)], "batch": batch},
    }


def test_speed_table_has_medians_and_ratios() -> None:
    table = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in format_speed_table(two_systems(), 9000, 2000).splitlines()
    ]
    assert table[0] == ["", "factbase (rules 1)", "textacy (0.13)", "factbase ÷ it"]
    assert table[2:5] == [
        ["articles a second, one core, by CPU time", "5.00", "2.50", "2.00"],
        ["articles a second, one core, by the clock", "2.50", "1.25", "2.00"],
        ["articles a second, all 2 cores, by the clock", "10.00", "10.00", "1.00"],
    ]
    assert table[6] == ["most memory, MiB", "100", "100", "1.00"]
    assert table[7][1:] == ["1.000", "2.000", "0.50"]
    assert table[-1] == ["CPU seconds for 1000 words, texts of 16× the length", "2.000", "4.000", "0.50"]


def test_noise_is_the_largest_difference_from_a_median() -> None:
    assert "Medians of 3 interleaved repetitions; largest difference 350%" in describe_noise(two_systems())


def test_quality_table() -> None:
    figures = {
        (Measure.ATTRIBUTED, Subset.DIRECT): MatchCounts(1, 2, 4),
        (Measure.SPEAKER, Subset.ALL): MatchCounts(1, 2, 2),
    }
    lines = format_quality_table({"factbase": figures, "textacy": {}}).splitlines()
    assert lines[0] == "| P / R / F1 | factbase | textacy |"
    assert "| attributed, direct | 50.0 / 25.0 / 33.3 | 0.0 / 0.0 / 0.0 |" in lines
    assert lines[-1] == "| speaker right | 50.0 | 0.0 |"


def test_joined_texts_have_the_same_words() -> None:
    texts = [f"word{number}" for number in range(JOINED_TEXT_COUNTS[-1])]
    assert [len(join_texts(texts, length)) for length in JOINED_TEXT_COUNTS] == [16, 4, 1]
    assert all(re.findall(r"\w+", " ".join(join_texts(texts, length))) == texts for length in JOINED_TEXT_COUNTS)


def test_paragraphs_have_their_offsets() -> None:
    text = "One.\r\n\r\n Two.\nThree."
    assert [text[start:].startswith(line) for start, line in split_paragraphs(text)] == [True, True, True]
    assert [line.strip() for _, line in split_paragraphs(text)] == ["One.", "Two.", "Three."]


def test_peers_are_pinned() -> None:
    pinned = peer_environment.PEER_REQUIREMENTS.read_text()
    requirements = peer_environment.PEER_REQUIREMENTS.with_suffix(".in").read_text().split()
    assert requirements
    assert all(f"{requirement} \\\n    --hash=sha256:" in pinned for requirement in requirements)


def test_peers_are_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    monkeypatch.setattr(peer_environment.venv, "create", lambda *_, **__: tmp_path.mkdir(exist_ok=True))
    monkeypatch.setattr(
        peer_environment.subprocess, "run", lambda *arguments, **_: calls.append(arguments) or completed_process(0)
    )
    assert install_peers(tmp_path) == install_peers(tmp_path)
    assert len(calls) == 1
    monkeypatch.setattr(peer_environment, "PEER_REQUIREMENTS", tmp_path / "peers.txt")
    peer_environment.PEER_REQUIREMENTS.write_text("textacy==0.14.0")
    install_peers(tmp_path)
    assert len(calls) == 2


def completed_process(status: int) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], status, "", "Trying\nERROR: No matching distribution\n")


def test_error_of_the_installer_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer_environment.venv, "create", lambda *_, **__: None)
    monkeypatch.setattr(peer_environment.subprocess, "run", lambda *_, **__: completed_process(1))
    for _ in range(2):
        with pytest.raises(PeerInstallationError, match=r"^ERROR: No matching distribution$"):
            install_peers(tmp_path)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for number in range(JOINED_TEXT_COUNTS[-1]):
        annotations = brat_annotations(CORPUS_TEXT, [("Ann Moor", "said", "rivers are full")])
        write_annotated_text(tmp_path / "corpus", f"rivers{number}", CORPUS_TEXT, annotations)
    return tmp_path / "corpus"


def fake_measurement(python: Path, system: str, mode: str, texts: Path) -> dict[str, Any]:
    quotes = [{"content": [[14, 29]], "speaker": [[0, 8]], "cue": [[9, 13]]}]
    predictions = [{"doc": f"rivers{number}", "quotes": quotes} for number in range(JOINED_TEXT_COUNTS[-1])]
    return {"cores": 2, "predictions": predictions, **speed_run(2.0), "name": system}


def test_missing_peers_are_reported_after_the_own_figures(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(folder: Path) -> Path:
        raise PeerInstallationError("no network")

    monkeypatch.setattr(extraction, "install_peers", fail)
    monkeypatch.setattr(extraction, "measure_system", fake_measurement)
    assert extraction.main([str(corpus), "--texts", "16", "--repetitions", "2"]) == 1
    printed = capsys.readouterr()
    assert "16 texts, 96 words" in printed.out
    assert "| attributed | 100.0 / 100.0 / 100.0 |" in printed.out
    assert "textacy" not in printed.out
    assert "THE PEERS ARE MISSING: no network" in printed.err


def test_systems_take_turns(corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(extraction, "install_peers", lambda folder: folder / "python")
    monkeypatch.setattr(extraction, "measure_system", fake_measurement)
    assert extraction.main([str(corpus), "--texts", "16", "--repetitions", "2", "--no-quality"]) == 0
    printed = capsys.readouterr()
    turns = re.findall(r"of 2: (\w+), speed", printed.err)
    assert turns == ["factbase_extraction", "textacy_quotations", "spacy_pipeline"] * 2
    assert "Quality" not in printed.out


def test_errors_are_named(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="1"):
        extraction.main([str(tmp_path / "nowhere")])
    assert "nowhere: not found" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        extraction.main([str(corpus), "--texts", "3"])
    with pytest.raises(extraction.MeasurementError, match=r"^factbase_extraction, speed: .*No such file"):
        extraction.measure_system(Path(sys.executable), "factbase_extraction", "speed", tmp_path / "nowhere.jsonl")


def test_factbase_is_measured(corpus: Path, tmp_path: Path) -> None:
    texts = extraction.write_texts(tmp_path / "texts.jsonl", extraction.read_corpus(corpus))
    result = extraction.measure_system(Path(sys.executable), "factbase_extraction", "speed", texts)
    assert result["name"] == "factbase"
    assert all(result[figure] > 0 for figure in ("ready", "cpu", "wall", "memory"))
    assert len(result["lengths"]) == len(JOINED_TEXT_COUNTS)
    assert extraction.measure_system(Path(sys.executable), "factbase_extraction", "batch", texts)["wall"] > 0
    (first, *_) = extraction.measure_system(Path(sys.executable), "factbase_extraction", "predict", texts)[
        "predictions"
    ]
    assert first["doc"] == "rivers0"
