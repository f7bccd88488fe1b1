"""Fixtures and rules for all tests: which of them run on which database, and how the database is made."""

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker
from simple_history.manager import HistoryManager
from whitenoise.middleware import WhiteNoiseMiddleware

from claims.api.http import file_slots
from claims.extraction import readers
from claims.services.changefeed.processor import process_pending
from claims.services.sources import languages
from tests.database_templates import PostgresTemplate, SQLiteTemplate
from tests.databases import SERVER_BINARIES

# Pages get their rows from services, search and resources, whose tests run on both databases.
PAGE_TESTS = {Path(__file__).parent / name for name in ("admin", "browser", "pages")}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
hypothesis.settings.register_profile("push", max_examples=25, deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("nightly", max_examples=300, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="DIR", help="keep there what the browser showed at each test's end")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("nightly" if config.getoption("everything") else "push")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what could show no fault in this run."""
    left_out = [item for item in items if is_left_out(item, config)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def is_left_out(item: pytest.Item, config: pytest.Config) -> bool:
    if any(not path_beside_checkout(*mark.args).exists() for mark in item.iter_markers("beside")):
        return True
    is_nightly = item.get_closest_marker("nightly") or (
        item.get_closest_marker("browser") and not item.get_closest_marker("journey")
    )
    if is_nightly and not config.getoption("everything"):
        return True
    if config.getoption("database") == "sqlite":
        return bool(item.get_closest_marker("postgresql_suffices"))
    return not depends_on_database(item)


def depends_on_database(item: pytest.Item) -> bool:
    """Whether another database could change the test's outcome, as far as fixtures and markers tell."""
    is_of_page = not PAGE_TESTS.isdisjoint(item.path.parents)
    if item.get_closest_marker("sqlite_suffices") or (is_of_page and not item.get_closest_marker("both_databases")):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & fixtures)


def path_beside_checkout(path: str) -> Path:
    """A file beside the checkout, which is no part of the repository."""
    return Path(__file__).resolve().parents[2] / path


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Uses a file on SQLite, as in production: an in-memory database has neither WAL nor a second connection."""
    assert connection.vendor == request.config.getoption("database")
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["FACTBASE_DATA_DIR"]) / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The test database: a kept one if there is one, else a migrated one, which is kept.

    A test that commits gets it back as it was at the start.
    """
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            template: SQLiteTemplate | PostgresTemplate = SQLiteTemplate()
        else:
            template = PostgresTemplate(request.config.stash[SERVER_BINARIES])
        template.load()
        created = setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=set())
        process_pending()  # what the migrations have made public
        template.save()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: template.restore())
        yield
    with django_db_blocker.unblock():
        teardown_databases(created, verbosity=0)


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around the tests of a module, for rows that are created once for all of them.

    Each test's own changes are rolled back at its end, as ever. Not for modules with tests that commit, nor with tests
    that need a database without these rows.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def _fast_password_hashing(django_test_environment: None) -> Iterator[None]:
    """Hashes new passwords with MD5, because most tests create users; other hashes can still be verified."""
    fast = "django.contrib.auth.hashers.MD5PasswordHasher"
    with override_settings(PASSWORD_HASHERS=[fast, *settings.PASSWORD_HASHERS]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _history_manager_made_once() -> Iterator[None]:
    """Keeps the class that django-simple-history makes anew for each saved row, in a third of the time of a save."""
    make_class = functools.cache(HistoryManager.from_queryset)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HistoryManager, "from_queryset", make_class)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_scanned_once(django_test_environment: None) -> Iterator[None]:
    """Scans the static files for the first test client that sends a request, not for each of them anew."""
    scan = WhiteNoiseMiddleware.add_files_from_finders
    scanned: dict[str, Any] = {}

    def add_scanned_files(middleware: WhiteNoiseMiddleware) -> None:
        if not scanned:
            scan(middleware)
            scanned.update(middleware.files)
        middleware.files = scanned

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_scanned_files)
        yield


@pytest.fixture(scope="session", autouse=True)
def _many_files_at_once() -> Iterator[None]:
    """Lets tests leave responses open: the test client's are part of reference cycles, and closed who knows when."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_slots, "MAX_FILES", 1000)
        patch.setattr(file_slots, "MAX_FILES_PER_CLIENT", 1000)
        yield


@pytest.fixture
def without_russian(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site without the packages of the extra `russian`."""
    for module in (readers, languages):
        monkeypatch.setattr(module, "READ_LANGUAGES", frozenset({"en"}))
