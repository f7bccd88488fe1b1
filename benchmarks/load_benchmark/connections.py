"""Persistent connections that read at once, as a process of their own.

`python -m benchmarks.load_benchmark.connections PORT CONNECTIONS SECONDS`, with URLs by kind as JSON on the input. Each
connection fetches a URL of each kind in turn, without a pause; whole files are fetched by the first alone, as the site
makes only two at once for a client. Prints JSON: by kind the number of requests, of errors, and response times.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from http.client import HTTPException
from math import ceil
from threading import Thread

from benchmarks.api_benchmark.server_process import HttpReader

FILES = "CSV"  # the kind of whole files


def main() -> None:
    port, connections, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    urls: dict[str, list[str]] = json.load(sys.stdin)
    times: defaultdict[str, list[float]] = defaultdict(list)
    errors: defaultdict[str, Counter[str]] = defaultdict(Counter)
    end = time.monotonic() + seconds

    def read(connection: int) -> None:
        reader, number = HttpReader(port), connection
        kinds = [kind for kind in urls if kind != FILES or connection == 0]
        while time.monotonic() < end:
            kind = kinds[number % len(kinds)]
            url = urls[kind][number // len(kinds) % len(urls[kind])]
            number += 1
            start = time.perf_counter()
            try:
                status = reader.get(url)
            except (OSError, HTTPException) as error:
                errors[kind][type(error).__name__] += 1
                reader = HttpReader(port)
                continue
            times[kind].append(time.perf_counter() - start)
            if status != 200:
                errors[kind][str(status)] += 1

    threads = [Thread(target=read, args=[connection]) for connection in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = {
        kind: {
            "requests": len(times[kind]),
            "errors": dict(errors[kind]),
            "p50": percentile(times[kind], 50),
            "p99": percentile(times[kind], 99),
        }
        for kind in urls
    }
    sys.stdout.write(f"{json.dumps(result)}\n")


def percentile(times: list[float], percent: int) -> float | None:
    """Returns the time within which so many percent of the requests were answered."""
    return sorted(times)[ceil(len(times) * percent / 100) - 1] if times else None


if __name__ == "__main__":
    main()
