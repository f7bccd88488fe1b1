"""Measures concurrent readers while articles are ingested."""

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
MAX_INGESTED_ARTICLES = 2000  # more than any run ingests


def measure_readers_beside_ingest(
    server: ServerProcess, seconds: float, folder: Path, environment: dict[str, str]
) -> dict[str, Any]:
    """Returns the number of requests and errors, and whether the ingest ran."""
    articles = folder / "articles.jsonl"
    writer = ArticleGenerator(50, seed=time.time_ns())  # new articles in every run: existing ones would be skipped
    with articles.open("w") as lines:
        for number in range(MAX_INGESTED_ARTICLES):
            text = writer.article([writer.names[number % 50]] * 5).text
            lines.write(json.dumps({"title": f"Article {number}", "text": text}) + "\n")
    command = [sys.executable, "manage.py", "ingest", articles, "--publisher", "The Benchmark"]
    with (folder / "ingest.log").open("wb") as log:
        ingest = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment, stdout=log, stderr=log)
        time.sleep(2)  # until it stores articles
        result = _run_readers(server, seconds)
        exit_status = ingest.poll()
        ingest.terminate()
        ingest.wait()
    output = (folder / "ingest.log").read_text()
    return result | {"ingest": "failed" if exit_status else "ran", "said": output[-300:] if exit_status else ""}


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
        process = subprocess.run([*command, *READER_URLS], cwd=ROOT, stdout=subprocess.PIPE, check=True)
        readers = json.loads(process.stdout)
        return {"asked": readers["asked"], "wrong": sum(readers["wrong"].values()), "by": "python"}
    request_count = error_count = 0
    for page in READER_URLS:
        url = f"http://127.0.0.1:{server.port}{page}"
        command = [
            wrk,
            "-t2",
            f"-c{CONCURRENT_CLIENTS}",
            f"-d{max(int(seconds / len(READER_URLS)), 1)}s",
            "--timeout",
            "10s",
            url,
        ]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        request_count += _find_number(r"(\d+) requests in", output)
        error_count += _find_number(r"Non-2xx or 3xx responses: (\d+)", output)
        error_count += sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", output)))
    return {"asked": request_count, "wrong": error_count, "by": "wrk"}


def _find_number(pattern: str, text: str) -> int:
    match = re.search(pattern, text)
    return int(match[1]) if match else 0
