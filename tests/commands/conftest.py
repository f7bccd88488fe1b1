import pytest

from tests.articles.fetching.loopback_site import site
from tests.commands.shell import Shell

__all__ = ["site"]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)
