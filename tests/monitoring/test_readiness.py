"""`/readyz` and `/healthz`: what is checked, and how often."""

from collections import namedtuple
from collections.abc import Iterator
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django import db
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.models import Worker
from claims.monitoring import readiness

pytestmark = pytest.mark.django_db
DiskUsage = namedtuple("DiskUsage", "total used free")


@pytest.fixture(autouse=True)
def _forget_earlier_checks() -> Iterator[None]:
    readiness.READINESS.clear()
    readiness.STRUCTURE.clear()
    with override_settings(FACTBASE_MIN_WORKERS=0):
        yield
    readiness.READINESS.clear()
    readiness.STRUCTURE.clear()


def ask() -> tuple[int, dict[str, str]]:
    """Returns the status, and the checks that failed with what they say."""
    response = Client().get("/readyz")
    body = response.json()
    assert set(body["checks"]) == {"database", "migrations", "triggers", "worker", "disk"}
    assert body["ready"] is (response.status_code == 200)
    return response.status_code, {name: check["problem"] for name, check in body["checks"].items() if not check["ok"]}


def refuse(*_: object) -> Any:
    raise db.OperationalError("connection refused\nIs the server running?")


def test_all_is_well() -> None:
    assert ask() == (200, {})


def test_missing_trigger() -> None:
    find_trigger = {
        "sqlite": "SELECT name, '' FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname, ' ON ' || tgrelid::regclass FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'claims_%' ORDER BY tgname",
    }
    with connection.cursor() as cursor:
        cursor.execute(find_trigger[connection.vendor])
        name, on_table = cursor.fetchall()[0]
        cursor.execute(f"DROP TRIGGER {name}{on_table}")
    status, problems = ask()
    assert (status, list(problems)) == (503, ["triggers"])
    assert name in problems["triggers"]


def test_missing_migration() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert ask() == (503, {"migrations": "1 migration is not applied"})


def test_database_of_a_newer_version() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE django_migrations SET name = '9999_later' WHERE name = '0001_initial' AND app = 'claims'"
        )
    status, problems = ask()
    assert (status, list(problems)) == (503, ["migrations"])


def test_database_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "cursor", refuse)
    status, problems = ask()
    assert status == 503
    assert problems == dict.fromkeys(("migrations", "triggers", "worker"), readiness.NO_DATABASE) | {
        "database": "connection refused"
    }


def test_health_needs_no_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/healthz").content == b"ok\n"


@pytest.mark.parametrize(("seconds", "is_ready"), [(59, True), (61, False)])
def test_workers_that_are_expected(seconds: int, is_ready: bool) -> None:
    Worker.objects.create(name="machine 1", seen_at=timezone.now() - timedelta(seconds=seconds))
    with override_settings(FACTBASE_MIN_WORKERS=1):
        problem = {"worker": "0 of 1 workers have given a sign of life"}
        assert ask() == ((200, {}) if is_ready else (503, problem))


def test_disk_is_nearly_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: DiskUsage(10**9, 10**9 - 10**6, 10**6))
    assert ask() == (503, {"disk": "1 MB are free in the data directory, less than 500"})
    readiness.READINESS.clear()
    with override_settings(FACTBASE_MIN_FREE_MB=0):
        assert ask() == (200, {})


def test_frequent_questions_cost_nothing(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert ask() == (200, {})
    monkeypatch.setattr(readiness, "RESULT_SECONDS", 1000)
    with django_assert_max_num_queries(0):
        assert ask() == (200, {})
    readiness.READINESS.clear()
    with django_assert_max_num_queries(1), override_settings(FACTBASE_MIN_WORKERS=0):
        assert ask() == (200, {})  # migrations and triggers are read once a minute


def test_one_thread_checks_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    started, go_on = Event(), Event()

    def read() -> str:
        started.set()
        assert go_on.wait(60)
        return "new"

    value = readiness.Renewed(read, max_age=lambda _: 0)
    value._value, value._read_at = "old", readiness.time.monotonic()
    reader = Thread(target=value.get)
    reader.start()
    assert started.wait(60)
    assert value.get() == "old"
    monkeypatch.setattr(readiness, "PATIENCE", 0)
    assert value.get() is None
    go_on.set()
    reader.join()
    assert value._value == "new"
