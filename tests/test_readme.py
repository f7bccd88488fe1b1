"""The README's tour, as pasted: every command of it runs, and does what the text says."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from claims.models import Quote, QuoteDecision
from claims.services.ingestion.seeds import load_seeds
from claims.services.quotes.decisions import decide_quotes
from tests.factories import UserFactory

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")


def shell_blocks(heading: str) -> list[str]:
    """The shell commands under a heading, block by block."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)


def database_url() -> str:
    """The address of the test's own database."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    return f"postgres://{config['USER']}@/{config['NAME']}?host={config['HOST'] or config['OPTIONS']['host']}"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_tour_works_as_pasted(live_server: LiveServer, tmp_path: Path) -> None:
    def paste(commands: str) -> str:
        commands = commands.replace("http://127.0.0.1:8000", live_server.url)
        commands = commands.replace(".venv/bin/python manage.py", f"{sys.executable} {settings.BASE_DIR}/manage.py")
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=tmp_path,
            env={**os.environ, "DATABASE_URL": database_url()},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    load_seeds(settings.BASE_DIR / "seeds")
    ingest, fetch, export = shell_blocks("Five minutes")

    told = paste(ingest)
    assert "Lena Ford" in told
    assert "new" in told
    pending = Quote.objects.pending().filter(snapshot__source__publisher="Coast Herald")
    assert pending.count() >= 2
    assert "nothing added" in paste(ingest)

    ids = list(pending.exclude(speaker=None).values_list("pk", flat=True))
    decide_quotes(quotes=ids, decision=QuoteDecision.ACCEPTED, editor=UserFactory())

    answers = [json.loads(paste(command)) for command in fetch.strip().splitlines()]
    assert all(answer["results"] for answer in answers)
    assert answers[0]["results"][0]["source"]["publisher"] == "Coast Herald"

    forms, asked = shell_blocks("For readers")
    atom, linked, line = (paste(command) for command in forms.strip().splitlines())
    assert atom.startswith("<?xml")
    assert json.loads(linked)["@type"] == "ItemList"
    assert json.loads(line)["kind"] == "direct"
    best, changed = (json.loads(paste(command)) for command in asked.strip().splitlines())
    assert best["results"]
    assert all(set(row) == {"exact", "speaker"} for row in best["results"])
    assert changed["results"]
    assert changed["updated_since"]

    table = paste(export)
    assert table.startswith("claim_id,claim,status,")
    assert "Lena Ford" in table


@pytest.mark.parametrize("path", re.findall(r"\]\((?!https?:)([^)#]+)\)", README))
def test_every_link_within_the_project_leads_somewhere(path: str) -> None:
    assert (settings.BASE_DIR / path).exists()
