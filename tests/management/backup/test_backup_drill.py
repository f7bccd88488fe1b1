"""A backup made while others write, restored into an empty place: what readers get is the same, byte by byte."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from claims.models import Source
from tests import factories as f
from tests.commands.shell import Shell
from tests.database_templates import database_url

ROOT = Path(__file__).resolve().parents[3]
NEW_DATABASE = "restored"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def new_site(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of an empty place: of a data directory, and of a database."""
    if connection.vendor == "sqlite":
        url = f"sqlite:///{tmp_path / 'new' / 'factbase.sqlite3'}"
    else:
        url = database_url().replace(f"/{connection.settings_dict['NAME']}?", f"/{NEW_DATABASE}?")
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{NEW_DATABASE}"')
    yield {"DATABASE_URL": url, "FACTBASE_DATA_DIR": str(tmp_path / "new")}
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{NEW_DATABASE}" WITH (FORCE)')


@pytest.fixture
def _open_reader() -> Iterator[None]:
    """Reads all the while. On SQLite, what is written meanwhile stays in the log, and a copied file lacks it."""
    reader = connection.copy()
    with reader.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT COUNT(*) FROM claims_claim")
        yield
        cursor.execute("ROLLBACK")
    reader.close()


def manage(site: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "manage.py", *arguments]
    return subprocess.run(command, env=os.environ | site, capture_output=True, text=True, check=False)


def add_drafts(stop: threading.Event, added: threading.Event) -> None:
    """Writes rows that are not public, with a source and a quote in each transaction."""
    try:
        while not stop.is_set():
            with transaction.atomic():
                f.QuoteFactory()
            added.set()
    finally:
        connection.close()


@pytest.mark.usefixtures("_open_reader")
def test_a_backup_under_load_restores_to_the_same_exports(
    new_site: dict[str, str], shell: Shell, settings: Settings, tmp_path: Path
) -> None:
    settings.FACTBASE_BRANDING_DIR = [tmp_path / "branding"]
    (tmp_path / "branding" / "static").mkdir(parents=True)
    (tmp_path / "branding" / "static" / "logo.svg").write_text("<svg/>")
    for text in ("Rivers rise.", "=1+1; реки"):
        f.VerificationFactory(claim=f.QuoteFactory(accepted=True, claim__text=text).claim, published=True)
    backup = tmp_path / "backup.tar.gz"
    stop, added = threading.Event(), threading.Event()
    writer = threading.Thread(target=add_drafts, args=(stop, added))
    writer.start()
    try:
        assert added.wait(120)
        before = Source.objects.count()
        made = shell("backup", str(backup))
        added.clear()
        assert added.wait(120), "the writer goes on"
    finally:
        stop.set()
        writer.join()
    assert (made.status, made.err) == (0, "")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*part*"))

    restored = manage(new_site, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.count("No faults found.") == 2
    new = tmp_path / "new"
    assert (new / "secret_key").read_text() == (Path(settings.DATA_DIR) / "secret_key").read_text()
    assert (new / "branding" / "static" / "logo.svg").read_text() == "<svg/>"
    assert not list(new.glob("*.part"))
    read = f"call_command('export_dump', {str(tmp_path / 'new-dump')!r}); print(Source.objects.count())"
    read_new = manage(new_site, "shell", "-v0", "-c", f"from django.core.management import call_command; {read}")
    assert read_new.returncode == 0, read_new.stderr
    assert before <= int(read_new.stdout.splitlines()[-1])

    assert shell("export_dump", str(tmp_path / "old-dump")).status == 0
    for name in ("claims.csv", "quotes.jsonl"):
        (old,), (copy,) = tmp_path.glob(f"old-dump/*/{name}"), tmp_path.glob(f"new-dump/*/{name}")
        assert old.read_bytes() == copy.read_bytes()
        assert old.read_bytes().count(b"\n") >= 2

    again = shell("restore", str(backup))
    assert again.status == 1
    assert "the database is not empty: restore into a new data directory" in again.err
