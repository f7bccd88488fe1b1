"""`suggest_merges`: reasons that came later reach speakers that were stored before."""

import pytest

from claims.models import MergeSuggestion
from tests import factories as make
from tests.commands.shell import Shell


@pytest.mark.django_db
def test_old_speakers_are_looked_at(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("Ann Lee", "Anne Lee", "Lena Ford"):
        make.SpeakerFactory(name=name)
    shell = Shell(monkeypatch, capsys)
    ran = shell("suggest_merges")
    assert (ran.status, ran.out) == (0, "Looked at 3 speakers: 1 new suggestions.\n")
    assert MergeSuggestion.objects.count() == 1
    assert shell("suggest_merges").out == "Looked at 3 speakers: 0 new suggestions.\n"
