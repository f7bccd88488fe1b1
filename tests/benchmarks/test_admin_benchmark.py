"""The admin benchmark: its table and limits, and a small run."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import admin
from benchmarks.admin_benchmark.admin_pages import MeasuredPage
from benchmarks.dataset.generated_articles import ArticleGenerator


def measured_page(**figures: Any) -> admin.PageMeasurement:
    defaults = {"queries_with_few_rows": 4, "queries": 4, "size": 100_000, "ours": 0.05, "untuned": 0.5}
    return admin.PageMeasurement(
        MeasuredPage("quotes: list", "/admin/claims/quote/", "/admin/untuned/", is_list=True, spared=1),
        **defaults | figures,
    )


@pytest.mark.parametrize(
    ("figures", "missed"),
    [
        ({}, []),
        ({"untuned": 0.2}, ["only 4.0 times as fast"]),
        ({"untuned": None}, []),
        ({"queries_with_few_rows": 3}, []),
        ({"queries_with_few_rows": 2}, ["4 queries, 2 with few rows"]),
        ({"queries_with_few_rows": 6, "queries": 6}, ["6 queries"]),
        ({"size": 300_001}, ["300 KB"]),
    ],
    ids=[
        "within all limits",
        "slow",
        "nothing to compare with",
        "one query saved with few rows",
        "more queries with more rows",
        "many queries",
        "large",
    ],
)
def test_limits_of_a_page(figures: dict[str, Any], missed: list[str]) -> None:
    assert measured_page(**figures).missed_limits(min_speedup=5) == missed


def test_table() -> None:
    lines = admin.format_page_table([measured_page(), measured_page(untuned=None)]).splitlines()
    assert lines[2] == "| quotes: list | 4 | 100 | 50 | 500 | 10.0 |"
    assert lines[3] == "| quotes: list | 4 | 100 | 50 | – | – |"


def run_admin_benchmark(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.admin", *arguments]
    root = Path(admin.__file__).resolve().parents[1]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture
def database_folder() -> Iterator[str]:
    """A folder for the filled databases, not in $TMPDIR, because the path of a socket must be short."""
    with tempfile.TemporaryDirectory(prefix="factbase-kept-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user
        yield folder


@pytest.mark.nightly
def test_pages_are_measured_and_databases_are_reused(request: pytest.FixtureRequest, database_folder: str) -> None:
    database = request.config.getoption("database")
    options = ("--rows", "2500", "--database", database, "--keep", database_folder)
    run = run_admin_benchmark(*options, "--repetitions", "1", "--no-ratios")
    assert run.returncode == 0, run.stderr
    assert f"2,500 quotes on {database}" in run.stdout
    pages = ("dashboard", "queue: all", "quotes: list", "claims: search, rare", "speaker: page", "autocomplete, claim")
    for page in pages:
        assert f"| {page} |" in run.stdout
    assert "Filled in" in run.stderr

    # An untuned admin is measured in turns; a page that is not faster fails the run.
    second_run = run_admin_benchmark(*options, "--repetitions", "2", "--only", "autocomplete, speaker")
    assert second_run.returncode == 1
    assert "quotes" not in second_run.stderr  # nothing was filled
    assert re.search(r"\*\*\* autocomplete, speaker: only [\d.]+ times as fast", second_run.stderr)


def test_invalid_arguments_are_refused() -> None:
    assert run_admin_benchmark("--rows", "3").returncode == 2


def test_generated_articles_are_reproducible_and_their_offsets_are_correct() -> None:
    first, second = (ArticleGenerator(20).article(["Ann Moor", "Tom Ford"]) for _ in range(2))
    assert first == second
    assert len(first.quotes) == 2
    for (start, end, mention, cue), name in zip(first.quotes, ["Ann Moor", "Tom Ford"], strict=True):
        assert first.text[start - 1] + first.text[end] == "“”"
        assert first.text[mention : mention + len(name)] == name
        assert first.text[cue : cue + 4] == "said"
