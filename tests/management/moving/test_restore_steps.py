"""The steps of a restoration across databases, on small data and SQLite alone; at night it goes into PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import Settings

from claims.management.backup.errors import BackupError
from claims.management.moving.restore_across import restore_across
from claims.models import Claim
from claims.services.changefeed.processor import process_pending
from tests import factories as make
from tests.commands.conftest import shell
from tests.commands.shell import Shell
from tests.management.moving.test_move_database import read_rows

__all__ = ["shell"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_suffices]


@contextmanager
def new_site(directory: Path, database: Path, settings: Settings) -> Iterator[None]:
    """An empty site: its data directory, and the file that its database will be."""
    directory.mkdir()
    (directory / "secret_key").write_text("of the new site")
    old = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"], settings.DATA_DIR = str(database), directory
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = old


if connection.vendor == "sqlite":

    def test_every_row_and_the_key_are_restored(shell: Shell, settings: Settings, tmp_path: Path) -> None:
        make.VerificationFactory(claim=make.QuoteFactory(accepted=True).claim, published=True)
        process_pending()
        before, key = read_rows(connection), (Path(settings.DATA_DIR) / "secret_key").read_text()
        backup, new = tmp_path / "backup.tar.gz", tmp_path / "new"
        assert shell("backup", str(backup)).status == 0
        with new_site(new, new / "factbase.sqlite3", settings):
            restore_across(backup)
            assert read_rows(connection) == before
            assert Claim.objects.count() == 1
        assert (new / "secret_key").read_text() == key
        assert not (new / ".restore.part").exists()

    def test_what_fails_leaves_the_new_site_as_it_was(shell: Shell, settings: Settings, tmp_path: Path) -> None:
        backup, new = tmp_path / "backup.tar.gz", tmp_path / "new"
        assert shell("backup", str(backup)).status == 0
        with (
            new_site(new, tmp_path / "missing" / "factbase.sqlite3", settings),
            pytest.raises(BackupError, match="No such file or directory"),
        ):
            restore_across(backup)
        assert (new / "secret_key").read_text() == "of the new site"
        assert not (new / ".restore.part").exists()
