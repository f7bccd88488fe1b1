"""Adding speakers, and their names."""

import pytest

from claims.models import MergeSuggestion, SpeakerKind
from claims.services.speakers.directory import add_speaker, ensure_main_name
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_speaker_is_added_with_its_names() -> None:
    editor = make.UserFactory()
    make.SpeakerFactory(name="Anne Lee")
    speaker = add_speaker(name="Ann Lee", aliases=["A. Lee", "ann  lee", "A. LEE"], editor=editor)
    assert [row.name for row in speaker.names.order_by("key")] == ["A. LEE", "Ann Lee"]
    assert speaker.kind == SpeakerKind.PERSON
    assert speaker.history.get().history_user == editor
    assert MergeSuggestion.objects.get().second == speaker


def test_a_changed_main_name_is_added_to_the_names() -> None:
    speaker = make.SpeakerFactory(name="Ann Lee")
    ensure_main_name(speaker=speaker, editor=None)
    assert speaker.names.count() == 1
    speaker.name = "Ann Lee-Oak"
    speaker.save()
    ensure_main_name(speaker=speaker, editor=None)
    ensure_main_name(speaker=speaker, editor=None)
    assert [row.name for row in speaker.names.order_by("pk")] == ["Ann Lee", "Ann Lee-Oak"]
