import os

import pytest

from tests.commands.conftest import shell
from tests.databases import SERVER_BINARIES

__all__ = ["shell"]


@pytest.fixture(autouse=True)
def _postgresql_programs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the run's own server, which may be newer than the system's."""
    if binaries := request.config.stash.get(SERVER_BINARIES, None):
        monkeypatch.setenv("PATH", f"{binaries}{os.pathsep}{os.environ['PATH']}")
