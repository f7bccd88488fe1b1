"""Weights that are not those of the model card: every command that reads articles says so and ends."""

from pathlib import Path

import pytest

from claims.extraction import ModelError, extractor
from tests.commands.shell import Shell
from tests.sample_articles import RIVERS_TEXT


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


@pytest.mark.parametrize("command", ["extract", "ingest"])
@pytest.mark.django_db
def test_weights_that_are_not_to_be_run_are_told_in_one_line(
    command: str, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> None:
        raise ModelError("tagger.onnx: damaged")

    monkeypatch.setattr(extractor, "tagger", refused)
    path = tmp_path / "rivers.txt"
    path.write_text(RIVERS_TEXT)
    ran = shell(command, str(path))
    assert ran.status == 1
    assert "tagger.onnx: damaged" in ran.err
    assert "Traceback" not in ran.err
