"""What editors say of sources and speakers is an operation like any other."""

import pytest
from django.contrib.auth.models import User

from claims.models import MergeSuggestion, Operation, Position, Source, Speaker, SpeakerName
from claims.services.sources.descriptions import (
    create_described_speaker,
    update_description,
    update_names_and_positions,
)
from tests import factories as make
from tests.services.history.undo_last import undo_last
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db
WORLD = ("Source", "Speaker", "SpeakerName", "Position", "MergeSuggestion")


@pytest.fixture
def editor() -> User:
    user: User = make.UserFactory()
    return user


@pytest.mark.parametrize("row", [make.SourceFactory, make.SpeakerFactory], ids=["source", "speaker"])
def test_fields_are_stored_with_who_did_it_and_come_back(editor: User, row: type) -> None:
    made: Source | Speaker = row()
    field = "title" if isinstance(made, Source) else "description"
    before = dump_models(*WORLD)
    setattr(made, field, "Another")
    update_description(row=made, fields=[field], editor=editor)
    made.refresh_from_db()
    assert getattr(made, field) == "Another"
    newest = made.history.first()
    assert (newest.history_user, newest.history_change_reason) == (editor, "described")
    assert Operation.objects.get().summary == f"Changed of “{made}”: {field}"
    undo_last(editor)
    assert dump_models(*WORLD) == before


def test_a_speaker_introduced_can_be_taken_back(editor: User) -> None:
    make.SpeakerFactory(name="Lena Ford")
    before = dump_models(*WORLD)
    made = create_described_speaker(speaker=Speaker(name="Léna Ford", kind="person", wikidata_id="Q5"), editor=editor)
    assert (made.wikidata_id, made.names.get().name) == ("Q5", "Léna Ford")
    assert MergeSuggestion.objects.count() == 1
    undo_last(editor)
    assert dump_models(*WORLD) == before


def test_nothing_changed_is_nothing_done(editor: User) -> None:
    update_description(row=make.SourceFactory(), fields=[], editor=editor)
    assert not Operation.objects.exists()


def test_names_and_positions_in_one_stroke(editor: User) -> None:
    speaker = make.SpeakerFactory(name="Lena Ford")
    make.SpeakerFactory(name="Léna Fjord")
    alias, title = make.SpeakerNameFactory(speaker=speaker, name="L. Ford"), Position(speaker=speaker, title="Mayor")
    old = Position.objects.create(speaker=speaker, title="Deputy")
    before = dump_models(*WORLD)
    alias.name, old.title = "LENA  FJORD", "Deputy mayor"
    update_names_and_positions(
        speaker=speaker, kept=[alias, title, old], gone=[speaker.names.get(name="Lena Ford")], editor=editor
    )
    names = {row.name: (row.key, row.family_key) for row in speaker.names.all()}
    assert names == {"LENA  FJORD": ("lena fjord", "fiord"), "Lena Ford": ("lena ford", "ford")}, "the main one stays"
    assert set(speaker.positions.values_list("title", flat=True)) == {"Mayor", "Deputy mayor"}
    assert MergeSuggestion.objects.filter(reason__contains="LENA  FJORD").exists(), "the new name tells who it may be"
    undo_last(editor)
    assert dump_models(*WORLD) == before


def test_a_name_taken_away_comes_back_under_its_number(editor: User) -> None:
    speaker = make.SpeakerFactory(name="Lena Ford")
    alias = make.SpeakerNameFactory(speaker=speaker, name="L. Ford")
    before = dump_models(*WORLD)
    update_names_and_positions(speaker=speaker, kept=[], gone=[alias], editor=editor)
    assert not speaker.names.filter(name="L. Ford").exists()
    undo_last(editor)
    assert dump_models(*WORLD) == before


def test_the_main_name_rewritten_is_there_all_the_same_and_comes_back(editor: User) -> None:
    """Of the two rows that bear it in turn, the former comes back where the later one was."""
    speaker = make.SpeakerFactory(name="Lena Ford")
    before = dump_models(*WORLD)
    main = speaker.names.get()
    main.name = "Lena Ford-Hill"
    update_names_and_positions(speaker=speaker, kept=[main], gone=[], editor=editor)
    assert set(speaker.names.values_list("name", flat=True)) == {"Lena Ford-Hill", "Lena Ford"}
    undo_last(editor)
    assert dump_models(*WORLD) == before
    assert SpeakerName.history.filter(speaker=speaker, history_type="-").exists()
