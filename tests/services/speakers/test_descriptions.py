"""Adding speakers by hand, and editing their names and positions."""

import pytest
from django.contrib.auth.models import User

from claims.models import MergeSuggestion, Position, Speaker, SpeakerName
from claims.services.speakers.descriptions import create_described_speaker, update_names_and_positions
from tests import factories as make
from tests.services.history.undo_last import undo_last
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db
TABLES = ("Speaker", "SpeakerName", "Position", "MergeSuggestion")


def test_adding_a_speaker_can_be_undone(editor: User) -> None:
    make.SpeakerFactory(name="Lena Ford")
    before = dump_models(*TABLES)
    created = create_described_speaker(
        speaker=Speaker(name="Léna Ford", kind="person", wikidata_id="Q5"), editor=editor
    )
    assert (created.wikidata_id, created.names.get().name) == ("Q5", "Léna Ford")
    assert MergeSuggestion.objects.count() == 1
    undo_last(editor)
    assert dump_models(*TABLES) == before


def test_names_and_positions_are_one_operation(editor: User) -> None:
    speaker = make.SpeakerFactory(name="Lena Ford")
    make.SpeakerFactory(name="Léna Fjord")
    alias, title = make.SpeakerNameFactory(speaker=speaker, name="L. Ford"), Position(speaker=speaker, title="Mayor")
    old = Position.objects.create(speaker=speaker, title="Deputy")
    before = dump_models(*TABLES)
    alias.name, old.title = "LENA  FJORD", "Deputy mayor"
    update_names_and_positions(
        speaker=speaker, saved=[alias, title, old], deleted=[speaker.names.get(name="Lena Ford")], editor=editor
    )
    names = {row.name: (row.key, row.family_key) for row in speaker.names.all()}
    assert names == {"LENA  FJORD": ("lena fjord", "ferd"), "Lena Ford": ("lena ford", "ford")}, "the main name stays"
    assert set(speaker.positions.values_list("title", flat=True)) == {"Mayor", "Deputy mayor"}
    assert [entry.history_type for entry in speaker.positions.get(title="Mayor").history.all()] == ["+"], "stored once"
    assert MergeSuggestion.objects.filter(reason__contains="LENA  FJORD").exists(), "the new name suggests a merge"
    undo_last(editor)
    assert dump_models(*TABLES) == before


def test_undo_restores_a_deleted_name_with_its_id(editor: User) -> None:
    speaker = make.SpeakerFactory(name="Lena Ford")
    alias = make.SpeakerNameFactory(speaker=speaker, name="L. Ford")
    before = dump_models(*TABLES)
    update_names_and_positions(speaker=speaker, saved=[], deleted=[alias], editor=editor)
    assert not speaker.names.filter(name="L. Ford").exists()
    undo_last(editor)
    assert dump_models(*TABLES) == before


def test_changing_the_main_names_row_keeps_the_main_name(editor: User) -> None:
    """The undo deletes the recreated row of the name before it restores the first one."""
    speaker = make.SpeakerFactory(name="Lena Ford")
    before = dump_models(*TABLES)
    main = speaker.names.get()
    main.name = "Lena Ford-Hill"
    update_names_and_positions(speaker=speaker, saved=[main], deleted=[], editor=editor)
    assert set(speaker.names.values_list("name", flat=True)) == {"Lena Ford-Hill", "Lena Ford"}
    undo_last(editor)
    assert dump_models(*TABLES) == before
    assert SpeakerName.history.filter(speaker=speaker, history_type="-").exists()
