"""`python -m benchmarks.load`: response times, errors and memory of a served site under load.

Fills databases with public claims, serves each, and reads lists, details, searches, pages and a CSV of all claims over
1, 8, 32 and 128 connections of the loopback interface: first alone, then while a worker takes articles in and two
editors decide. Prints a Markdown table. With `--soak 3600` it also reads for an hour over 32 connections beside
articles and editors, and says how the memory grew. `--json` writes all figures, with the CPU costs of each kind of
request, from which `benchmarks.load_benchmark.capacity` computes how many machines a site needs. The exit status is 1
if there were errors, or if the memory grew by more than a tenth.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.admin import open_database_folder
from benchmarks.api import DATABASES, comma_separated_choices, parse_sizes
from benchmarks.api_benchmark.benchmark_run import ApiBenchmark, StepError
from benchmarks.api_benchmark.server_process import (
    ROOT,
    HttpReader,
    ServerError,
    ServerProcess,
    find_free_port,
    run_server,
)
from benchmarks.console import log_progress, write_report
from benchmarks.dataset.databases import serve_database
from benchmarks.worker import DELIVERIES_A_SECOND, edit

CONNECTIONS = (1, 8, 32, 128)
SOAK_CONNECTIONS = 32
SOAK_PART_SECONDS = 60.0
WARM_UP_SHARE = 0.1  # of the soak, after which memory should not grow
MAX_GROWTH = 0.1
ALONE, BESIDE = "alone", "beside articles and editors"


class LoadBenchmark(ApiBenchmark):
    """The benchmark of one database of one size."""

    def run_load_step(self, *arguments: object) -> Any:
        command = [sys.executable, "-m", "benchmarks.load_benchmark", *map(str, arguments)]
        process = subprocess.run(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, check=False)
        if process.returncode:
            raise StepError(f"{self.vendor}, {self.claims} claims: {arguments[0]} failed")
        return json.loads(process.stdout.splitlines()[-1])

    def measure(self) -> dict[str, Any]:
        self.fill()
        log_progress(f"{self.vendor}, {self.claims:,} claims: costs")
        costs = self.run_load_step("costs", self.options.repetitions)
        prepared = self.run_load_step("prepare")
        port = find_free_port()
        environment = self.environment | {"FACTBASE_PORT": str(port), "FACTBASE_WORKER": "1"}
        loads: list[dict[str, Any]] = []
        with run_server([sys.executable, "manage.py", "serve"], port, environment, self.folder / "serve.log") as server:
            warm_up(server, prepared["urls"])
            memory = [server.memory()]
            for connections in self.options.connections:
                loads += [
                    self.load(server, prepared, connections, condition, self.options.seconds)
                    for condition in (ALONE, BESIDE)
                ]
            memory.append(server.memory())
            soak = self.soak(server, prepared) if self.options.soak else []
        return {
            "database": self.vendor,
            "claims": costs["claims"],
            "costs": costs,
            "loads": loads,
            "memory": memory,
            "soak": soak,
        }

    def load(
        self, server: ServerProcess, prepared: dict[str, Any], connections: int, condition: str, seconds: float
    ) -> dict[str, Any]:
        """Reads for so many seconds; with `BESIDE`, while articles come in and editors decide."""
        log_progress(f"{self.vendor}, {self.claims:,} claims, {connections} connections, {condition}: {seconds:.0f} s")
        if condition == BESIDE:
            self.run_load_step("articles", int(DELIVERIES_A_SECOND * seconds))
        command = [sys.executable, "-m", "benchmarks.load_benchmark.connections"]
        command += [str(server.port), str(connections), str(seconds)]
        readers = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        edits, edit_errors = 0, 0
        with ThreadPoolExecutor(len(prepared["sessions"])) as pool:
            output = pool.submit(readers.communicate, json.dumps(prepared["urls"]).encode())
            if condition == BESIDE:
                editors = [
                    pool.submit(edit, server.port, session, self.take_quotes(prepared, seconds), seconds)
                    for session in prepared["sessions"]
                ]
                edits = sum(len(editor.result()[0]) for editor in editors)
                edit_errors = sum(editor.result()[1] for editor in editors)
            kinds = json.loads(output.result()[0])
        return {
            "connections": connections,
            "condition": condition,
            "seconds": seconds,
            "kinds": kinds,
            "edits": edits,
            "edit_errors": edit_errors,
        }

    def take_quotes(self, prepared: dict[str, Any], seconds: float) -> list[int]:
        """Returns pending quotes for an editor, who decides two a second at most."""
        count = int(2 * seconds) + 1
        quotes, prepared["quotes"] = prepared["quotes"][:count], prepared["quotes"][count:]
        return list(quotes)

    def soak(self, server: ServerProcess, prepared: dict[str, Any]) -> list[dict[str, Any]]:
        """Reads in parts beside articles and editors; returns each part with the memory after it."""
        parts: list[dict[str, Any]] = []
        end = time.monotonic() + self.options.soak
        while (left := end - time.monotonic()) > 1:
            part = self.load(server, prepared, SOAK_CONNECTIONS, BESIDE, min(SOAK_PART_SECONDS, left))
            parts.append(part | {"memory": server.memory()})
        return parts


def warm_up(server: ServerProcess, urls: dict[str, list[str]]) -> None:
    """Waits until the site answers: it accepts connections before that."""
    reader = HttpReader(server.port)
    for some in urls.values():
        reader.get(some[0])
    reader.close()


def soak_growth(soak: Sequence[dict[str, Any]]) -> float:
    """Returns by which share the memory grew between the end of the warm-up and the end."""
    start = soak[int(len(soak) * WARM_UP_SHARE)]["memory"]
    return float(soak[-1]["memory"] / start - 1)


def count_errors(load: dict[str, Any]) -> int:
    return int(load["edit_errors"] + sum(sum(kind["errors"].values()) for kind in load["kinds"].values()))


def format_loads(runs: Sequence[dict[str, Any]]) -> str:
    """Formats a row for each database, number of connections and kind of request."""
    lines = [
        f"| database | connections | | {ALONE}: p50 ms | p99 ms | errors | {BESIDE}: p50 ms | p99 ms | errors |",
        "|---|--:|---|--:|--:|--:|--:|--:|--:|",
    ]
    for run in runs:
        name = f"{run['database']}, {run['claims']:,} claims"
        pairs = zip(run["loads"][::2], run["loads"][1::2], strict=True)
        for alone, beside in pairs:
            for kind in alone["kinds"]:
                cells = [*_cells(alone["kinds"][kind]), *_cells(beside["kinds"][kind])]
                lines.append(f"| {name} | {alone['connections']} | {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cells(kind: dict[str, Any]) -> list[str]:
    times = ["–" if kind[name] is None else f"{1000 * kind[name]:.0f}" for name in ("p50", "p99")]
    return [*times, str(sum(kind["errors"].values()))]


def format_memory(runs: Sequence[dict[str, Any]]) -> str:
    lines = ["| database | MB at the start | at the end | soak: after the warm-up | at the end | growth |"]
    lines.append("|---|--:|--:|--:|--:|--:|")
    for run in runs:
        cells = [f"{size / 1e6:.0f}" for size in run["memory"]]
        if soak := run["soak"]:
            start = soak[int(len(soak) * WARM_UP_SHARE)]["memory"]
            cells += [f"{start / 1e6:.0f}", f"{soak[-1]['memory'] / 1e6:.0f}", f"{100 * soak_growth(soak):.1f} %"]
        else:
            cells += ["–"] * 3
        lines.append(f"| {run['database']}, {run['claims']:,} claims | {' | '.join(cells)} |")
    return "\n".join(lines)


def list_faults(runs: Sequence[dict[str, Any]]) -> list[str]:
    faults = []
    for run in runs:
        errors = sum(map(count_errors, [*run["loads"], *run["soak"]]))
        if errors:
            faults.append(f"{run['database']}, {run['claims']:,} claims: {errors} errors")
        if run["soak"] and (growth := soak_growth(run["soak"])) > MAX_GROWTH:
            faults.append(f"{run['database']}, {run['claims']:,} claims: memory grew by {100 * growth:.0f} %")
    return faults


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.load", description=__doc__)
    parser.add_argument("--sizes", type=parse_sizes, default=(10_000,), help="numbers of claims (default: 10000)")
    parser.add_argument(
        "--databases", type=comma_separated_choices(DATABASES), default=DATABASES, help="default: sqlite,postgresql"
    )
    parser.add_argument("--connections", type=parse_sizes, default=CONNECTIONS, help="default: 1,8,32,128")
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement (default: 10)")
    parser.add_argument("--soak", type=float, default=0, help="seconds of the long run, such as 3600 (default: none)")
    parser.add_argument("--repetitions", type=int, default=5, help="rounds of the costs (default: 5)")
    parser.add_argument("--keep", type=Path, help="folder in which the databases are kept for the next run")
    parser.add_argument("--json", type=Path, help="file for all figures")
    options = parser.parse_args(argv)
    if min(options.sizes) < 100 or options.repetitions < 1 or options.seconds <= 0 or options.soak < 0:
        parser.error("--sizes must be at least 100, --repetitions at least 1, --seconds more than 0")
    if max(options.connections) > 128:
        parser.error("--connections must be at most 128, as an address may have 200")
    try:
        runs = measure_databases(options)
    except (StepError, ServerError) as error:
        parser.exit(1, f"{error}\n")
    write_report(f"{format_loads(runs)}\n\n{format_memory(runs)}")
    if options.json:
        options.json.write_text(json.dumps(runs))
    faults = list_faults(runs)
    for fault in faults:
        log_progress(f"*** {fault}")
    return 1 if faults else 0


def measure_databases(options: argparse.Namespace) -> list[dict[str, Any]]:
    runs = []
    with open_database_folder(options.keep) as folder:
        for vendor in options.databases:
            with serve_database(vendor, folder) as server_url:
                for claims in options.sizes:
                    run_folder = folder.absolute() / f"{vendor}-{claims}"
                    run_folder.mkdir(exist_ok=True)
                    if vendor == "sqlite":
                        url = f"sqlite:///{run_folder / 'claims.sqlite3'}"
                    else:
                        url = server_url.replace("/postgres?", f"/claims_{claims}?")
                    runs.append(LoadBenchmark(vendor, claims, run_folder, url, options).measure())
    return runs


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
