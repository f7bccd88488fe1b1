"""The server as an operator meets it: a process on a port, and what it says."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_environment(port: int, **more: str) -> dict[str, str]:
    """The tests' own database, for a process of its own."""
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
def served(transactional_db: None, request: pytest.FixtureRequest) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address and the process of a server that listens."""
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
    at = f"http://127.0.0.1:{port}"
    assert process.stdout.readline() == (
        f"factbase is up: admin {at}/admin/, API {at}/api/v1/, its documentation {at}/api/v1/docs/; Ctrl-C stops it\n"
    )
    yield at, process
    if process.poll() is None:
        process.kill()
        process.wait()
    process.stdout.close()


def fetch_status(address: str) -> tuple[int, str, str]:
    """Status, type and where a redirect has led."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"], answer.url
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.url


def test_site_is_served_and_stops_in_silence(served: tuple[str, subprocess.Popen[str]]) -> None:
    at, process = served
    assert fetch_status(f"{at}/admin/")[::2] == (200, f"{at}/admin/login/?next=/admin/")
    assert fetch_status(f"{at}/static/unfold/css/styles.css")[0] == 200
    assert fetch_status(f"{at}/static/admin/css/base.css")[0] == 200
    assert fetch_status(f"{at}/favicon.ico")[:2] == (200, "image/svg+xml")
    assert fetch_status(f"{at}/static/nothing.css")[0] == 404
    assert fetch_status(f"{at}/nothing")[0] == 404
    assert fetch_status(f"{at}/")[::2] == (200, f"{at}/api/v1/docs/")
    assert fetch_status(f"{at}/api/v1/")[0] == 200
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=15)
    assert (process.returncode, said) == (0, "")


@pytest.mark.parametrize("served", [{"FACTBASE_WORKERS": "2"}], indirect=True, ids=["two workers"])
def test_a_second_server_on_the_port_is_refused(served: tuple[str, subprocess.Popen[str]]) -> None:
    at, process = served
    second = run_manage("serve", **server_environment(int(at.rpartition(":")[2])))
    assert second.returncode == 1
    assert second.stderr.startswith("CommandError: cannot listen on 127.0.0.1 port ")
    assert second.stderr.count("\n") == 1
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=15) == 0


def test_a_database_without_its_tables_is_refused() -> None:
    done = run_manage(
        "serve", **os.environ | {"DATABASE_URL": "sqlite://:memory:", "FACTBASE_PORT": str(unused_port())}
    )
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: the database lacks ")
    assert "python manage.py migrate" in done.stderr


def test_an_address_that_is_not_this_machines_is_refused() -> None:
    done = run_manage("serve", **os.environ | {"FACTBASE_HOST": "192.0.2.1"})
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: cannot listen on 192.0.2.1 port 8000: ")


def test_workers_end_with_a_parent_that_was_killed(served: tuple[str, subprocess.Popen[str]]) -> None:
    at, process = served
    assert fetch_status(f"{at}/api/v1/")[0] == 200
    process.kill()
    process.communicate(timeout=15)  # its output ends when the last worker does
    host, port = at.removeprefix("http://").split(":")
    with socket.socket() as probe:
        assert probe.connect_ex((host, int(port))) != 0
