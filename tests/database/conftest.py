"""A migration that exists for one test."""

import sys
from collections.abc import Callable, Iterator
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


@pytest.fixture
def write_migration(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., str]]:
    """A function that adds a migration after the app's own, and returns the name of the one before it.

    Its arguments are Python source: the migration's name, its operations, and what they need.
    """
    package = tmp_path / PACKAGE
    package.mkdir()
    (package / "__init__.py").write_text(f"__path__ = {[str(package), *claims.migrations.__path__]}")
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"claims": PACKAGE}

    def write(name: str, operations: str, preamble: str = "") -> str:
        ((_, latest),) = MigrationLoader(None).graph.leaf_nodes("claims")
        (package / f"{name}.py").write_text(
            MODULE.format(latest=latest, operations=operations, preamble=preamble), encoding="utf-8"
        )
        return latest

    yield write
    for module in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[module]
