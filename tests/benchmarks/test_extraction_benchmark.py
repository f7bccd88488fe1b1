"""The benchmark: what it makes of measurements, and that it says so when half of them are missing."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import admin, extraction, peer_environment
from benchmarks.admin_benchmark.admin_pages import MeasuredPage
from benchmarks.dataset.generated_articles import ArticleGenerator
from benchmarks.extraction_report import describe_noise, format_quality_table, format_speed_table
from benchmarks.peer_environment import PeerInstallationError, install_peers
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


def test_the_speed_table_holds_medians_and_ratios() -> None:
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


def test_the_noise_is_the_furthest_from_a_median() -> None:
    assert "Medians of 3 interleaved repetitions, which lie up to 350% from them" in describe_noise(two_systems())


def test_the_quality_table() -> None:
    figures = {
        (Measure.ATTRIBUTED, Subset.DIRECT): MatchCounts(1, 2, 4),
        (Measure.SPEAKER, Subset.ALL): MatchCounts(1, 2, 2),
    }
    lines = format_quality_table({"factbase": figures, "textacy": {}}).splitlines()
    assert lines[0] == "| P / R / F1 | factbase | textacy |"
    assert "| attributed, direct | 50.0 / 25.0 / 33.3 | 0.0 / 0.0 / 0.0 |" in lines
    assert lines[-1] == "| speaker right | 50.0 | 0.0 |"


def test_joined_texts_are_the_same_words() -> None:
    texts = [f"word{number}" for number in range(JOINED_TEXT_COUNTS[-1])]
    assert [len(join_texts(texts, length)) for length in JOINED_TEXT_COUNTS] == [16, 4, 1]
    assert all(re.findall(r"\w+", " ".join(join_texts(texts, length))) == texts for length in JOINED_TEXT_COUNTS)


def test_paragraphs_know_where_they_begin() -> None:
    text = "One.\r\n\r\n Two.\nThree."
    assert [text[start:].startswith(line) for start, line in split_paragraphs(text)] == [True, True, True]
    assert [line.strip() for _, line in split_paragraphs(text)] == ["One.", "Two.", "Three."]


def test_the_peers_are_pinned_as_asked_for() -> None:
    pinned = peer_environment.PEER_REQUIREMENTS.read_text()
    asked = peer_environment.PEER_REQUIREMENTS.with_suffix(".in").read_text().split()
    assert asked
    assert all(f"{requirement} \\\n    --hash=sha256:" in pinned for requirement in asked)


def test_peers_are_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Any] = []
    monkeypatch.setattr(peer_environment.venv, "create", lambda *_, **__: tmp_path.mkdir(exist_ok=True))
    monkeypatch.setattr(
        peer_environment.subprocess, "run", lambda *arguments, **_: ran.append(arguments) or completed_process(0)
    )
    assert install_peers(tmp_path) == install_peers(tmp_path)
    assert len(ran) == 1
    monkeypatch.setattr(peer_environment, "PEER_REQUIREMENTS", tmp_path / "peers.txt")
    peer_environment.PEER_REQUIREMENTS.write_text("textacy==0.14.0")
    install_peers(tmp_path)
    assert len(ran) == 2


def completed_process(status: int) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], status, "", "Trying\nERROR: No matching distribution\n")


def test_peers_that_cannot_be_installed_are_an_error_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_without_peers_the_project_s_rows_are_printed_and_the_lack_is_said(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(folder: Path) -> Path:
        raise PeerInstallationError("no network")

    monkeypatch.setattr(extraction, "peers_python", missing)
    monkeypatch.setattr(extraction, "measure_system", fake_measurement)
    assert extraction.main([str(corpus), "--texts", "16", "--repetitions", "2"]) == 1
    printed = capsys.readouterr()
    assert "16 texts, 96 words" in printed.out
    assert "| attributed | 100.0 / 100.0 / 100.0 |" in printed.out
    assert "textacy" not in printed.out
    assert "THE PEERS ARE MISSING: no network" in printed.err


def test_systems_take_turns(corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(extraction, "peers_python", lambda folder: folder / "python")
    monkeypatch.setattr(extraction, "measure_system", fake_measurement)
    assert extraction.main([str(corpus), "--texts", "16", "--repetitions", "2", "--no-quality"]) == 0
    printed = capsys.readouterr()
    turns = re.findall(r"of 2: (\w+), speed", printed.err)
    assert turns == ["own", "textacy_quotations", "spacy_pipeline"] * 2
    assert "Quality" not in printed.out


def test_what_cannot_be_measured_is_named(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="1"):
        extraction.main([str(tmp_path / "nowhere")])
    assert "nowhere: not found" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        extraction.main([str(corpus), "--texts", "3"])
    with pytest.raises(extraction.MeasurementError, match=r"^own, speed: .*No such file"):
        extraction.measure_system(Path(sys.executable), "own", "speed", tmp_path / "nowhere.jsonl")


def test_the_project_s_own_program_measures(corpus: Path, tmp_path: Path) -> None:
    texts = extraction.write_texts(tmp_path / "texts.jsonl", extraction.read_corpus(corpus))
    found = extraction.measure_system(Path(sys.executable), "own", "speed", texts)
    assert found["name"] == "factbase"
    assert all(found[what] > 0 for what in ("ready", "cpu", "wall", "memory"))
    assert len(found["lengths"]) == len(JOINED_TEXT_COUNTS)
    assert extraction.measure_system(Path(sys.executable), "own", "batch", texts)["wall"] > 0
    (first, *_) = extraction.measure_system(Path(sys.executable), "own", "predict", texts)["predictions"]
    assert first["doc"] == "rivers0"


def measured_page(**figures: Any) -> admin.PageMeasurement:
    given = {"few": 4, "queries": 4, "size": 100_000, "ours": 0.05, "untuned": 0.5} | figures
    return admin.PageMeasurement(
        MeasuredPage("quotes: list", "/admin/claims/quote/", "/untuned/", is_list=True, spared=1), **given
    )


@pytest.mark.parametrize(
    ("figures", "missed"),
    [
        ({}, []),
        ({"untuned": 0.2}, ["only 4.0 times as fast"]),
        ({"untuned": None}, []),
        ({"few": 3}, []),
        ({"few": 2}, ["4 queries, 2 with a few rows"]),
        ({"few": 6, "queries": 6}, ["6 queries"]),
        ({"size": 300_001}, ["300 KB"]),
    ],
    ids=[
        "all holds",
        "slow",
        "nothing to compare with",
        "none found with a few",
        "more queries with more rows",
        "many queries",
        "large",
    ],
)
def test_what_must_hold_of_a_page(figures: dict[str, Any], missed: list[str]) -> None:
    assert measured_page(**figures).missed(faster=5) == missed


def test_the_table_of_the_admin_s_pages() -> None:
    lines = admin.format_page_table([measured_page(), measured_page(untuned=None)]).splitlines()
    assert lines[2] == "| quotes: list | 4 | 100 | 50 | 500 | 10.0 |"
    assert lines[3] == "| quotes: list | 4 | 100 | 50 | – | – |"


def run_admin_benchmark(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.admin", *arguments]
    return subprocess.run(command, cwd=repository_root(), capture_output=True, text=True, check=False)


def repository_root() -> Path:
    return Path(admin.__file__).resolve().parents[1]


@pytest.fixture
def kept() -> Iterator[str]:
    """Where the filled databases stay from one run to the next; not in $TMPDIR, since a socket's path must be short."""
    with tempfile.TemporaryDirectory(prefix="factbase-kept-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as somebody else
        yield folder


def test_the_admin_s_pages_are_measured_and_the_filled_databases_serve_again(
    request: pytest.FixtureRequest, kept: str
) -> None:
    database = request.config.getoption("database")
    asked = ("--rows", "2500", "--database", database, "--keep", kept)
    run = run_admin_benchmark(*asked, "--repetitions", "1", "--no-ratios")
    assert run.returncode == 0, run.stderr
    assert f"2,500 quotes on {database}" in run.stdout
    pages = ("start page", "queue: all", "quotes: list", "claims: search, rare", "speaker: page", "autocomplete, claim")
    for page in pages:
        assert f"| {page} |" in run.stdout
    assert "Filled in" in run.stderr

    # A plain admin is measured in turns; a page that is no faster fails the run.
    again = run_admin_benchmark(*asked, "--repetitions", "2", "--only", "autocomplete, speaker")
    assert again.returncode == 1
    assert "quotes" not in again.stderr  # nothing was filled
    assert re.search(r"\*\*\* autocomplete, speaker: only [\d.]+ times as fast", again.stderr)


def test_nonsense_is_refused() -> None:
    assert run_admin_benchmark("--rows", "3").returncode == 2


def test_articles_are_the_same_every_time_and_quotes_stand_where_they_say() -> None:
    first, second = (ArticleGenerator(20).article(["Ann Moor", "Tom Ford"]) for _ in range(2))
    assert first == second
    assert len(first.quotes) == 2
    for (start, end, mention, cue), name in zip(first.quotes, ["Ann Moor", "Tom Ford"], strict=True):
        assert first.text[start - 1] + first.text[end] == "“”"
        assert first.text[mention : mention + len(name)] == name
        assert first.text[cue : cue + 4] == "said"
