"""Clients generated from the served schema: their types hold, and they read the served site."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from pytest_django.live_server_helper import LiveServer

from claims.services.claims.corrections import retract_claim
from tests import factories as f

# What generators need of the schema is checked on each push by test_generators_can_type_everything.
pytestmark = [pytest.mark.sqlite_suffices, pytest.mark.nightly]
HERE = Path(__file__).parent
NODE_PACKAGES = Path(sys.prefix) / "clients" / "node_modules"
COMPILER_OPTIONS = (
    "--strict",
    "--target",
    "es2022",
    "--module",
    "commonjs",
    "--moduleResolution",
    "node10",
    "--esModuleInterop",
)
CACHE = Path(sys.prefix) / "clients" / "mypy"  # of the packages that generated clients import
EXPECTED = {
    "texts": ["Roads are dry", "Talks go on", "Rivers are full"],
    "names": ["Lena Ford"],
    "kinds": 1,
    "claims": 3,
    "changes": 3,
    "counts": {"direct": 2, "indirect": 1},
    "csv": 4,
    "missing": 404,
    "gone": "retracted",
    "refused": "publisher",
}


@pytest.fixture
def arguments(live_server: LiveServer, settings: Any, tmp_path: Path) -> list[str]:
    """The URL of a site with three quotes and a retracted claim, and that claim's id; its schema is in `tmp_path`."""
    settings.FACTBASE_BASE_URL = live_server.url
    for words, kind in (("Rivers are full", "direct"), ("Talks go on", "indirect"), ("Roads are dry", "direct")):
        text = f'Lena Ford said: "{words}".'
        start = text.index(words)
        span = {"start": start, "end": start + len(words)}
        f.QuoteFactory(accepted=True, kind=kind, speaker__name="Lena Ford", snapshot__text=text, **span)
    retracted = f.QuoteFactory(accepted=True).claim
    retract_claim(claim=retracted, editor=f.UserFactory(is_superuser=True), reason="Made up.")
    with urlopen(f"{live_server.url}/api/v1/schema/?format=json") as response:
        (tmp_path / "schema.json").write_bytes(response.read())
    return [live_server.url, str(retracted.pk)]


@pytest.fixture
def node_packages(tmp_path: Path) -> Path:
    """The directory of the generators' commands; the packages are beside the generated client."""
    if not NODE_PACKAGES.exists():
        pytest.skip("clients in TypeScript need what `make test-nightly` installs")
    (tmp_path / "node_modules").symlink_to(NODE_PACKAGES)
    return tmp_path / "node_modules" / ".bin"


def run(directory: Path, *command: str | Path) -> str:
    """Runs a command with this environment's Python and Node.js first. Returns what it printed; fails with that."""
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    arguments = list(map(str, command))
    process = subprocess.run(
        arguments, cwd=directory, env={"PATH": path}, capture_output=True, text=True, timeout=120, check=False
    )
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


def run_typescript(directory: Path, node_packages: Path, consumer: str, arguments: list[str]) -> dict[str, object]:
    shutil.copy(HERE / f"{consumer}.ts", directory)
    run(directory, node_packages / "tsc", *COMPILER_OPTIONS, "--outDir", "compiled", f"{consumer}.ts")
    result: dict[str, object] = json.loads(run(directory, "node", f"compiled/{consumer}.js", *arguments))
    return result


def run_python(directory: Path, consumer: str, arguments: list[str]) -> dict[str, object]:
    shutil.copy(HERE / f"{consumer}.py", directory)
    run(
        directory,
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--follow-imports",
        "silent",
        "--cache-dir",
        CACHE,
        f"{consumer}.py",
    )
    result: dict[str, object] = json.loads(run(directory, sys.executable, f"{consumer}.py", *arguments))
    return result


def test_openapi_python_client(arguments: list[str], tmp_path: Path) -> None:
    generate = (
        "openapi-python-client",
        "generate",
        "--path",
        "schema.json",
        "--meta",
        "none",
        "--output-path",
        "facts",
    )
    run(tmp_path, *generate)
    assert run_python(tmp_path, "use_openapi_python_client", arguments) == EXPECTED


def test_datamodel_code_generator(arguments: list[str], tmp_path: Path) -> None:
    options = ("--output-model-type", "pydantic_v2.BaseModel", "--use-annotated", "--formatters", "builtin")
    run(tmp_path, "datamodel-codegen", "--input", "schema.json", "--output", "facts_models.py", *options)
    assert run_python(tmp_path, "use_datamodel_code_generator", arguments) == EXPECTED


def test_openapi_ts(arguments: list[str], node_packages: Path, tmp_path: Path) -> None:
    run(tmp_path, node_packages / "openapi-ts", "-i", "schema.json", "-o", "facts", "-c", "@hey-api/client-fetch")
    assert run_typescript(tmp_path, node_packages, "use_openapi_ts", arguments) == EXPECTED


def test_openapi_typescript(arguments: list[str], node_packages: Path, tmp_path: Path) -> None:
    run(tmp_path, node_packages / "openapi-typescript", "schema.json", "-o", "facts.d.ts")
    assert run_typescript(tmp_path, node_packages, "use_openapi_fetch", arguments) == EXPECTED
