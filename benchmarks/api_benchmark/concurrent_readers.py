"""Concurrent readers, as a process of their own.

`python -m benchmarks.api_benchmark.concurrent_readers PORT READERS SECONDS URL…`: each reader fetches the URLs in turn
over a persistent connection, with a short pause between. Prints JSON: the number of requests, errors and response
times.
"""

import json
import sys
import time
from collections import Counter
from http.client import HTTPException
from threading import Thread

from benchmarks.api_benchmark.server_process import HttpReader

PAUSE_SECONDS = 0.02  # between two requests of a reader


def main() -> None:
    port, readers, seconds, *urls = sys.argv[1:]
    times: list[float] = []
    errors: Counter[str] = Counter()
    end = time.monotonic() + float(seconds)

    def read() -> None:
        reader, number = HttpReader(int(port)), 0
        while time.monotonic() < end:
            start = time.perf_counter()
            try:
                status = reader.get(urls[number % len(urls)])
            except (OSError, HTTPException) as error:
                errors[type(error).__name__] += 1
                reader = HttpReader(int(port))
                continue
            finally:
                number += 1
            times.append(time.perf_counter() - start)
            if status != 200:
                errors[str(status)] += 1
            time.sleep(PAUSE_SECONDS)

    threads = [Thread(target=read) for _ in range(int(readers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    result = {
        "asked": len(times),
        "wrong": errors,
        "p50": times[len(times) // 2] if times else 0,
        "p95": times[len(times) * 95 // 100] if times else 0,
        "most": times[-1] if times else 0,
    }
    sys.stdout.write(f"{json.dumps(result)}\n")


if __name__ == "__main__":
    main()
