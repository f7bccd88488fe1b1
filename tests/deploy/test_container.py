"""The Containerfile and the compose file, step by step, without a container engine."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CONTAINERFILE = ROOT / "deploy" / "Containerfile"
# What needs root and a network: checked by what it names.
NOT_RUN = {"apt-get", "useradd"}


def read_steps() -> list[tuple[str, str]]:
    """Instructions with their arguments, lines that continue joined."""
    text = re.sub(r"(?m)^#.*\n", "", CONTAINERFILE.read_text()).replace("\\\n", " ")
    return [(step.partition(" ")[0], step.partition(" ")[2].strip()) for step in text.splitlines() if step.strip()]


def arguments_of(instruction: str) -> list[str]:
    return [arguments for name, arguments in read_steps() if name == instruction]


def copy_into(image: Path) -> None:
    """Does what COPY does, with the files that git knows."""
    for arguments in arguments_of("COPY"):
        *sources, target = arguments.split()
        for source in sources:
            destination = image / target / (source if target == "./" else "")
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, destination, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, destination)


def environment_of(data: Path) -> dict[str, str]:
    """The variables of ENV, with another data directory, and nothing of this machine's but the path of programs."""
    variables = dict(pair.split("=", 1) for arguments in arguments_of("ENV") for pair in arguments.split())
    assert variables["FACTBASE_DATA_DIR"] in arguments_of("VOLUME")
    return variables | {"FACTBASE_DATA_DIR": str(data), "PATH": os.environ["PATH"]}


def test_instructions_are_those_that_are_checked() -> None:
    names = [name for name, _ in read_steps()]
    assert names[0] == "FROM"
    assert set(names) == {
        "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "RUN", "USER", "VOLUME", "WORKDIR",
    }  # fmt: skip
    runs = arguments_of("RUN")
    assert [run.split()[0] for run in runs if run.split()[0] in NOT_RUN] == ["apt-get", "useradd"]
    assert names.index("USER") > max(index for index, name in enumerate(names) if name in {"COPY", "RUN"})


def test_the_health_check_is_a_program() -> None:
    (check,) = arguments_of("HEALTHCHECK")
    program, flag, source = json.loads(check.partition(" CMD ")[2])
    assert (program, flag) == ("python", "-c")
    ast.parse(source)
    assert f":{arguments_of('EXPOSE')[0]}/healthz" in source


def test_packages_are_installed_from_the_lock_with_hashes() -> None:
    (install,) = [run for run in arguments_of("RUN") if "pip install" in run]
    assert install.split()[:5] == ["python", "-m", "pip", "install", "--no-cache-dir"]
    assert "--require-hashes" in install
    requirements = (ROOT / install.split()[-1]).read_text()
    pinned = re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[\w,]+\])?==\S+", requirements)
    hashed = re.findall(r"(?m)^[a-z0-9._-]+(?:\[[\w,]+\])?==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", requirements)
    assert len(pinned) == len(hashed) > 50


@pytest.mark.nightly
def test_the_image_runs_the_commands_of_the_compose_file(tmp_path: Path) -> None:
    """Copies, compiles, migrates, and runs what the containers would run until it has nothing more to do."""
    image, data = tmp_path / "image", tmp_path / "data"
    image.mkdir()
    data.mkdir()
    copy_into(image)
    environment = environment_of(data)
    (compile_step,) = [run for run in arguments_of("RUN") if "compileall" in run]
    subprocess.run([sys.executable, *compile_step.split()[1:]], cwd=image, env=environment, check=True)
    program, *entry = json.loads(arguments_of("ENTRYPOINT")[0])
    assert program == "python"
    for command in (["migrate", "--no-input"], ["check", "--database", "default"], ["worker", "--drain"]):
        done = subprocess.run(
            [sys.executable, *entry, *command], cwd=image, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert (data / "factbase.sqlite3").exists()
    assert json.loads(arguments_of("CMD")[0]) == ["serve"]


def read_services() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"]
    return services


def test_services_of_factbase_run_its_image_without_privileges() -> None:
    services = read_services()
    ours = {name: service for name, service in services.items() if service["image"] == "factbase"}
    assert {name: service["command"][0] for name, service in ours.items()} == {
        "migrate": "migrate",
        "site": "serve",
        "worker": "worker",
    }
    for service in ours.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert (ROOT / "deploy" / service["build"]["context"] / service["build"]["dockerfile"]).samefile(CONTAINERFILE)
    assert services["site"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "ports" not in services["database"]


def test_services_start_in_order() -> None:
    services = read_services()
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    for name in ("site", "worker"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}


def test_the_entry_point_builds_the_database_url(tmp_path: Path) -> None:
    entry = [part.replace("$$", "$") for part in read_services()["site"]["entrypoint"]]
    (tmp_path / "python").write_text('#!/bin/sh\necho "$DATABASE_URL" "$@"\n')
    (tmp_path / "python").chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "POSTGRES_PASSWORD": "secret"}
    done = subprocess.run(
        [*entry, "migrate", "--no-input"], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "postgres://factbase:secret@database/factbase manage.py migrate --no-input\n"
