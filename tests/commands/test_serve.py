"""`serve` as an operator meets it: a process on a port, and its output."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection
from django.test import override_settings

from claims.models import Delivery, DeliveryState
from claims.services.people.assignments import assign
from tests import factories as make
from tests.services.ingestion import rivers_page

pytestmark = pytest.mark.sqlite_suffices

ROOT = Path(__file__).resolve().parents[2]


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_environment(port: int, **more: str) -> dict[str, str]:
    """Returns the environment of a process that uses the test database."""
    name, options = connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        address = f"postgres://postgres@/{name}?host={options['host']}"
    return os.environ | {"DATABASE_URL": address, "FACTBASE_PORT": str(port)} | more


def run_manage(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )


@pytest.fixture
def running_server(
    transactional_db: None, request: pytest.FixtureRequest
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The URL and the process of a running server."""
    port = unused_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=server_environment(port, **getattr(request, "param", {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    url = f"http://127.0.0.1:{port}"
    assert process.stdout.readline() == (
        f"factbase is running: site {url}/, admin {url}/admin/, API documentation {url}/api/v1/docs/. "
        "Press Ctrl-C to stop.\n"
    )
    yield url, process
    if process.poll() is None:
        process.kill()
        process.wait()
    process.stdout.close()


def problems_in(output: str) -> list[str]:
    """The lines that are no reports of requests and deliveries."""

    def is_report(line: str) -> bool:
        with suppress(json.JSONDecodeError):
            return bool(json.loads(line)["level"] == "info")
        return False

    return [line for line in output.splitlines() if not is_report(line)]


def fetch_status(address: str) -> tuple[int, str, str]:
    """Returns the status, the content type and the final URL."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, answer.headers["Content-Type"], answer.url
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.url


def test_site_is_served_and_stops_silently(running_server: tuple[str, subprocess.Popen[str]]) -> None:
    url, process = running_server
    delivery = rivers_page.request()
    assert fetch_status(f"{url}/admin/")[::2] == (200, f"{url}/admin/login/?next=/admin/")
    assert fetch_status(f"{url}/static/unfold/css/styles.css")[0] == 200
    assert fetch_status(f"{url}/static/admin/css/base.css")[0] == 200
    assert fetch_status(f"{url}/favicon.ico")[:2] == (200, "image/svg+xml")
    assert fetch_status(f"{url}/static/nothing.css")[0] == 404
    assert fetch_status(f"{url}/nothing")[0] == 404
    assert fetch_status(f"{url}/")[::2] == (200, f"{url}/")
    assert fetch_status(f"{url}/api/v1/")[0] == 200
    wait_until_stored(delivery)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert (process.returncode, problems_in(output)) == (0, [])
    lines = [json.loads(line) for line in output.splitlines()]
    assert {"account_login", "home", "api-root"} <= {line["route"] for line in lines if line["event"] == "request"}


def wait_until_stored(delivery: Delivery) -> None:
    """Waits for the worker beside the site."""
    deadline = time.monotonic() + 120
    while delivery.state != DeliveryState.STORED:
        assert time.monotonic() < deadline
        time.sleep(0.2)
        delivery.refresh_from_db()


@pytest.mark.parametrize("running_server", [{"FACTBASE_WORKERS": "2"}], indirect=True, ids=["two workers"])
@pytest.mark.nightly
def test_second_server_on_the_port_is_refused(running_server: tuple[str, subprocess.Popen[str]]) -> None:
    url, process = running_server
    second = run_manage("serve", **server_environment(int(url.rpartition(":")[2])))
    assert second.returncode == 1
    assert second.stderr.startswith("CommandError: cannot listen on 127.0.0.1 port ")
    assert second.stderr.count("\n") == 1
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0


def test_database_without_migrations_is_refused() -> None:
    done = run_manage(
        "serve", **os.environ | {"DATABASE_URL": "sqlite://:memory:", "FACTBASE_PORT": str(unused_port())}
    )
    assert done.returncode == 1
    assert re.match(r"CommandError: \d+ migrations are not applied: ", done.stderr)
    assert "run `migrate` first" in done.stderr


def test_address_of_another_machine_is_refused() -> None:
    done = run_manage("serve", **os.environ | {"FACTBASE_HOST": "192.0.2.1"})
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: cannot listen on 192.0.2.1 port 8000: ")


@pytest.mark.nightly
def test_workers_stop_with_a_killed_parent(running_server: tuple[str, subprocess.Popen[str]]) -> None:
    url, process = running_server
    assert fetch_status(f"{url}/api/v1/")[0] == 200
    process.kill()
    process.communicate(timeout=60)  # its output ends when the last worker does, which may still be starting
    host, port = url.removeprefix("http://").split(":")
    with socket.socket() as probe:
        assert probe.connect_ex((host, int(port))) != 0


@pytest.mark.nightly
def test_notices_are_sent_beside_the_site(transactional_db: None) -> None:
    """A process of its own delivers what is due, and ends with the server."""
    eva, ben = make.UserFactory(username="eva"), make.UserFactory(username="ben", is_superuser=True)
    received: list[dict[str, str]] = []
    delivered = Event()

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            delivered.set()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Webhook) as chat:
        Thread(target=chat.serve_forever, daemon=True).start()
        chat_url = f"http://127.0.0.1:{chat.server_port}/hook"
        with override_settings(FACTBASE_CHAT_URL=chat_url):
            assign(rows=[make.ClaimFactory()], assignee=ben, editor=eva)
        with subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=server_environment(unused_port(), FACTBASE_CHAT_URL=chat_url),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("factbase is running: ")
            assert delivered.wait(60)
            process.send_signal(signal.SIGTERM)
            output, _ = process.communicate(timeout=60)  # which ends when the last process does
        chat.shutdown()
    assert (process.returncode, problems_in(output)) == (0, [])
    assert received[0]["text"].startswith("eva assigned a claim to ben: ")


def children(process: subprocess.Popen[str]) -> set[int]:
    """The processes of the site and of the worker, without the one that tracks multiprocessing's semaphores."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    spawned = set()
    for pid in listed:
        with suppress(FileNotFoundError, ProcessLookupError):  # it has ended since
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                spawned.add(int(pid))
    return spawned


def test_killed_processes_are_started_again(running_server: tuple[str, subprocess.Popen[str]]) -> None:
    url, process = running_server
    assert fetch_status(f"{url}/api/v1/")[0] == 200
    for pid in children(process):
        os.kill(pid, signal.SIGKILL)
    assert fetch_status(f"{url}/api/v1/")[0] == 200  # it waits in the backlog until a process accepts it
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=60)
    assert (process.returncode, problems_in(output)) == (0, [])


@pytest.mark.nightly
def test_reload_serves_on(running_server: tuple[str, subprocess.Popen[str]]) -> None:
    url, process = running_server
    before = children(process)
    process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 60
    while before & children(process):
        assert time.monotonic() < deadline
        assert fetch_status(f"{url}/api/v1/")[0] == 200
    assert fetch_status(f"{url}/api/v1/")[0] == 200
