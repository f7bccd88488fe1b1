"""The memory of a process that fetches what inflates to a thousand times its size, or never ends."""

import gzip
import json
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Final

import pytest

from tests.articles.fetching.loopback_site import Answer, Exchange, LoopbackSite

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory of processes is read from /proc")

MAX_BYTES: Final = 10_000_000  # of a page, by default
MAX_GROWTH: Final = 3 * MAX_BYTES  # a buffer that grows, and the copy that is returned
ZEROS: Final = b"\0" * 100_000_000
DEFLATED: Final = zlib.compress(ZEROS)
FETCH_AND_MEASURE: Final = """
import json, sys
from pathlib import Path
from claims.articles.fetching import FEEDS, PAGES, FetchError, FetchPolicy, fetch

def read_memory(name):
    return 1024 * int(Path("/proc/self/status").read_text().partition(name + ":")[2].split()[0])

before, reasons = read_memory("VmRSS"), []
for url in sys.argv[1:]:
    for accept in (PAGES, FEEDS):
        policy = FetchPolicy(user_agent="factbase/test", allow_private=True, accept=accept)
        try:
            fetch(url, policy=policy)
        except FetchError as error:
            reasons.append(error.reason)
print(json.dumps([read_memory("VmHWM") - before, reasons]))
"""


def compressed(body: bytes, encoding: str) -> Answer:
    return lambda exchange: exchange.send(body=body, Content_Encoding=encoding, Content_Type="application/xml")


def endless_chunks(exchange: Exchange) -> None:
    exchange.close_connection = True
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not exchange.site.stopped.is_set():
        exchange.wfile.write(b"100000\r\n" + b" " * 0x100000 + b"\r\n")


def one_long_chunk(exchange: Exchange) -> None:
    exchange.close_connection = True
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n")
    exchange.wfile.write(b"40000000\r\n")
    while not exchange.site.stopped.is_set():
        exchange.wfile.write(b" " * 0x100000)


TOO_LARGE = "the page is larger than 10 MB"
BOMBS: Final[dict[str, tuple[Answer, str]]] = {
    "/deflate": (compressed(DEFLATED, "deflate"), TOO_LARGE),
    "/gzip": (compressed(gzip.compress(ZEROS[:10_000_000]) * 100, "gzip"), TOO_LARGE),
    "/gzip-of-deflate": (compressed(gzip.compress(DEFLATED), "deflate, gzip"), "compressed in a way"),
    "/brotli": (compressed(b"\x5b" * 1_000_000, "br"), "compressed in a way"),
    "/chunks": (endless_chunks, TOO_LARGE),
    "/chunk": (one_long_chunk, TOO_LARGE),
}


def test_memory_is_bounded_by_the_largest_page(site: LoopbackSite) -> None:
    site.pages |= {path: answer for path, (answer, _) in BOMBS.items()}
    urls = [site.url(path) for path in BOMBS]
    done = subprocess.run(
        [sys.executable, "-c", FETCH_AND_MEASURE, *urls], capture_output=True, text=True, check=True, timeout=300
    )
    growth, reasons = json.loads(done.stdout)
    expected = [reason for _, reason in BOMBS.values() for _ in range(2)]  # as a page, and as a feed
    assert len(reasons) == len(expected), reasons
    assert all(part in reason for part, reason in zip(expected, reasons, strict=True)), reasons
    assert growth < MAX_GROWTH
