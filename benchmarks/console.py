"""Output of the benchmarks: the report on standard output, progress on standard error."""

import sys


def log_progress(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def write_report(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
