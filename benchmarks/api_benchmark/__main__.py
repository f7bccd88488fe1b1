"""A step of the benchmark as a process of its own: `python -m benchmarks.api_benchmark fill|ask|load CLAIMS [TIMES]`.

The last line of the output is JSON with the figures.
"""

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    settings.ROOT_URLCONF = "benchmarks.api_benchmark.baseline_view"
    django.setup()
    step, *numbers = sys.argv[1:]
    steps: dict[str, Callable[..., dict[str, Any]]] = {"fill": run_fill, "ask": run_pages, "load": run_load}
    sys.stdout.write(f"{json.dumps(steps[step](*map(int, numbers)))}\n")


def report_progress(line: str) -> None:
    sys.stderr.write(f"  {line}\n")
    sys.stderr.flush()


def run_fill(claims: int) -> dict[str, Any]:
    from django.core.management import call_command

    from benchmarks.dataset import public_claim_database

    start = time.monotonic()
    call_command("migrate", verbosity=0, interactive=False)
    public_claim_database.fill_public_claims(claims, report_progress)
    report_progress(f"Filled in {time.monotonic() - start:.0f} s")
    return {"claims": public_claim_database.count_public_claims()}


def run_pages(claims: int, repetitions: int) -> dict[str, Any]:
    from django.core.management import call_command

    from benchmarks.api_benchmark import api_pages

    call_command("migrate", verbosity=0, interactive=False)  # of a database that an older version has filled
    return api_pages.measure_api_pages(claims, repetitions, report_progress)


def run_load(claims: int, method: int) -> dict[str, Any]:
    from benchmarks.api_benchmark import bulk_load

    return bulk_load.measure_bulk_load(claims, method, report_progress)


if __name__ == "__main__":
    main()
