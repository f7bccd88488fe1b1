"""Clients of several sites on one database: readers, a mirror, editors and what sends articles."""

import http.client
import json
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, Queue
from threading import Event
from typing import TypeVar
from urllib.parse import urlencode

from claims.models import Quote

CSRF_TOKEN = "a" * 32
HOST = "facts.example.org"  # by which clients know all sites
LONG_AGO = "2000-01-01T00:00:00Z"
TIMEOUT = 300.0  # seconds for anything to happen, on a machine whose cores are busy as well
PAUSE = 0.2  # seconds between the requests of a reader: the machines of the test share its cores
Answer = tuple[int, http.client.HTTPMessage, bytes]
Item = TypeVar("Item")


def wait_until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < deadline, f"not within {TIMEOUT:.0f} s: {what}"
        time.sleep(0.05)


class Proxy:
    """Sends requests to the sites in turns, and no more to one that does not accept connections, as a proxy does."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = ports
        self.broken_off: list[int] = []  # ports of requests that were under way when their site was killed

    def send(
        self, number: int, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Sends the n-th request of a client. Raises OSError or HTTPException if it breaks off."""
        ports = self.ports
        port = ports[number % len(ports)]
        peer = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        try:
            peer.request(method, path, body, {"Host": HOST} | (headers or {}))
            response = peer.getresponse()
            return response.status, response.headers, response.read()
        except (OSError, http.client.HTTPException):
            self.broken_off.append(port)
            self.ports = [other for other in self.ports if other != port] or ports
            raise
        finally:
            peer.close()

    def get(self, number: int, path: str, **headers: str) -> Answer:
        """Asks once more, another site, if the first breaks off."""
        try:
            return self.send(number, "GET", path, headers=headers)
        except (OSError, http.client.HTTPException):
            return self.send(number, "GET", path, headers=headers)


class Clients:
    """What reads, mirrors, edits and sends articles at once, each in a thread."""

    def __init__(self, proxy: Proxy, wordings: dict[int, str], sessions: list[str], key: str) -> None:
        self.proxy, self.key = proxy, key
        self.wordings = wordings  # by claim, of all that may ever be public
        self.released: set[int] = set()
        self.mirror: dict[int, str] = {}
        self.since = LONG_AGO
        self.quotes = Queue[Quote]()
        self.articles = Queue[int]()
        self.counts = Counter[str]()
        self.stopped = Event()
        works = [self.read, self.read, lambda: self.edit(sessions[0]), lambda: self.edit(sessions[1])]
        pool = ThreadPoolExecutor(6)
        self.futures = [pool.submit(work) for work in [*works, self.send_articles, self.follow]]

    def stop(self) -> None:
        self.stopped.set()
        for future in self.futures:
            future.result(TIMEOUT)

    def wait_for(self, **counts: int) -> None:
        """Waits until there are so many of each kind. Raises the first failure of a client."""

        def is_reached() -> bool:
            for future in self.futures:
                if future.done():
                    future.result()
            return all(self.counts[name] >= count for name, count in counts.items())

        wait_until(is_reached, f"{counts}, but {self.counts}")

    def read(self) -> None:
        """Reads what others cache as well. A claim is absent, or there in the wording that it was released with."""
        paths = ["/api/v1/claims/?page_size=100", "/api/v1/quotes/", "/api/v1/claims/?q=rivers", "/", "/speakers/"]
        known: dict[str, tuple[str, bytes]] = {}
        number = 0
        while not self.stopped.is_set():
            number += 1
            path = paths[number % len(paths)]
            headers = {"If-None-Match": known[path][0]} if path in known else {}
            status, answered, body = self.proxy.get(number // len(paths), path, **headers)
            assert status in ({200, 304} if path in known else {200}), (path, status, body[:500])
            if status == 200:
                known[path] = answered["ETag"], body
            if path == paths[0]:
                shown = {row["id"]: row["text"] for row in json.loads(known[path][1])["results"]}
                assert shown.items() <= self.wordings.items()
            self.counts["reads"] += 1
            self.counts["not modified"] += status == 304
            self.stopped.wait(PAUSE)

    def follow(self) -> None:
        while not self.stopped.is_set():
            self.update_mirror()
            self.counts["updates"] += 1
            self.stopped.wait(PAUSE)

    def update_mirror(self) -> None:
        path = f"/api/v1/claims/?{urlencode({'updated_since': self.since, 'page_size': 7})}"
        while path:
            self.counts["pages"] += 1
            status, _, body = self.proxy.get(self.counts["pages"], path)
            assert status == 200, body
            page = json.loads(body)
            self.mirror |= {row["id"]: row["text"] for row in page["results"]}
            for tombstone in page["tombstones"]:
                self.mirror.pop(tombstone["id"], None)
            self.since = page["updated_since"]
            path = page["next"] and "/" + page["next"].split("/", 3)[3]

    def edit(self, session: str) -> None:
        """Releases claims, and sees each at once, whichever site answers."""
        cookie = f"sessionid={session}; csrftoken={CSRF_TOKEN}"
        headers = {"Cookie": cookie, "X-CSRFToken": CSRF_TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
        while (quote := self.take(self.quotes)) is not None:
            claim = quote.claim
            assert claim is not None
            path = f"/admin/claims/quote/review/{quote.pk}/release/"
            body = urlencode({"claim": claim.pk, "seen_wording": claim.text, "text": self.wordings[claim.pk]})
            has_broken_off = False
            try:
                status, _, page = self.proxy.send(quote.pk, "POST", path, body, headers)
                assert status == 302, (status, page.decode())
            except (OSError, http.client.HTTPException):
                has_broken_off = True
            is_public = self.proxy.get(quote.pk + 1, f"/api/v1/claims/{claim.pk}/", Cookie=cookie)[0] == 200
            if has_broken_off and not is_public:
                self.quotes.put(quote)  # again, as an editor does who sees that it was not done
                continue
            assert is_public, claim.pk
            self.released.add(claim.pk)
            self.counts["edits"] += 1

    def send_articles(self) -> None:
        """Sends each until it is accepted."""
        while (number := self.take(self.articles)) is not None:
            text = f'"Gauge {number} is full," said Lena Ford.\n\n"So is gauge {number}," said Ann N{number}.'
            try:
                self.send_article(number, f"https://example.org/{number}", text)
            except (OSError, http.client.HTTPException):
                self.articles.put(number)
            else:
                self.counts["articles"] += 1

    def send_article(self, number: int, url: str, text: str) -> None:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        body = json.dumps({"url": url, "text": text})
        status, _, answer = self.proxy.send(number, "POST", "/api/v1/articles/", body, headers)
        assert status == 202, answer

    def take(self, queue: Queue[Item]) -> Item | None:
        while not self.stopped.is_set():
            try:
                return queue.get(timeout=0.1)
            except Empty:
                pass
        return None
