"""Scheduled backups: made when the newest is old enough; a failure is logged, and shown until one succeeds."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from claims.management.backup import schedule, write_backup
from claims.management.backup.schedule import back_up_if_due
from claims.services.site.scheduled_backups import find_backup_problem, find_backups
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_suffices]


@pytest.fixture
def directory(settings: Settings, tmp_path: Path) -> Path:
    settings.FACTBASE_BACKUP_DIR = tmp_path / "backups"
    settings.FACTBASE_BACKUP_KEEP = 2
    return tmp_path / "backups"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, directory: Path) -> Callable[[float], bool]:
    """Looks for a due backup so many hours from now."""
    start = timezone.now()

    def look(hours: float) -> bool:
        now = start + timedelta(hours=hours)
        monkeypatch.setattr(write_backup.timezone, "now", lambda: now)
        return back_up_if_due(directory, now)

    return look


def test_a_backup_a_day_is_made_and_the_newest_are_kept(at: Callable[[float], bool], directory: Path) -> None:
    counts = []
    for hours in (0, 1, 23.9, 24.1, 48.2, 72.3):
        assert at(hours)
        counts.append(len(find_backups(directory)))
    assert counts == [1, 1, 1, 2, 2, 2]
    assert directory.stat().st_mode & 0o777 == 0o700
    assert find_backup_problem(timezone.now()) == ""


def test_a_failure_is_seen_until_a_backup_succeeds(
    at: Callable[[float], bool],
    directory: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    client: Client,
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    client.force_login(make.UserFactory(is_superuser=True, is_staff=True))
    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR, "claims.backups"):
        patch.setattr(write_backup, "write_archive", fail)
        assert not at(0)
    assert [record.getMessage() for record in caplog.records] == [
        "no backup was made: [Errno 28] No space left on device"
    ]
    problem = find_backup_problem()
    assert problem.startswith("The last backup failed: ")
    assert problem.endswith("No space left on device")
    assert problem in client.get("/admin/").content.decode()
    assert User.objects.count() == 1
    client.force_login(make.UserFactory(is_staff=True))
    assert problem not in client.get("/admin/").content.decode()
    assert at(0.25)
    assert find_backup_problem() == ""


def test_an_old_backup_is_a_problem(at: Callable[[float], bool]) -> None:
    assert at(0)
    assert find_backup_problem(timezone.now() + timedelta(hours=29)) == ""
    assert "The newest backup is of " in find_backup_problem(timezone.now() + timedelta(hours=31))


def test_nothing_is_said_where_none_are_scheduled(settings: Settings) -> None:
    settings.FACTBASE_BACKUP_DIR = None
    assert find_backup_problem() == ""


def test_the_process_looks_again_in_a_minute_and_later_after_a_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class StopError(Exception):
        pass

    pauses: list[float] = []
    outcomes = iter([False, True])

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise StopError

    monkeypatch.setattr(schedule, "follow_parent", lambda: None)
    monkeypatch.setattr(schedule, "back_up_if_due", lambda *_: next(outcomes))
    monkeypatch.setattr(schedule.db.connections, "close_all", lambda: None)
    monkeypatch.setattr(schedule.time, "sleep", sleep)
    with pytest.raises(StopError):
        schedule.back_up_regularly(tmp_path)
    assert pauses == [schedule.SECONDS_BEFORE_RETRY, schedule.SECONDS_BETWEEN_LOOKS]
