"""Readers that ask at once, in a process of their own.

`python -m benchmarks.api_benchmark.concurrent_readers PORT READERS SECONDS ADDRESS…`: each asks for the addresses in turn, over a
connection that it keeps, with a short pause between. Prints JSON: how often they asked, what went wrong, how long they
waited.
"""

import json
import sys
import time
from collections import Counter
from http.client import HTTPException
from threading import Thread

from benchmarks.api_benchmark.server_process import HttpReader

PAUSE_SECONDS = 0.02  # between an answer and the next question of a reader


def main() -> None:
    """Ask."""
    port, readers, seconds, *addresses = sys.argv[1:]
    waited: list[float] = []
    wrong: Counter[str] = Counter()
    end = time.monotonic() + float(seconds)

    def ask() -> None:
        reader, number = HttpReader(int(port)), 0
        while time.monotonic() < end:
            begin = time.perf_counter()
            try:
                status = reader.ask(addresses[number % len(addresses)])
            except (OSError, HTTPException) as error:
                wrong[type(error).__name__] += 1
                reader = HttpReader(int(port))
                continue
            finally:
                number += 1
            waited.append(time.perf_counter() - begin)
            if status != 200:
                wrong[str(status)] += 1
            time.sleep(PAUSE_SECONDS)

    threads = [Thread(target=ask) for _ in range(int(readers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waited.sort()
    found = {
        "asked": len(waited),
        "wrong": wrong,
        "p50": waited[len(waited) // 2] if waited else 0,
        "p95": waited[len(waited) * 95 // 100] if waited else 0,
        "most": waited[-1] if waited else 0,
    }
    sys.stdout.write(f"{json.dumps(found)}\n")


if __name__ == "__main__":
    main()
