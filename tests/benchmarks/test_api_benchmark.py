"""The API benchmark: its tables, limits and plot, and what it reports as missed or missing."""

import argparse
import json
import re
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from benchmarks.api_benchmark import datasette
from benchmarks.api_benchmark.benchmark_run import ApiBenchmark
from benchmarks.api_benchmark.limits import (
    evaluate_limits,
    format_cost_table,
    format_limit_table,
    format_throughput,
    list_missed_limits,
)
from benchmarks.api_benchmark.report_files import results_as_json
from benchmarks.api_benchmark.server_process import ROOT
from benchmarks.api_benchmark.svg_plot import PlotLine, draw_plot
from benchmarks.peer_environment import PeerInstallationError

SVG = "{http://www.w3.org/2000/svg}"


def page_figures(cpu: float, queries: int = 1) -> dict[str, float]:
    return {"cpu": cpu, "database": 0.0, "ms": 1000 * cpu, "queries": queries, "bytes": 1000}


def run_figures(**figures: Any) -> dict[str, Any]:
    pages = {
        "baseline": page_figures(0.001),
        "list": page_figures(0.003),
        "narrow": page_figures(0.002),
        "deep": page_figures(0.003),
        "unchanged": page_figures(0.001, queries=0),
        "list of quotes": page_figures(0.002),
        "list of sources": page_figures(0.004),
        "nothing: quotes/?said_after=2090-01-01": page_figures(0.002),
        "nothing: claims/?speaker=1": page_figures(0.002),
        "relevance": page_figures(0.02),
        "counts": page_figures(0.2),
    }
    return {"claims": 1000, "pages": pages | figures.pop("pages", {}), **figures}


def missed_names(runs: Any) -> list[str]:
    return [limit.name for limit in list_missed_limits(runs)]


@pytest.mark.parametrize(
    ("figures", "name"),
    [
        ({"pages": {"narrow": page_figures(0.0026)}}, "list of 50 (speaker, source, status): CPU ÷ baseline"),
        ({"pages": {"list": page_figures(0.003, queries=3)}}, "list of 50: queries"),
        ({"pages": {"deep": page_figures(0.005)}}, "page at half depth (500,000 at most): CPU ÷ first page"),
        ({"pages": {"narrow rare": page_figures(0.004)}}, "full text, rare word: CPU ÷ baseline"),
        ({"pages": {"unchanged": page_figures(0.002)}}, "conditional GET (304): CPU ÷ 200 response"),
        (
            {"pages": {"list of sources": page_figures(0.007)}},
            "first page of the slowest list: CPU ÷ that of `quotes/`",
        ),
        (
            {"pages": {"nothing: claims/?speaker=1": page_figures(0.06)}},
            "slowest filter that finds nothing: ms of CPU",
        ),
        ({"pages": {"relevance": page_figures(0.06)}}, "search by relevance, frequent word: ms of CPU"),
        ({"pages": {"counts": page_figures(0.31)}}, "quotes counted by speaker: ms of CPU"),
        (
            {"peer": {"list": page_figures(0.004), "table": page_figures(0.007)}},
            "list of 50: CPU ÷ Datasette's table page",
        ),
        (
            {"csv": {"rows_a_second": 100.0, "memory": 5.0}, "peer": {"stream": {"rows_a_second": 60.0}}},
            "CSV over HTTP: rows per second ÷ Datasette's `_stream`",
        ),
        (
            {"csv": {"rows_a_second": 100.0, "memory": 101.0}},
            "CSV over HTTP: growth of memory, MB",
        ),
        (
            {"load": {"raw": {"rows_a_second": 10.0}, "orm": {"rows_a_second": 8.0}}},
            "bulk load: rows per second ÷ raw executemany",
        ),
        ({"pressure": {"wrong": 1}}, "readers beside an ingest: errors"),
    ],
    ids=[
        *("list", "statements", "depth", "search", "304", "lists", "nothing", "relevance", "counts"),
        *("table page", "stream", "memory", "bulk", "errors"),
    ],
)
def test_missed_limit_is_named(figures: dict[str, Any], name: str) -> None:
    assert missed_names({("sqlite", 1000): run_figures()}) == []
    assert missed_names({("sqlite", 1000): run_figures(**figures)}) == [name]


@pytest.mark.parametrize(("vendor", "expected"), [("sqlite", 0), ("postgresql", 1)])
def test_limits_of_exports_differ_between_databases(vendor: str, expected: int) -> None:
    figures = run_figures(csv={"rows_a_second": 50.0, "memory": 1.0}, client={"name": "x", "rows_a_second": 100.0})
    assert len(list_missed_limits({(vendor, 1000): figures})) == expected


@pytest.mark.parametrize(("vendor", "expected"), [("sqlite", 1), ("postgresql", 0)])
def test_growth_from_the_smallest_to_the_largest_size(vendor: str, expected: int) -> None:
    runs = {
        (vendor, size): run_figures(pages={"frequent": page_figures(cpu)}) for size, cpu in ((10, 0.001), (90, 0.002))
    }
    assert len(list_missed_limits(runs)) == expected


def test_tables() -> None:
    runs = {("sqlite", 10_000): run_figures(pressure={"asked": 9, "wrong": 3, "by": "wrk"}), ("sqlite", 1_000_000): {}}
    lines = format_limit_table(runs).splitlines()
    assert lines[0] == "|  | must | sqlite, 10k | sqlite, 1M |"
    assert "| list of 50 (speaker, source, status): CPU ÷ baseline | ≤ 2.5 | 2.00 | – |" in lines
    assert "| readers beside an ingest: errors | ≤ 0 | **3** | – |" in lines
    assert "| narrow | 2.0 / 2.0 (1) | – |" in format_cost_table(runs)
    assert "9 requests beside an ingest, 3 errors (wrk)" in format_throughput(runs)
    limits = json.loads(results_as_json(runs))["musts"]
    assert [limit["name"] for limit in limits if not limit["holds"]] == missed_names(runs)


def test_plot_has_a_line_for_each_series() -> None:
    lines = [PlotLine("ours & more", "a", [(10, 1.5), (1000, 2)]), PlotLine("a peer", "b peer", [(10, 30)])]
    picture = ET.fromstring(draw_plot("Cost", {"One": lines, "Two": lines[:1]}, x_label="rows", y_label="ms"))
    assert len(picture.findall(f".//{SVG}polyline")) == 3
    texts = [element.text for element in picture.iter(f"{SVG}text")]
    assert {"One", "Two", "ours & more", "a peer", "10", "1k", "100"} <= set(texts)
    assert texts.count("a peer") == 1


def test_peer_that_cannot_be_installed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise PeerInstallationError("no index")

    monkeypatch.setattr(datasette, "build_datasette_database", lambda *_: tmp_path)
    monkeypatch.setattr(datasette, "serve_datasette", fail)
    monkeypatch.setattr(ApiBenchmark, "site", lambda _: nullcontext())
    bench = ApiBenchmark("sqlite", 100, tmp_path, "sqlite:///x", argparse.Namespace(peers=tmp_path, repetitions=1))
    assert bench.peer(100) == {}
    assert bench.missing == {"Datasette: no index"}


@pytest.mark.nightly
def test_measurement(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    database = request.config.getoption("database")
    files = {name: tmp_path / name for name in ("json", "plot")}
    command = [sys.executable, "-m", "benchmarks.api", "--sizes", "200", "--databases", database]
    command += ["--parts", "pages,exports", "--repetitions", "1"]
    command += [part for name, path in files.items() for part in (f"--{name}", str(path))]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    results = json.loads(files["json"].read_text())
    missed = [limit["name"] for limit in results["musts"] if not limit["holds"]]
    reported = re.findall(r"^\*\*\* (.+): [\d.]+, must be", process.stderr, re.MULTILINE)
    assert reported == missed
    assert process.returncode == (1 if "***" in process.stderr else 0), process.stderr
    assert {result["size"] for result in results["runs"]} == {200}
    for part in ("list of 50: queries", "CSV over HTTP: growth of memory, MB"):
        assert part in process.stdout
    assert ET.fromstring(files["plot"].read_text()).findall(f".//{SVG}polyline")


@pytest.mark.parametrize("arguments", [["--sizes", "3"], ["--parts", "everything"], ["--databases", "oracle"]])
def test_invalid_arguments_are_refused(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "benchmarks.api", *arguments]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 2


def test_every_limit_can_be_missed() -> None:
    for limit, _ in evaluate_limits({("sqlite", 1): run_figures()}):
        beyond = limit.bound - 0.01 if limit.is_minimum else limit.bound + 0.01
        assert limit.holds("sqlite", limit.bound)
        assert not limit.holds("sqlite", beyond)
