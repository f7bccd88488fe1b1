"""A backup of one kind of database, made while others write, becomes a site on the other kind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests import factories as make
from tests.commands.conftest import shell
from tests.commands.shell import Shell
from tests.database_templates import database_url
from tests.management.backup.conftest import _postgresql_programs
from tests.management.moving.test_move_database import ROOT, new_database

__all__ = ["_postgresql_programs", "new_database", "shell"]

pytestmark = pytest.mark.django_db(transaction=True)

WRITER = """
from django.db import transaction
from claims.models import Speaker
number = 0
while number := number + 1:
    with transaction.atomic():
        Speaker.objects.create(name=f"Speaker {number}")
    print(number, flush=True)
"""


def manage(site: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=os.environ | site,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout


def make_site(tmp_path: Path, name: str, url: str) -> dict[str, str]:
    (tmp_path / name).mkdir()
    return {"DATABASE_URL": url, "FACTBASE_DATA_DIR": str(tmp_path / name)}


@contextmanager
def writing(site: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Another process commits a row in each transaction, and prints a line after each."""
    with subprocess.Popen(
        [sys.executable, ROOT / "manage.py", "shell", "-v0", "-c", WRITER],
        env=os.environ | site,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        try:
            yield process
        finally:
            process.kill()


def read_exports(site: dict[str, str], dump: Path) -> dict[str, bytes]:
    manage(site, "export_dump", str(dump))
    return {path.name: path.read_bytes() for path in dump.glob("*/*") if path.suffix in {".csv", ".jsonl"}}


def publish_verdicts() -> None:
    for text in ("Rivers rise.", "=1+1; реки"):
        make.VerificationFactory(claim=make.QuoteFactory(accepted=True, claim__text=text).claim, published=True)


def back_up_while_writing(site: dict[str, str], backup: Path) -> None:
    with writing(site) as writer:
        manage(site, "backup", str(backup))
        assert writer.poll() is None


def check_restored(old: dict[str, str], new: dict[str, str], exports: dict[str, bytes], tmp_path: Path) -> None:
    keys = [(Path(site["FACTBASE_DATA_DIR"]) / "secret_key").read_text() for site in (old, new)]
    assert keys[0] == keys[1]
    assert read_exports(new, tmp_path / "new-dump") == exports
    assert exports["claims.csv"].count(b"\n") == 3
    committed = "from claims.models import Speaker; print(Speaker.objects.filter(name='Speaker 1').count())"
    assert manage(new, "shell", "-v0", "-c", committed).split() == ["1"], "of the writer, from before the backup"
    manage(new, "check", "--database", "default")


if connection.vendor == "postgresql":

    @pytest.mark.nightly
    def test_a_backup_of_sqlite_is_restored_into_postgresql(new_database: str, shell: Shell, tmp_path: Path) -> None:
        publish_verdicts()
        old = make_site(tmp_path, "old", f"sqlite:///{tmp_path / 'old' / 'factbase.sqlite3'}")
        assert shell("move_database", old["DATABASE_URL"]).status == 0
        exports, backup = read_exports(old, tmp_path / "old-dump"), tmp_path / "backup.tar.gz"
        back_up_while_writing(old, backup)

        new = make_site(tmp_path, "new", new_database)
        restored = manage(new, "restore", str(backup))
        assert restored.count("No faults found.") == 2
        assert not (tmp_path / "new" / ".restore.part").exists()
        check_restored(old, new, exports, tmp_path)

    @pytest.mark.nightly
    def test_a_backup_of_postgresql_is_restored_into_sqlite(new_database: str, tmp_path: Path) -> None:
        """In the two steps that the operating guide names."""
        publish_verdicts()
        old = make_site(tmp_path, "old", database_url())
        exports, backup = read_exports(old, tmp_path / "old-dump"), tmp_path / "backup.tar.gz"
        back_up_while_writing(old, backup)

        new = make_site(tmp_path, "new", new_database)
        manage(new, "restore", str(backup))
        new_on_sqlite = new | {"DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'factbase.sqlite3'}"}
        manage(new, "move_database", new_on_sqlite["DATABASE_URL"])
        manage(new_on_sqlite, "migrate", "-v0")
        check_restored(old, new_on_sqlite, exports, tmp_path)
