"""Editing the descriptive fields of sources and speakers."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from claims.models import Operation, Source, Speaker
from claims.services.errors import RefusedError
from claims.services.sources.descriptions import confirm_suggested_date, update_description
from tests import factories as make
from tests.services.history.undo_last import undo_last
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db
TABLES = ("Source", "Speaker", "SpeakerName", "Position", "MergeSuggestion")


@pytest.mark.parametrize("factory", [make.SourceFactory, make.SpeakerFactory], ids=["source", "speaker"])
def test_fields_are_stored_with_history_and_can_be_undone(editor: User, factory: type) -> None:
    row: Source | Speaker = factory()
    field = "title" if isinstance(row, Source) else "description"
    before = dump_models(*TABLES)
    setattr(row, field, "Another")
    update_description(row=row, fields=[field], editor=editor)
    row.refresh_from_db()
    assert getattr(row, field) == "Another"
    newest = row.history.first()
    assert (newest.history_user, newest.history_change_reason) == (editor, "described")
    assert Operation.objects.get().summary == f"Changed “{row}”: {field}"
    undo_last(editor)
    assert dump_models(*TABLES) == before


def test_no_fields_is_no_operation(editor: User) -> None:
    update_description(row=make.SourceFactory(), fields=[], editor=editor)
    assert not Operation.objects.exists()


def test_suggested_date_is_confirmed_once(editor: User) -> None:
    source = make.SourceFactory(published_on=None, suggested_published_on=date(2026, 3, 2))
    before = dump_models(*TABLES)
    assert confirm_suggested_date(source=source, editor=editor).published_on == date(2026, 3, 2)
    source.refresh_from_db()
    assert source.published_on == date(2026, 3, 2)
    assert source.history.first().history_user == editor
    with pytest.raises(RefusedError, match="The date of publication is 2026-03-02 already"):
        confirm_suggested_date(source=source, editor=editor)
    undo_last(editor)
    assert dump_models(*TABLES) == before


def test_only_a_suggested_date_is_confirmed(editor: User) -> None:
    with pytest.raises(RefusedError, match="No date of publication is suggested"):
        confirm_suggested_date(source=make.SourceFactory(published_on=None), editor=editor)
    assert not Operation.objects.exists()
