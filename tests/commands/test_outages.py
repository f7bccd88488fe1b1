"""A site whose database goes away says so, loses nothing, and serves on by itself when it is back."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections

from claims.models import Delivery, DeliveryState
from tests import factories as make
from tests.commands.test_serve import ROOT, server_environment, unused_port
from tests.database_templates import database_url
from tests.databases import SERVER
from tests.services.ingestion import rivers_page

Answer = tuple[int, dict[str, str], str]

pytestmark = pytest.mark.django_db(transaction=True)

READS = (
    "/",
    "/claims/",
    "/search/?q=rivers",
    "/api/v1/claims.atom",
    "/admin/login/",
    "/api/v1/claims/",
    "/api/v1/claims.csv",
)


@pytest.fixture
def served_site() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The URL and the process of a server with a worker beside it, which has opened its connections."""
    make.VerificationFactory(claim=make.QuoteFactory(accepted=True).claim, published=True)
    port = unused_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=server_environment(port, FACTBASE_WORKER="1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("factbase is running")
    yield f"http://127.0.0.1:{port}", process
    if process.poll() is None:
        process.kill()
        process.wait()
    process.stdout.close()


@pytest.fixture
def database_switch(request: pytest.FixtureRequest) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """Takes the database away, and gives it back."""
    if connection.vendor == "postgresql":
        server = request.config.stash[SERVER]

        def take_away() -> None:
            connections.close_all()
            server.shut_down()

        def give_back() -> None:
            server.start()
    else:
        path = Path(connection.settings_dict["NAME"])
        moved = path.with_suffix(".moved")

        def take_away() -> None:
            connections.close_all()
            path.rename(moved)

        def give_back() -> None:
            moved.rename(path)

    is_away = False

    def away() -> None:
        nonlocal is_away
        take_away()
        is_away = True

    def back() -> None:
        nonlocal is_away
        give_back()
        is_away = False

    yield away, back
    if is_away:
        give_back()


def send_request(url: str, data: bytes | None = None) -> Answer:
    request = urllib.request.Request(url, data=data, headers={"Cookie": "csrftoken=" + "a" * 32})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def test_requests_are_answered_with_503_until_the_database_is_back(
    served_site: tuple[str, subprocess.Popen[str]], database_switch: tuple[Callable[[], None], Callable[[], None]]
) -> None:
    url, process = served_site
    take_away, give_back = database_switch
    before = {path: send_request(url + path)[0] for path in READS}
    assert set(before.values()) == {200}, before

    take_away()
    for path in READS:
        status, headers, body = send_request(url + path)
        if path == "/admin/login/" and status == 200:
            continue  # the form needs no database
        assert (path, status, headers.get("Retry-After")) == (path, 503, "10")
        assert headers["Cache-Control"] == "no-store"
        if path.startswith("/api/"):
            assert headers["Content-Type"] == "application/problem+json"
            assert json.loads(body)["title"] == "Service Unavailable"
        else:
            assert "Not available at the moment" in body
    form = f"csrfmiddlewaretoken={'a' * 32}&username=ann&password=x".encode()
    status, headers, body = send_request(f"{url}/admin/login/", form)
    assert (status, headers.get("Retry-After")) == (503, "10")
    assert "What you sent may not have been saved." in body

    give_back()
    assert {path: send_request(url + path)[0] for path in READS} == before
    delivery = rivers_page.request()
    deadline = time.monotonic() + 600
    while delivery.state != DeliveryState.STORED:  # by the worker that waited as well
        assert time.monotonic() < deadline
        time.sleep(0.2)
        delivery = Delivery.objects.get()
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in output, output
    lines = [line for line in output.splitlines() if '"event":"delivery"' not in line]
    assert sum("requests are answered with 503" in line for line in lines) >= 1
    assert len(lines) < 50, output  # a line every ten seconds, and as many of the worker


@pytest.mark.nightly
def test_a_worker_can_be_stopped_while_the_database_is_away(
    database_switch: tuple[Callable[[], None], Callable[[], None]],
) -> None:
    environment = os.environ | {"DATABASE_URL": database_url()}
    delivery = rivers_page.request()
    with subprocess.Popen(
        [sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        assert json.loads(worker.stdout.readline())["delivery"] == delivery.pk
        database_switch[0]()
        while "does not answer" not in worker.stdout.readline():
            assert worker.poll() is None
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=60)
    assert worker.returncode == 0


@pytest.mark.nightly
def test_no_process_of_a_killed_site_is_left_while_the_database_is_away(
    served_site: tuple[str, subprocess.Popen[str]], database_switch: tuple[Callable[[], None], Callable[[], None]]
) -> None:
    _, process = served_site
    database_switch[0]()
    process.kill()
    process.communicate(timeout=60)  # until every process that writes into the pipe has ended
