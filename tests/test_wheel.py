"""The wheel holds all that `factbase` needs: the command reads an article, and at night serves the example."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).parent / "uv"
START_SECONDS = 60


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a command without the environment of this test run and returns what it printed."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("FACTBASE_", "DATABASE_"))}
    done = subprocess.run(command, cwd=cwd, env=inherited, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build_wheel(directory: Path) -> Path:
    run(UV, "build", "--wheel", "--no-build-isolation", "--python", sys.executable, "--out-dir", directory, cwd=ROOT)
    (wheel,) = directory.glob("*.whl")
    return wheel


@pytest.fixture
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` directory of a virtual environment with the wheel and the locked versions of what it depends on."""
    directory = tmp_path_factory.mktemp("wheel")
    wheel = build_wheel(directory)
    run(UV, "venv", "--python", sys.executable, directory / "venv", cwd=directory)
    python = directory / "venv" / "bin" / "python"
    run(UV, "pip", "install", "--python", python, "--constraint", ROOT / "requirements.txt", wheel, cwd=directory)
    return python.parent


@pytest.fixture
def served(installed: Path, tmp_path: Path) -> Iterator[str]:
    """The base address of a site that `factbase` serves from an empty directory."""
    factbase = installed / "factbase"
    run(factbase, "migrate", "--verbosity", "0", cwd=tmp_path)
    assert "Loaded" in run(factbase, "load_seeds", cwd=tmp_path)
    assert "password" in run(factbase, "create_editor", cwd=tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "FACTBASE_PORT": str(port)}
    with subprocess.Popen([factbase, "serve"], cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            wait_until_listening(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_until_listening(port: int) -> None:
    """Returns when a connection is accepted on the port of this machine; fails after START_SECONDS."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"nothing listens on port {port} after {START_SECONDS} s")


ARTICLE = '"We have a permit," said Lena Ford, the harbour master, on Monday.\n'


@pytest.mark.nightly
def test_the_wheel_alone_extracts(tmp_path: Path) -> None:
    """In the environment of this run, but from an empty directory, and with the code and data of the wheel."""
    packages, elsewhere = tmp_path / "packages", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(build_wheel(tmp_path)) as wheel:
        wheel.extractall(packages)
        packed = {name for name in wheel.namelist() if not name.endswith(".py")}
    tracked = run("git", "ls-files", "claims", "factbase", "seeds", cwd=ROOT).splitlines()
    data = {re.sub(r"^seeds/", "factbase/seeds/", name) for name in tracked if not name.endswith(".py")}
    assert data - packed == set()
    (elsewhere / "harbour.txt").write_text(ARTICLE)
    start = f"import sys; sys.path.insert(0, {str(packages)!r}); from factbase.command_line import main; main()"
    assert "Lena Ford" in run(sys.executable, "-c", start, "extract", "harbour.txt", cwd=elsewhere)


# One test, because each process of a run would build and install a wheel of its own for another.
@pytest.mark.nightly
def test_the_installed_command_serves_and_extracts_from_an_empty_directory(
    served: str, installed: Path, tmp_path: Path
) -> None:
    with urllib.request.urlopen(f"{served}/api/v1/quotes/") as response:
        assert orjson.loads(response.read())["results"]
    with urllib.request.urlopen(f"{served}/admin/login/") as response:
        page = response.read().decode()
    stylesheet = next(part for part in page.split('"') if part.endswith(".css"))
    with urllib.request.urlopen(served + stylesheet) as response:
        assert response.status == 200
    assert (tmp_path / "var" / "factbase.sqlite3").exists()
    (tmp_path / "harbour.txt").write_text(ARTICLE)
    assert "Lena Ford" in run(installed / "factbase", "extract", "harbour.txt", cwd=tmp_path), "with packaged weights"
