"""Every command that compares claims reports encoder's files that do not match the model card, and `check` warns."""

from pathlib import Path

import pytest

from claims.matching import EncoderError, encoder, load_encoder
from tests import factories as make
from tests.commands.shell import Shell

DAMAGED = "encoder.onnx: not the file that the model card describes"


@pytest.fixture
def damaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def read_damaged(path: Path) -> bytes:
        raise EncoderError(f"{path.name}: not the file that the model card describes")

    monkeypatch.setattr(encoder, "_read_verified", read_damaged)
    load_encoder.cache_clear()


@pytest.mark.usefixtures("damaged")
@pytest.mark.django_db
def test_damaged_weights_are_reported_in_one_line(shell: Shell, tmp_path: Path) -> None:
    make.ClaimFactory()
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"a": "Rivers are full.", "b": "Rivers are low.", "id": "1", "text": "Rivers are full."}\n')
    for command in (["compare", str(lines)], ["evaluate_matching", str(lines), str(lines)], ["index_claims"]):
        ran = shell(*command)
        assert ran.status == 1
        assert DAMAGED in ran.err
        assert "Traceback" not in ran.err


@pytest.mark.usefixtures("damaged")
def test_the_system_check_warns(shell: Shell) -> None:
    ran = shell("check")
    assert (ran.status, f"(claims.W001) {DAMAGED}" in ran.err) == (0, True), ran.err


def test_the_files_of_the_repository_pass(shell: Shell) -> None:
    assert shell("check", "--fail-level", "WARNING").status == 0
