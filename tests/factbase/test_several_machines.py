"""Two sites, two workers and a replica on one database, with all kinds of clients; each kind of process is killed."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from claims.models import Claim, Delivery, DeliveryState, Quote, ReaderKeyScope, Snapshot, Source
from claims.services.changefeed.processor import process_pending
from claims.services.people.reader_keys import create_key
from tests import factories as make
from tests.commands.test_serve import ROOT, unused_port
from tests.database_templates import database_url
from tests.databases import SERVER_BINARIES, TemporaryPostgres
from tests.factbase.site_clients import HOST, LONG_AGO, Clients, Proxy, wait_until

REPLICA_USED, REPLICA_UNUSED = "read replica is used", "read replica is not used"
LONG_ARTICLE = "\n\n".join(f'"Gauge {number} is full," said Ann N{number}.' for number in range(600))
LONG_ARTICLE_URL = "https://example.org/long"


@contextmanager
def run_command(directory: Path, *command: str, **variables: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Runs a command as on a machine of its own: with its own data directory, in a group that can be killed as one."""
    directory.mkdir(exist_ok=True)
    own = {"FACTBASE_DATA_DIR": str(directory), "FACTBASE_SECRET_KEY": settings.SECRET_KEY}
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=os.environ | own | variables,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill_group(process)


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Newsroom:
    """The machines, and work for the clients while one of them is killed."""

    def __init__(self, stack: ExitStack, replica: TemporaryPostgres, pending: list[Quote]) -> None:
        self.stack, self.replica, self.pending = stack, replica, pending
        self.folder = Path(tempfile.mkdtemp(dir=os.environ["FACTBASE_DATA_DIR"]))
        writer_host = connection.settings_dict["OPTIONS"]["host"]
        self.replica_url = database_url().replace(writer_host, str(replica.directory))
        self.article = 0

    def start_site(self, port: int) -> "subprocess.Popen[bytes]":
        variables = {
            "FACTBASE_READ_DATABASE_URL": self.replica_url,
            "FACTBASE_PORT": str(port),
            "FACTBASE_BASE_URL": f"http://{HOST}",
            "FACTBASE_WORKERS": "1",
        }
        return self._start(f"site{port}", "serve", **variables)

    def start_worker(self, number: int) -> "subprocess.Popen[bytes]":
        return self._start(f"worker{number}", "worker")

    def _start(self, name: str, command: str, **variables: str) -> "subprocess.Popen[bytes]":
        variables["DATABASE_URL"] = database_url()
        return self.stack.enter_context(run_command(self.folder / name, command, **variables))

    def log(self, name: object) -> str:
        return (self.folder / str(name) / "log").read_text()

    def wait_until_running(self, port: int) -> None:
        wait_until(lambda: "factbase is running" in self.log(f"site{port}"), f"site {port} runs")

    def wait_until_replica_is(self, state: str, ports: list[int]) -> None:
        wait_until(lambda: all(self._replica_state(port) == state for port in ports), f"{state} by all sites")

    def _replica_state(self, port: int) -> str:
        log = self.log(f"site{port}")
        return max((REPLICA_USED, REPLICA_UNUSED), key=log.rfind)

    def work(self, clients: Clients, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Gives the clients work, does something when they have begun, and waits until all is done."""
        start = clients.counts.copy()
        for _ in range(8):
            clients.quotes.put(self.pending.pop())
        for _ in range(8):
            self.article += 1
            clients.articles.put(self.article)
        clients.wait_for(edits=start["edits"] + 2, articles=start["articles"] + 2)
        meanwhile()
        now = clients.counts.copy()
        done = {"edits": start["edits"] + 8, "articles": start["articles"] + 8}
        clients.wait_for(**done, reads=now["reads"] + 15, updates=now["updates"] + 2)

    def replica_processes(self, condition: LiteralString) -> list[int]:
        with psycopg.connect(self.replica_url) as standby:
            return [pid for (pid,) in standby.execute(f"SELECT pid FROM pg_stat_activity WHERE {condition}")]

    def kill_replica(self) -> None:
        """Kills each of its processes, the postmaster first."""
        others = self.replica_processes("pid <> pg_backend_pid()")
        postmaster = int((self.replica.directory / "data" / "postmaster.pid").read_text().split()[0])
        for pid in [postmaster, *others]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not any(map(is_process, [postmaster, *others])), "all of its processes have ended")


def is_process(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def sign_in() -> str:
    """The session of an editor who may do everything."""
    client = Client()
    client.force_login(make.UserFactory.create(is_superuser=True))
    return client.cookies["sessionid"].value


if connection.vendor == "postgresql":  # SQLite has no replicas

    @pytest.fixture
    def replica(transactional_db: None, request: pytest.FixtureRequest) -> Iterator[TemporaryPostgres]:
        """A hot standby of the run's own server, by streaming replication."""
        server = TemporaryPostgres(request.config.stash[SERVER_BINARIES])
        writer = connection.settings_dict["OPTIONS"]["host"]
        data = str(server.directory / "data")
        options = ("--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync")
        server.run("pg_basebackup", "-d", f"host={writer} user=postgres", "-D", data, *options)
        server.start()
        yield server
        server.stop()

    @pytest.mark.nightly
    @pytest.mark.django_db(transaction=True)
    def test_killed_machines_lose_nothing_and_make_no_wrong_answer(replica: TemporaryPostgres) -> None:
        public = [make.QuoteFactory.create(accepted=True).claim for _ in range(10)]
        pending = [make.QuoteFactory.create() for _ in range(60)]
        wordings = {claim.pk: claim.text for claim in public}
        wordings |= {quote.claim_id: f"The rivers are full, says gauge {quote.claim_id}." for quote in pending}
        process_pending()
        _, key = create_key(name="CMS", editor=make.UserFactory.create(), scope=ReaderKeyScope.INTAKE)
        with ExitStack() as stack:
            newsroom = Newsroom(stack, replica, pending)
            ports = [unused_port(), unused_port()]
            sites = [newsroom.start_site(port) for port in ports]
            workers = [newsroom.start_worker(number) for number in range(2)]
            for port in ports:
                newsroom.wait_until_running(port)
            proxy = Proxy(ports)
            clients = Clients(proxy, wordings, [sign_in(), sign_in()], key)
            stack.callback(clients.stopped.set)
            newsroom.wait_until_replica_is(REPLICA_USED, ports)

            newsroom.work(clients, lambda: kill_worker_at_work(clients, workers))
            assert not proxy.broken_off, "a killed worker breaks off no request"
            newsroom.work(clients, lambda: kill_group(sites[0]))
            assert set(proxy.broken_off) == {ports[0]}, "only requests to the killed site break off"
            newsroom.start_site(ports[0])
            newsroom.wait_until_running(ports[0])
            proxy.broken_off, proxy.ports = [], ports
            newsroom.wait_until_replica_is(REPLICA_USED, ports)

            let_replica_lag(newsroom, clients, ports)
            newsroom.work(clients, newsroom.kill_replica)
            newsroom.wait_until_replica_is(REPLICA_UNUSED, ports)
            replica.start()
            newsroom.wait_until_replica_is(REPLICA_USED, ports)
            newsroom.work(clients)
            clients.stop()
            assert not proxy.broken_off, "a replica that is away breaks off no request"

            check_articles_are_stored_once(newsroom.article + 1)
            assert Delivery.objects.get(url=LONG_ARTICLE_URL).attempts == 2, "the other worker has read it again"
            newsroom.kill_replica()  # so that the mirror is compared with what the writer has
            clients.update_mirror()
            for log in newsroom.folder.glob("*/log"):
                errors = [
                    line for line in log.read_text().splitlines() if "Traceback" in line or '"level":"error"' in line
                ]
                assert errors == [], log
        released = {claim.pk for claim in public} | clients.released
        stored = dict(Claim.objects.released().values_list("pk", "text"))
        assert stored == {pk: wordings[pk] for pk in released}
        assert clients.mirror == stored
        assert clients.counts["not modified"], "the readers have sent the ETags of one site to the other"


def kill_worker_at_work(clients: Clients, workers: list["subprocess.Popen[bytes]"]) -> None:
    """Kills the worker that reads a long article. The other takes it up when its lease has ended: at once, here."""
    clients.send_article(0, LONG_ARTICLE_URL, LONG_ARTICLE)
    held = Delivery.objects.filter(url=LONG_ARTICLE_URL, state=DeliveryState.WORKING)
    wait_until(held.exists, "a worker reads the long article")
    holder = held.get().worker
    [worker] = [worker for worker in workers if f" {worker.pid} " in holder]
    kill_group(worker)
    assert held.filter(worker=holder).update(leased_until=LONG_AGO), "it was killed before it had ended"


def let_replica_lag(newsroom: Newsroom, clients: Clients, ports: list[int]) -> None:
    """Readers see what the replica lacks, since no site reads from it for as long as it lags."""
    [receiver] = newsroom.replica_processes("backend_type = 'walreceiver'")
    os.kill(receiver, signal.SIGSTOP)
    newsroom.work(clients)
    newsroom.wait_until_replica_is(REPLICA_UNUSED, ports)
    for path in (f"/api/v1/claims/{pk}/" for pk in clients.released):
        assert [clients.proxy.get(site, path)[0] for site in range(2)] == [200, 200], path
    os.kill(receiver, signal.SIGCONT)
    newsroom.wait_until_replica_is(REPLICA_USED, ports)


def check_articles_are_stored_once(count: int) -> None:
    """An article that was sent again when its first delivery was stored already is found to be unchanged."""
    ended = {DeliveryState.STORED, DeliveryState.UNCHANGED}
    wait_until(lambda: not Delivery.objects.exclude(state__in=ended).exists(), "all deliveries have ended")
    assert Delivery.objects.filter(state=DeliveryState.STORED).count() == count
    sources = Source.objects.filter(url__startswith="https://example.org/", deliveries__isnull=False)
    assert sources.distinct().count() == count
    assert Snapshot.objects.filter(source__in=sources).count() == count
