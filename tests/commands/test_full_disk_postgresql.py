"""A site whose PostgreSQL has a full disk loses nothing, says so, and goes on by itself when there is room again."""

import json
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from claims.models import Quote, Source
from tests.commands.test_full_disk import (
    READS,
    Answer,
    Site,
    as_root,
    assert_unavailable,
    make_rows,
    wait_for,
    why_not_mounted,
)
from tests.commands.test_serve import ROOT, unused_port
from tests.database_templates import database_url
from tests.databases import POSTGRESQL_USER, SERVER_BINARIES, TemporaryPostgres
from tests.services.ingestion import rivers_page

DISK_BYTES = 250_000_000
# Whoever may not look into a process sees nothing of its disk: PostgreSQL runs as another user than root.
OWNER = str(pwd.getpwnam(POSTGRESQL_USER).pw_uid) if os.geteuid() == 0 else "0"
AS_OWNER = f"setpriv --reuid={OWNER} --clear-groups" if os.geteuid() == 0 else ""
# The disk is there until the test has ended, or was killed, and the server's keeper has ended the server.
HOLD = 'cat; while [ -e "$0/postmaster.pid" ]; do sleep 0.1; done'
MOUNT = f"""
mount -t tmpfs -o "size=$1,mode=0700,uid={OWNER}" tmpfs "$0" && echo mounted && exec {AS_OWNER} sh -c '{HOLD}' "$0"
"""
LIST_STORED = """
import json
from claims.models import Delivery, Quote, Source
print(json.dumps({
    "states": dict(Delivery.objects.values_list("pk", "state")),
    "attempts": sum(Delivery.objects.values_list("attempts", flat=True)),
    "articles": list(Source.objects.values_list("url", flat=True)),
    "accepted": list(Quote.objects.filter(decision="accepted").order_by("pk").values_list("pk", flat=True)),
}))
"""


class SmallPostgres(TemporaryPostgres):
    """A server whose tables and log are on a small disk. What it has committed outlives a crash of its own."""

    settings = "-c fsync=off -c full_page_writes=off -c checkpoint_timeout=1h"

    disk: Path  # as the test sees it

    @contextmanager
    def run_on_small_disk(self, *, copied_from: str) -> Iterator[None]:
        mount_point = self.directory / "disk"
        mount_point.mkdir()
        command = ["unshare", *as_root(), "sh", "-c", MOUNT, str(mount_point), str(DISK_BYTES)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"mounted\n"
            self.disk = Path(f"/proc/{holder.pid}/root{mount_point}")
            data = self.directory / "data"
            data.symlink_to(self.disk)
            options = ("--wal-method=stream", "--checkpoint=fast", "--no-sync")
            try:
                self.run("pg_basebackup", "-d", f"host={copied_from} user=postgres", "-D", str(data), *options)
                self.start()
                yield
            finally:
                self.stop()

    def count_crashes(self) -> int:
        return (self.directory / "log").read_text().count("terminated by signal")

    def supervise(self) -> bool:
        """Starts the server again if it has ended for want of room, as the system would."""
        if not (self.directory / "data" / "postmaster.pid").exists():
            self.start()
        return True


def is_done(answer: Answer) -> bool:
    """Any other answer than a success has to be 503 with Retry-After."""
    if answer[0] in {200, 202, 302}:
        return True
    assert_unavailable(answer)
    return False


class Users:
    """Send articles and accept quotes, and note what the site has done according to its answers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.deliveries: list[int] = []
        self.articles = list(Source.objects.values_list("url", flat=True))
        self.accepted = list(Quote.objects.filter(decision="accepted").values_list("pk", flat=True))

    def send_article(self, number: int, *, size: int = 400_000) -> bool:
        status, headers, answer = self.site.send_article(number, size=size)
        if done := is_done((status, headers, str(answer))):
            self.deliveries.append(answer["id"])
            self.articles.append(f"https://example.org/{number}")
        return done

    def accept(self, quote: Quote) -> bool:
        if done := is_done(self.site.accept(quote)):
            self.accepted.append(quote.pk)
        return done

    def has_all_stored(self) -> bool:
        return {self.site.state_of(pk) for pk in self.deliveries} == {"stored"}


def use(users: Users, quotes: list[Quote]) -> None:
    """Whatever is asked for is done, or answered with 503 and Retry-After."""
    for path in READS:
        is_done(users.site.send(path))
    for quote in quotes:
        users.accept(quote)


def check_ingest_fails(site: Site, page: Path) -> None:
    page.write_bytes(rivers_page.body() + f"<!-- {os.urandom(400_000).hex()} -->".encode())
    done = site.manage("ingest", str(page))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done


def check_log(log: str) -> None:
    """An outage is logged in single lines, except by procrastinate's listener, once for each lost connection."""
    assert "Traceback" not in log, log
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    loggers = {line["logger"] for line in lines if "exception" in line}
    assert loggers <= {"procrastinate.worker.worker", "procrastinate.utils"}, log
    assert any("requests are answered with 503" in line.get("message", "") for line in lines), log


def check_stored(site: Site, users: Users, *, crashes: int) -> None:
    """Everything that was answered with success is stored, and nothing else.

    No room costs no attempt to read an article. A crash of the server may cost one of the article that is being read.
    """
    stored = json.loads(site.manage("shell", "-v0", "-c", LIST_STORED).stdout)
    assert stored["states"] == {str(pk): "stored" for pk in users.deliveries}
    assert stored["attempts"] - len(users.deliveries) <= crashes
    assert sorted(stored["articles"]) == sorted(users.articles)
    assert stored["accepted"] == sorted(users.accepted)
    for command in ("check_anchors", "check_index", "check_audit"):
        done = site.manage(command)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout


if connection.vendor == "postgresql":
    HOST = str(connection.settings_dict["OPTIONS"]["host"])

    @pytest.fixture
    def rows(transactional_db: None) -> tuple[str, str]:
        return make_rows()

    @pytest.fixture
    def server(rows: tuple[str, str], request: pytest.FixtureRequest) -> Iterator[SmallPostgres]:
        """A copy of the run's own server."""
        if reason := why_not_mounted():
            pytest.skip(f"a disk of its own cannot be mounted: {reason}")
        server = SmallPostgres(request.config.stash[SERVER_BINARIES])
        with server.run_on_small_disk(copied_from=HOST):
            yield server

    @pytest.fixture
    def site(server: SmallPostgres, rows: tuple[str, str], tmp_path: Path) -> Iterator[Site]:
        """Its log and its own files are on the machine's disk."""
        shutil.copy(Path(settings.DATA_DIR) / "secret_key", tmp_path)
        environment = os.environ | {
            "DATABASE_URL": database_url().replace(HOST, str(server.directory)),
            "FACTBASE_DATA_DIR": str(tmp_path),
            "FACTBASE_PORT": str(unused_port()),
            "FACTBASE_WORKER": "1",
        }
        log = tmp_path / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        try:
            wait_for(lambda: "factbase is running" in log.read_text(), "the site runs")
            yield Site(process, log, environment, *rows, server.disk)
        finally:
            process.kill()
            process.wait()

    @pytest.mark.nightly
    @pytest.mark.django_db(transaction=True)
    def test_a_full_disk_of_postgresql_loses_nothing(site: Site, server: SmallPostgres, tmp_path: Path) -> None:
        quotes = list(Quote.objects.pending().order_by("pk"))
        page = tmp_path / "page.html"
        users = Users(site)
        wait_for(site.is_ready, "the site is ready")
        assert users.send_article(0)
        wait_for(users.has_all_stored, "the first article is stored")
        assert users.accept(quotes[0])

        with psycopg.connect(host=str(server.directory), user="postgres", autocommit=True) as administrator:
            site.fill()
            for number in range(1, 19):  # the first ones may find room in the tables' files
                users.send_article(number)
            assert not users.send_article(19)
            for number in range(20, 30):  # of short ones, the worker has some to read while there is no room
                users.send_article(number, size=2000)
            use(users, quotes[1:4])
            check_ingest_fails(site, page)
            with pytest.raises(psycopg.OperationalError):
                administrator.execute("CHECKPOINT")  # as it does itself every few minutes; it ends all connections
        use(users, quotes[4:7])
        site.fill()  # what the crash has freed
        use(users, quotes[7:9])
        check_ingest_fails(site, page)

        site.make_room()
        wait_for(lambda: server.supervise() and site.is_ready(), "the site is ready again")
        assert users.send_article(30)
        assert users.accept(quotes[9])
        wait_for(users.has_all_stored, "every accepted article is stored")
        check_stored(site, users, crashes=server.count_crashes())
        check_log(site.stop())
