import pytest

from claims.models import SourceRelation
from tests.commands.shell import Shell
from tests.services.sources.test_translation_suggestions import store_original, store_translation


@pytest.mark.django_db
def test_original_of_a_stored_translation_is_suggested_once(shell: Shell) -> None:
    translated, original = store_translation(), store_original()
    store_translation(translated_from="")
    ran = shell("suggest_source_relations")
    assert (ran.status, ran.out) == (0, "Compared 3 sources: 1 new suggestions.\n")
    relation = SourceRelation.objects.get()
    assert (relation.first, relation.second) == (original.source, translated.source)
    assert shell("suggest_source_relations").out == "Compared 0 sources: 0 new suggestions.\n"
