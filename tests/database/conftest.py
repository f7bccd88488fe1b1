"""Migrations that exist for one test."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader
from pytest_django import Settings

import claims.migrations

PACKAGE = "claims_migrations_and_more"
MODULE = """
from django.db import migrations, models

{preamble}

class Migration(migrations.Migration):
    dependencies = [("claims", "{latest}")]
    operations = [{operations}]
"""


def latest_migration() -> str:
    ((_, name),) = MigrationLoader(None).graph.leaf_nodes("claims")
    return name


class MoreMigrations:
    """Adds migrations after the app's own, from Python source, and removes them."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def add(self, name: str, operations: str, preamble: str = "") -> None:
        module = MODULE.format(latest=latest_migration(), operations=operations, preamble=preamble)
        (self.directory / f"{name}.py").write_text(module, encoding="utf-8")

    def remove(self, name: str) -> None:
        (self.directory / f"{name}.py").unlink()


@pytest.fixture
def more_migrations(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[MoreMigrations]:
    package = tmp_path / PACKAGE
    package.mkdir()
    (package / "__init__.py").write_text(f"__path__ = {[str(package), *claims.migrations.__path__]}")
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"claims": PACKAGE}
    yield MoreMigrations(package)
    for module in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[module]
