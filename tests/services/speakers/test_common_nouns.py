"""Speakers that are named by a common noun."""

import pytest

from claims.models import SpeakerName
from claims.services.speakers.common_nouns import named_by_common_noun
from tests import factories as make


@pytest.mark.parametrize(
    ("name", "is_listed"),
    [
        ("The company", True),
        ("THE  COMPANY", True),
        ("charity", True),
        ("The Government", True),
        ("The Mill Company", False),
        ("White House", False),
        ("Ann Moor", False),
    ],
)
def test_speakers_named_by_a_common_noun(db: None, name: str, is_listed: bool) -> None:
    make.SpeakerFactory(name=name)
    assert named_by_common_noun().exists() is is_listed


def test_an_alias_counts_and_a_merged_speaker_does_not(db: None) -> None:
    lampo, other = make.SpeakerFactory(name="Lampo"), make.SpeakerFactory(name="The firm")
    SpeakerName.objects.create(speaker=lampo, name="the company")
    other.merged_into = lampo
    other.save()
    assert list(named_by_common_noun()) == [lampo]
