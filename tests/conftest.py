"""What every test finds."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite a file, as in production: a database in memory knows neither WAL nor a second connection."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["FACTBASE_DATA_DIR"]) / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _fast_password_hashing(django_test_environment: None) -> Iterator[None]:
    """Hashing is slow on purpose, and most tests make a user; hashes of the other kinds are still read."""
    quick = "django.contrib.auth.hashers.MD5PasswordHasher"
    with override_settings(PASSWORD_HASHERS=[quick, *settings.PASSWORD_HASHERS]):
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what compares with a file that is not here; see to the tests whose transactions are real."""
    left_out = [
        item
        for item in items
        if any(not path_beside_checkout(*mark.args).exists() for mark in item.iter_markers("beside"))
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    for item in items:
        marker = item.get_closest_marker("django_db")
        given = dict(marker.kwargs) if marker else {}
        if given.get("transaction") or {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            # Such a test empties the tables after it: what the migrations filled in must come back.
            item.add_marker(
                pytest.mark.django_db(**(given | {"transaction": True, "serialized_rollback": True})), append=False
            )


def path_beside_checkout(path: str) -> Path:
    """A file beside the checkout: no part of the repository, so that a test of it is left out where it is not."""
    return Path(__file__).resolve().parents[2] / path


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    parser.addoption("--screenshots", metavar="DIR", help="keep there what the browser showed at each test's end")
