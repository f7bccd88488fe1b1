"""A site on a disk that fills up loses nothing, says so, and goes on by itself when there is room again."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims.models import Quote, ReaderKeyScope
from claims.services.people.reader_keys import create_key
from tests import factories as make
from tests.commands.test_serve import ROOT, server_environment, unused_port
from tests.services.ingestion import rivers_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly, pytest.mark.sqlite_suffices]

DISK_BYTES = 250_000_000  # to read a text's language, a worker needs a temporary file of 70 MB, once
MIN_FREE_MB = 5
# A file system of its own, which only the site and its commands see.
NAMESPACE = ["--mount"] if os.geteuid() == 0 else ["--user", "--mount"]
MOUNT = 'mount -t tmpfs -o "size=$1" tmpfs "$0" && echo mounted && read -r _ && shift && exec "$@"'
TIMEOUT = 300
LIST_STORED = """
import json
from django.db import connection
from claims.models import Delivery, Quote
with connection.cursor() as cursor:
    assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
print(json.dumps({
    "deliveries": list(Delivery.objects.order_by("pk").values_list("pk", flat=True)),
    "accepted": list(Quote.objects.filter(decision="accepted").values_list("pk", flat=True)),
}))
"""
CSRF_TOKEN = "a" * 32
Answer = tuple[int, dict[str, str], str]


class Redirects(urllib.request.HTTPRedirectHandler):
    """Shows redirects, instead of following them."""

    def redirect_request(self, *_: Any) -> None:
        return None


OPENER = urllib.request.build_opener(Redirects)
READS = ("/", "/claims/", "/search/?q=rivers", "/api/v1/claims/", "/api/v1/claims.csv")


def as_root() -> list[str]:
    return NAMESPACE if os.geteuid() == 0 else [*NAMESPACE, "--map-root-user"]


def why_not_mounted() -> str:
    """Says why this machine lets nobody mount a disk in a namespace of its own; empty if it does."""
    if not (shutil.which("unshare") and shutil.which("nsenter")):
        return "unshare and nsenter (util-linux) are not installed"
    command = ["unshare", *as_root(), "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr.strip()


def wait_for(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < deadline, f"not within {TIMEOUT} s: {what}"
        time.sleep(0.2)


def write_some(file: IO[bytes], size: int) -> bool:
    """Returns False if there is no room."""
    try:
        file.write(b"a" * size)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return False
    return True


@dataclass(frozen=True)
class Site:
    """A served site whose database is on a small disk."""

    process: subprocess.Popen[bytes]
    log: Path
    environment: dict[str, str]
    key: str
    session: str  # of an editor who is signed in
    disk: Path  # as the test sees it
    enter: tuple[str, ...] = ()  # what runs a command where the site sees the disk

    def send(self, path: str, body: object = None) -> Answer:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        return self._send(path, None if body is None else json.dumps(body).encode(), headers)

    def accept(self, quote: Quote) -> Answer:
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": CSRF_TOKEN}).encode()
        cookies = f"sessionid={self.session}; csrftoken={CSRF_TOKEN}"
        return self._send(reverse("admin:claims_review_act", args=[quote.pk, "accept"]), form, {"Cookie": cookies})

    def _send(self, path: str, data: bytes | None, headers: dict[str, str]) -> Answer:
        url = f"http://127.0.0.1:{self.environment['FACTBASE_PORT']}{path}"
        try:
            with OPENER.open(urllib.request.Request(url, data, headers), timeout=120) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read().decode()

    def send_article(self, number: int, *, size: int = 400_000) -> tuple[int, dict[str, str], Any]:
        """Sends a page with few words, and so many bytes."""
        url = f"https://example.org/{number}"
        page = rivers_page.body(f"“The dam holds,” said Lena Ford, the mayor, on day {number}.", url=url).decode()
        status, headers, answer = self.send(
            "/api/v1/articles/", {"url": url, "html": f"{page}<!-- {os.urandom(size // 2).hex()} -->"}
        )
        return status, headers, json.loads(answer)

    def state_of(self, delivery: int) -> str:
        status, _, answer = self.send(f"/api/v1/deliveries/{delivery}/")
        return str(json.loads(answer)["state"]) if status == 200 else f"status {status}"

    def is_ready(self) -> bool:
        return self.send("/readyz")[0] == 200

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.enter, sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def fill(self) -> None:
        with (self.disk / "filler").open("ab", buffering=0) as filler:
            for size in (1_000_000, 4096):
                while write_some(filler, size):
                    pass

    def make_room(self) -> None:
        (self.disk / "filler").unlink()

    def stop(self) -> str:
        """Returns what the site has logged."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(TIMEOUT) == 0
        return self.log.read_text()


def make_rows() -> tuple[str, str]:
    """Makes some quotes, the key of a sender of articles and the session of an editor; returns these two."""
    editor = make.UserFactory(is_superuser=True)
    for _ in range(10):
        make.QuoteFactory()
    browser = Client()
    browser.force_login(editor)
    make.VerificationFactory(claim=make.QuoteFactory(accepted=True).claim, published=True)
    _, key = create_key(name="Wire", scope=ReaderKeyScope.INTAKE, editor=editor)
    return key, browser.cookies["sessionid"].value


@pytest.fixture
def small_site(tmp_path: Path) -> Iterator[Site]:
    if reason := why_not_mounted():
        pytest.skip(f"a disk of its own cannot be mounted: {reason}")
    key, session = make_rows()
    directory = tmp_path / "data"
    directory.mkdir()
    environment = server_environment(
        unused_port(),
        DATABASE_URL=f"sqlite:///{directory / 'factbase.sqlite3'}",
        FACTBASE_DATA_DIR=str(directory),
        FACTBASE_MIN_FREE_MB=str(MIN_FREE_MB),
        FACTBASE_WORKER="1",
        TMPDIR=str(directory),
    )
    log = tmp_path / "log"
    serve = (sys.executable, "manage.py", "serve")
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["unshare", *as_root(), "sh", "-c", MOUNT, directory, str(DISK_BYTES), *serve],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
        )
    assert process.stdin is not None
    wait_for(lambda: log.read_text() == "mounted\n", "the disk is mounted")
    disk = Path(f"/proc/{process.pid}/root{directory}")
    enter = ("nsenter", "-t", str(process.pid), *NAMESPACE, "--preserve-credentials", f"--wdns={ROOT}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "factbase.sqlite3")])
    shutil.copy(tmp_path / "factbase.sqlite3", disk)
    shutil.copy(Path(settings.DATA_DIR) / "secret_key", disk)
    process.stdin.write(b"\n")
    process.stdin.close()
    wait_for(lambda: "factbase is running" in log.read_text(), "the site runs")
    yield Site(process, log, environment, key, session, disk, enter)
    if process.poll() is None:
        process.kill()
        process.wait()


def test_a_full_disk_loses_nothing(small_site: Site, tmp_path: Path) -> None:
    quotes = list(Quote.objects.pending().order_by("pk")[:3])
    wait_for(small_site.is_ready, "the site is ready")
    status, _, first = small_site.send_article(0)
    assert status == 202
    accepted, refused = [first["id"]], []
    wait_for(lambda: small_site.state_of(first["id"]) == "stored", "the first article is stored")
    assert small_site.accept(quotes[0])[0] == 302

    small_site.fill()
    for number in range(1, 60):  # the first ones may find room in the database's files
        status, headers, answer = small_site.send_article(number)
        if status == 202:
            accepted.append(answer["id"])
            continue
        assert_unavailable((status, headers, answer["title"]))
        refused.append(number)
        if len(refused) == 3:
            break
    assert len(refused) == 3
    assert {path: small_site.send(path)[0] for path in READS} == dict.fromkeys(READS, 200)
    status, _, body = small_site.send("/readyz")
    assert status == 503
    assert f"less than {MIN_FREE_MB}" in json.loads(body)["checks"]["disk"]["problem"]
    assert_unavailable(small_site.accept(quotes[1]))
    assert_unavailable(small_site.send("/api/v1/articles/", {"html": "a" * 3_000_000}))  # more than is held in memory

    page = tmp_path / "page.html"
    page.write_bytes(rivers_page.body() + f"<!-- {os.urandom(200_000).hex()} -->".encode())
    for command in (["backup", f"{small_site.environment['FACTBASE_DATA_DIR']}/backup.tar.gz"], ["ingest", str(page)]):
        done = small_site.manage(*command)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done
        assert "full" in done.stderr or "No space left" in done.stderr
    assert not [path.name for path in small_site.disk.iterdir() if "backup.tar" in path.name]

    small_site.make_room()
    wait_for(small_site.is_ready, "the site is ready again")
    for number in refused:
        status, _, answer = small_site.send_article(number)
        assert status == 202
        accepted.append(answer["id"])
    assert small_site.accept(quotes[1])[0] == 302
    wait_for(lambda: {small_site.state_of(pk) for pk in accepted} == {"stored"}, "every accepted article is stored")
    stored = json.loads(small_site.manage("shell", "-v0", "-c", LIST_STORED).stdout)
    assert stored["deliveries"] == sorted(accepted), "what was refused was not half saved"
    assert {quote.pk for quote in quotes} & set(stored["accepted"]) == {quotes[0].pk, quotes[1].pk}
    for command in ("check_anchors", "check_index", "check_audit"):
        done = small_site.manage(command)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout

    output = small_site.stop()
    assert "Traceback" not in output, output
    assert any("503" in line and "full" in line for line in output.splitlines()), output


def assert_unavailable(answer: Answer) -> None:
    status, headers, body = answer
    assert (status, headers.get("Retry-After")) == (503, "10"), body
