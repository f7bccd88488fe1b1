"""manage.py, beyond what the settings refuse."""

import pytest

import manage


def test_ctrl_c_says_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(manage, "execute_from_command_line", interrupted)
    with pytest.raises(SystemExit) as end:
        manage.main()
    assert (end.value.code, *capsys.readouterr()) == (130, "", "")
