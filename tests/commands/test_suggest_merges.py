"""`suggest_merges` compares speakers that are stored already."""

import pytest

from claims.models import MergeSuggestion, SpeakerName
from claims.models.name_keys import family_key
from tests import factories as make
from tests.commands.shell import Shell


@pytest.mark.django_db
def test_stored_speakers_are_compared(shell: Shell) -> None:
    for name in ("Ann Lee", "Anne Lee", "Lena Ford"):
        make.SpeakerFactory(name=name)
    ran = shell("suggest_merges")
    assert (ran.status, ran.out) == (0, "Checked 3 speakers: 1 new suggestions.\n")
    assert MergeSuggestion.objects.count() == 1
    assert shell("suggest_merges").out == "Checked 3 speakers: 0 new suggestions.\n"


@pytest.mark.django_db
def test_names_under_keys_of_an_earlier_version_are_found(shell: Shell) -> None:
    for name in ("Михаил Горбачёв", "Mihail Gorbačëv"):
        make.SpeakerFactory(name=name)
    SpeakerName.objects.filter(name="Mihail Gorbačëv").update(family_key="gorbacev")
    MergeSuggestion.objects.all().delete()
    assert shell("suggest_merges").out == "Checked 2 speakers: 1 new suggestions.\n"
    assert set(SpeakerName.objects.values_list("family_key", flat=True)) == {family_key("Горбачёв")}
