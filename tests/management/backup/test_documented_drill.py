"""The drill of the operating guide, as it is written there."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import factories as make
from tests.commands.shell import Shell
from tests.commands.test_serve import unused_port
from tests.management.backup.test_backup_drill import ROOT, new_site

__all__ = ["new_site"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]


def read_drill() -> str:
    guide = (settings.BASE_DIR / "docs" / "operating.md").read_text(encoding="utf-8")
    section = guide.split("\n### Backup drill\n")[1]
    (script,) = re.findall(r"```sh\n(.*?)```", section.split("\n## ")[0], re.DOTALL)
    return str(script)


def test_the_drill_works_as_it_is_written(new_site: dict[str, str], shell: Shell, tmp_path: Path) -> None:
    verified = make.VerificationFactory(claim=make.QuoteFactory(accepted=True).claim, published=True).claim
    backups, data, port = tmp_path / "backups", new_site["FACTBASE_DATA_DIR"], unused_port()
    assert shell("backup", "--keep", "3", str(backups)).status == 0
    drill = read_drill()
    for written, ours in {
        "/var/backups/factbase": str(backups),
        "/tmp/drill": data,
        "8001": str(port),
        ".venv/bin/python": sys.executable,
    }.items():
        assert written in drill
        drill = drill.replace(written, ours)
    environment = os.environ | {"DATABASE_URL": new_site["DATABASE_URL"]}
    if connection.vendor == "sqlite":
        del environment["DATABASE_URL"]
    with subprocess.Popen(
        ["sh", "-ec", drill.replace("FACTBASE_WORKER=0", "exec env FACTBASE_WORKER=0")],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while not (lines and lines[-1].startswith("factbase is running")):
            line = process.stdout.readline()
            assert line, lines
            lines.append(line)
        assert "No faults found." in "".join(lines)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/claims/{verified.pk}/", timeout=60) as answer:
            assert verified.text in answer.read().decode()
        process.send_signal(signal.SIGTERM)
    assert verified.text in (Path(data) / "claims.csv").read_text(encoding="utf-8")
