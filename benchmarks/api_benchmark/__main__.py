"""What is done with one database, in a process of its own: `python -m benchmarks.api_benchmark fill|ask|load CLAIMS [TIMES]`.

The last line that it prints is JSON: the figures.
"""

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """One step."""
    import django  # noqa: PLC0415  # what follows needs the settings, which read the environment
    from django.conf import settings  # noqa: PLC0415  # as above

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    settings.ROOT_URLCONF = "benchmarks.api_benchmark.baseline_view"
    django.setup()
    step, *numbers = sys.argv[1:]
    steps: dict[str, Callable[..., dict[str, Any]]] = {"fill": run_fill, "ask": run_pages, "load": run_load}
    sys.stdout.write(f"{json.dumps(steps[step](*map(int, numbers)))}\n")


def report_progress(line: str) -> None:
    """Progress."""
    sys.stderr.write(f"  {line}\n")
    sys.stderr.flush()


def run_fill(claims: int) -> dict[str, Any]:
    """Fill an empty database."""
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()

    from benchmarks.dataset import public_claim_database  # noqa: PLC0415  # after django.setup()

    begin = time.monotonic()
    call_command("migrate", verbosity=0, interactive=False)
    public_claim_database.fill_public_claims(claims, report_progress)
    report_progress(f"Filled in {time.monotonic() - begin:.0f} s")
    return {"claims": public_claim_database.count_public_claims()}


def run_pages(claims: int, repetitions: int) -> dict[str, Any]:
    """What pages cost."""
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()

    from benchmarks.api_benchmark import api_pages  # noqa: PLC0415  # after django.setup()

    call_command("migrate", verbosity=0, interactive=False)  # of a database that was kept
    return api_pages.measure_api_pages(claims, repetitions, report_progress)


def run_load(claims: int, turns: int) -> dict[str, Any]:
    """How quickly rows are stored."""
    from benchmarks.api_benchmark import bulk_load  # noqa: PLC0415  # after django.setup()

    return bulk_load.measure_bulk_load(claims, turns, report_progress)


if __name__ == "__main__":
    main()
