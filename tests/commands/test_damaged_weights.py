"""Every command that reads articles reports weights that do not match the model card."""

from pathlib import Path

import pytest

from claims.extraction import ModelError
from claims.extraction.english import reader
from tests.commands.shell import Shell
from tests.sample_articles import RIVERS_TEXT


@pytest.mark.parametrize("command", ["extract", "ingest"])
@pytest.mark.django_db
def test_damaged_weights_are_reported_in_one_line(
    command: str, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ModelError("tagger.onnx: damaged")

    monkeypatch.setattr(reader, "load_tagger", fail)
    path = tmp_path / "rivers.txt"
    path.write_text(RIVERS_TEXT)
    ran = shell(command, str(path))
    assert ran.status == 1
    assert "tagger.onnx: damaged" in ran.err
    assert "Traceback" not in ran.err
