"""Many readers at once for some seconds, while articles are ingested."""

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.api_benchmark.export_throughput import READER_URLS
from benchmarks.api_benchmark.server_process import ROOT, ServerProcess
from benchmarks.dataset.generated_articles import ArticleGenerator

CONCURRENT_CLIENTS = 8
MAX_INGESTED_ARTICLES = 2000  # more than are read in any run


def measure_readers_beside_ingest(
    server: ServerProcess, seconds: float, folder: Path, environment: dict[str, str]
) -> dict[str, Any]:
    """How often they asked, what went wrong, and how many articles were stored meanwhile."""
    articles = folder / "articles.jsonl"
    writer = ArticleGenerator(
        50, seed=time.time_ns()
    )  # other articles in every run: what is there already is not stored again
    with articles.open("w") as lines:
        for number in range(MAX_INGESTED_ARTICLES):
            text = writer.article([writer.names[number % 50]] * 5).text
            lines.write(json.dumps({"title": f"Article {number}", "text": text}) + "\n")
    command = [sys.executable, "manage.py", "ingest", articles, "--publisher", "The Benchmark"]
    with (folder / "ingest.log").open("wb") as log:
        ingest = subprocess.Popen(  # noqa: S603  # the benchmark's own
            [str(part) for part in command], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        time.sleep(2)  # until it stores
        found = _run_readers(server, seconds)
        ended = ingest.poll()
        ingest.terminate()
        ingest.wait()
    stored = (folder / "ingest.log").read_text()
    return found | {"ingest": "failed" if ended else "ran", "said": stored[-300:] if ended else ""}


def _run_readers(server: ServerProcess, seconds: float) -> dict[str, Any]:
    wrk = shutil.which("wrk")
    if wrk is None:
        command = [
            sys.executable,
            "-m",
            "benchmarks.api_benchmark.concurrent_readers",
            str(server.port),
            str(CONCURRENT_CLIENTS),
            str(seconds),
        ]
        done = subprocess.run([*command, *READER_URLS], cwd=ROOT, stdout=subprocess.PIPE, check=True)  # noqa: S603  # as above
        crowd = json.loads(done.stdout)
        return {"asked": crowd["asked"], "wrong": sum(crowd["wrong"].values()), "by": "python"}
    asked = wrong = 0
    for page in READER_URLS:
        where = f"http://127.0.0.1:{server.port}{page}"
        command = [
            wrk,
            "-t2",
            f"-c{CONCURRENT_CLIENTS}",
            f"-d{max(int(seconds / len(READER_URLS)), 1)}s",
            "--timeout",
            "10s",
            where,
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603  # as above
        asked += _find_number(r"(\d+) requests in", said)
        wrong += _find_number(r"Non-2xx or 3xx responses: (\d+)", said)
        wrong += sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", said)))
    return {"asked": asked, "wrong": wrong, "by": "wrk"}


def _find_number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0
