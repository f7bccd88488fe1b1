"""The README and the guides: their commands run as pasted, and their links and names exist."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from pytest_django.live_server_helper import LiveServer

from claims.models import Quote
from claims.services.ingestion.seeds import load_seeds
from claims.services.quotes.claim_choice import accept_and_release
from tests.database_templates import database_url
from tests.factories import UserFactory

ROOT: Path = settings.BASE_DIR
MAX_README_LINES = 150
DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
}
LINKS = [
    pytest.param(name, target, id=f"{name}: {target}")
    for name, text in sorted(DOCUMENTS.items())
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text)
]
Paste = Callable[[str], str]


def shell_blocks(document: str, heading: str) -> list[str]:
    """The shell commands under a second-level heading, block by block."""
    section = DOCUMENTS[document].split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)


@pytest.fixture
def paste(live_server: LiveServer, tmp_path: Path) -> Paste:
    """Runs commands in a shell, against the live server and its database, and returns what they print."""

    def run(commands: str) -> str:
        commands = commands.replace("http://127.0.0.1:8000", live_server.url)
        commands = commands.replace(".venv/bin/python manage.py", f"{sys.executable} {ROOT}/manage.py")
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

    return run


@pytest.mark.sqlite_suffices
@pytest.mark.django_db(transaction=True)
@pytest.mark.nightly
def test_the_five_minutes_work_as_pasted(paste: Paste) -> None:
    load_seeds(settings.SEEDS_DIR)
    ingest, fetch, export = shell_blocks("README.md", "Five minutes")

    assert "Lena Ford" in paste(ingest)
    pending = Quote.objects.pending().filter(snapshot__source__publisher="Coast Herald")
    assert pending.count() >= 2
    assert "nothing added" in paste(ingest)

    for quote in pending.exclude(speaker=None).select_related("claim"):
        accept_and_release(
            quote=quote,
            text=quote.claim.text,
            editor=UserFactory(),
            seen_claim=quote.claim_id,
            seen_wording=quote.claim.text,
        )

    pages = [json.loads(paste(command)) for command in fetch.strip().splitlines()]
    assert all(page["results"] for page in pages)
    assert pages[0]["results"][0]["source"]["publisher"] == "Coast Herald"

    (shown,) = re.findall(r"```json\n(.*?)```", DOCUMENTS["README.md"], re.DOTALL)
    fields = "kind,exact,spans,role,speaker.name,source.publisher,source.published_on,snapshot_sha256,confidence"
    quotes = json.loads(paste(f"curl -s 'http://127.0.0.1:8000/api/v1/quotes/?page_size=9&fields={fields}'"))
    assert json.loads(shown) in quotes["results"]

    csv_head = paste(export)
    assert csv_head.startswith("claim_id,claim,status,")
    assert "Lena Ford" in csv_head


@pytest.mark.sqlite_suffices
@pytest.mark.django_db(transaction=True)
def test_the_api_guide_works_as_pasted(paste: Paste) -> None:
    load_seeds(settings.SEEDS_DIR)

    (formats,) = shell_blocks("docs/api-guide.md", "Formats")
    atom, jsonld, line = (paste(command) for command in formats.strip().splitlines())
    assert atom.startswith("<?xml")
    assert json.loads(jsonld)["@type"] == "ItemList"
    assert json.loads(line)["kind"] == "direct"

    (queries,) = shell_blocks("docs/api-guide.md", "Search, fields and order")
    best, changed = (json.loads(paste(command)) for command in queries.strip().splitlines())
    assert best["results"]
    assert all(set(row) == {"kind", "text", "speaker"} for row in best["results"])
    assert changed["results"]
    assert changed["updated_since"]

    (question,) = shell_blocks("docs/api-guide.md", "Has it been checked before?")
    [checked] = json.loads(paste(question))["results"]
    assert checked["text"] == "Talks will resume soon."


@pytest.mark.parametrize(("name", "target"), LINKS)
def test_every_link_within_the_project_leads_somewhere(name: str, target: str) -> None:
    path, _, heading = target.partition("#")
    document = (ROOT / name).parent / path if path else ROOT / name
    assert document.exists()
    if heading:
        headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
        assert heading in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in headings}


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_command_and_module_that_is_named_exists(name: str) -> None:
    text = DOCUMENTS[name]
    shell = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL) + re.findall(r"`([^`\n]+)`", text))
    commands = re.findall(r"(?:manage\.py|^factbase) ([a-z_]+)", shell, re.MULTILINE)
    assert set(commands) <= set(get_commands())
    modules = re.findall(r"python -m ([\w.]+)", text)
    assert all(find_spec(module) for module in modules if module.startswith(("claims", "benchmarks")))


def test_paths_that_the_guides_name_exist() -> None:
    places = [ROOT, ROOT / "claims" / "templates"]  # templates go by the names that `extends` takes
    named = {
        (name, path)
        for name, text in DOCUMENTS.items()
        for path in re.findall(r"`((?:claims|factbase|tests|benchmarks|docs|seeds)/[\w./-]+)`", text)
    }
    assert named
    assert not {(name, path) for name, path in named if not any((place / path).exists() for place in places)}


def test_the_readme_is_short() -> None:
    assert DOCUMENTS["README.md"].count("\n") <= MAX_README_LINES
