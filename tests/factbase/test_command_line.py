"""The command line, beyond what the settings refuse."""

import pytest

from factbase import command_line


def test_ctrl_c_prints_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "execute_from_command_line", interrupt)
    with pytest.raises(SystemExit) as end:
        command_line.main()
    assert (end.value.code, *capsys.readouterr()) == (130, "", "")
