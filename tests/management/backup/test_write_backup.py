"""What `backup` leaves in its directory: complete files only, and of a series the newest."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from claims.management.backup import write_backup
from claims.management.backup.errors import BackupError
from tests.commands.shell import Shell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_suffices]


def test_an_existing_file_is_replaced_on_request_only(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar.gz"
    path.write_text("an older one")
    refused = shell("backup", str(path))
    assert (refused.status, "choose another name, or use --overwrite" in refused.err) == (1, True)
    assert path.read_text() == "an older one"
    assert shell("backup", "--overwrite", str(path)).status == 0
    assert path.read_bytes().startswith(b"\x1f\x8b")


def test_the_newest_are_kept_and_left_overs_removed(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ending in ("part", "database.part"):
        (tmp_path / f"factbase-2020-01-01T000000Z.tar.gz.{ending}").touch()
    (tmp_path / "notes.tar.gz").touch()
    start = timezone.now()
    for day in range(3):
        monkeypatch.setattr(write_backup.timezone, "now", lambda day=day: start + timedelta(days=day))
        assert shell("backup", "--keep", "2", str(tmp_path)).status == 0
    kept = [f"{start + timedelta(days=day):{write_backup.NAME_FORMAT}}" for day in (1, 2)]
    assert sorted(path.name for path in tmp_path.iterdir()) == [*kept, "notes.tar.gz"]


def test_a_backup_that_breaks_off_leaves_what_was_there(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "backup.tar.gz"
    path.write_text("an older one")
    (tmp_path / "backup.tar.gz.part").write_text("of a process that was killed")
    monkeypatch.setattr(write_backup, "write_archive", fail)
    result = shell("backup", "--overwrite", str(path))
    assert (result.status, result.err) == (1, f"CommandError: {path}: No space left on device\n")
    assert [it.name for it in tmp_path.iterdir()] == ["backup.tar.gz"]
    assert path.read_text() == "an older one"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [([], "is a directory: name a file, or use --keep N"), (["--keep", "0"], "whole number from 1 to 9999")],
)
def test_a_directory_needs_a_number(arguments: list[str], reason: str, shell: Shell, tmp_path: Path) -> None:
    result = shell("backup", *arguments, str(tmp_path))
    assert result.status != 0
    assert reason in result.err


def test_a_directory_that_is_missing_is_named(shell: Shell, tmp_path: Path) -> None:
    assert f"{tmp_path / 'none'}/x.part: No such file" in shell("backup", str(tmp_path / "none" / "x")).err


def test_only_one_process_works(tmp_path: Path) -> None:
    with write_backup.lock_data_directory(), pytest.raises(BackupError, match="another process"):
        write_backup.write_backup(tmp_path / "x")
