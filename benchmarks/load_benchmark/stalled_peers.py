"""Response times of a served site beside peers that stall.

`python -m benchmarks.load_benchmark.stalled_peers PORT` reads pages of a site on this machine in turns alone and beside
60 connections that stall: within the headers of a request, within a body, or while they do not read a long answer.
Prints a Markdown table. The exit status is 1 if a request failed, or if the p95 beside them was more than twice that
alone. The site needs a list of some megabytes, see `--long`, and no rate limit (`FACTBASE_READS_PER_MINUTE=0`).
"""

import argparse
import socket
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPException

from benchmarks.api_benchmark.server_process import HttpReader
from benchmarks.console import log_progress, write_report
from benchmarks.load_benchmark.connections import percentile

PAGES = ("/api/v1/ratings/", "/admin/login/", "/claims/")
LIMIT = 2.0
REQUESTS = {
    "headers": "GET / HTTP/1.1\r\nHost: {host}\r\nX-Slow: ",
    "body": "POST /admin/login/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n\r\nusername=a",
    "read": "GET {long} HTTP/1.1\r\nHost: {host}\r\n\r\n",
}
RECEIVE_BUFFER_BYTES = 4096  # so that little of an answer is under way


@contextmanager
def stalled_peers(port: int, request: str, count: int) -> Iterator[None]:
    with ExitStack() as stack:
        for _ in range(count):
            peer = stack.enter_context(socket.socket())
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            peer.connect(("127.0.0.1", port))
            peer.sendall(request.encode())
        yield


def read_pages(port: int, seconds: float) -> tuple[list[float], int]:
    """Returns the response times, and the number of requests that failed."""
    times: list[float] = []
    errors, number, end = 0, 0, time.monotonic() + seconds
    while time.monotonic() < end:
        reader = HttpReader(port)
        start = time.perf_counter()
        try:
            errors += reader.get(PAGES[number % len(PAGES)]) != 200
        except (OSError, HTTPException):
            errors += 1
        times.append(time.perf_counter() - start)
        reader.close()
        number += 1
    return times, errors


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.load_benchmark.stalled_peers", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--peers", type=int, default=60, help="default: 60")
    parser.add_argument("--seconds", type=float, default=10, help="of each part (default: 10)")
    parser.add_argument("--rounds", type=int, default=3, help="of parts alone and beside peers (default: 3)")
    parser.add_argument("--long", default="/api/v1/quotes.csv", help="address of a long answer (default: all quotes)")
    options = parser.parse_args(argv)
    host = f"127.0.0.1:{options.port}"
    lines = [
        "| stalled within | requests | failed | p95 alone, ms | p95 beside, ms | ratio |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    is_good = True
    for kind, template in REQUESTS.items():
        request = template.format(host=host, long=options.long)
        times: defaultdict[str, list[float]] = defaultdict(list)
        failed = 0
        for number in range(options.rounds):
            log_progress(f"{kind}: round {number + 1} of {options.rounds}")
            for condition, count in (("alone", 0), ("beside", options.peers)):
                with stalled_peers(options.port, request, count):
                    some, errors = read_pages(options.port, options.seconds)
                times[condition] += some
                failed += errors
        alone, beside = (percentile(times[condition], 95) or 0.0 for condition in ("alone", "beside"))
        ratio = beside / alone
        is_good &= ratio <= LIMIT and not failed
        requests = sum(map(len, times.values()))
        cells = [str(requests), str(failed), f"{1000 * alone:.0f}", f"{1000 * beside:.0f}", f"{ratio:.2f}"]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    write_report("\n".join(lines))
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
