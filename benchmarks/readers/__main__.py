"""What is done with one database, in a process of its own: `python -m benchmarks.readers fill|ask|load CLAIMS [TIMES]`.

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
    settings.ROOT_URLCONF = "benchmarks.readers.floor"
    django.setup()
    step, *numbers = sys.argv[1:]
    steps: dict[str, Callable[..., dict[str, Any]]] = {"fill": fill, "ask": ask, "load": load}
    sys.stdout.write(f"{json.dumps(steps[step](*map(int, numbers)))}\n")


def say(line: str) -> None:
    """Progress."""
    sys.stderr.write(f"  {line}\n")
    sys.stderr.flush()


def fill(claims: int) -> dict[str, Any]:
    """Fill an empty database."""
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()

    from benchmarks.readers import filling  # noqa: PLC0415  # after django.setup()

    begin = time.monotonic()
    call_command("migrate", verbosity=0, interactive=False)
    filling.fill(claims, say)
    say(f"Filled in {time.monotonic() - begin:.0f} s")
    return {"claims": filling.public_claims()}


def ask(claims: int, repetitions: int) -> dict[str, Any]:
    """What pages cost."""
    from django.core.management import call_command  # noqa: PLC0415  # after django.setup()

    from benchmarks.readers import pages  # noqa: PLC0415  # after django.setup()

    call_command("migrate", verbosity=0, interactive=False)  # of a database that was kept
    return pages.measured(claims, repetitions, say)


def load(claims: int, turns: int) -> dict[str, Any]:
    """How quickly rows are stored."""
    from benchmarks.readers import loading  # noqa: PLC0415  # after django.setup()

    return loading.measured(claims, turns, say)


if __name__ == "__main__":
    main()
