"""`check_index`: what was loaded or changed past the triggers is found and named, and made good where that is asked."""

import pytest
from django.db import connection

from claims.models import Change, Touched
from claims.search import full_text_index
from tests import factories as f
from tests.commands.shell import Shell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    f.QuoteFactory(accepted=True)
    return Shell(monkeypatch, capsys)


def test_all_holds(shell: Shell) -> None:
    ran = shell("check_index")
    assert (ran.status, ran.out, ran.err) == (0, "All holds.\n", "")


def test_what_is_wrong_is_named_and_left_until_it_is_to_be_mended(shell: Shell) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_claim_words")
    Touched.objects.all().delete()
    faults = [
        "claims_claim_words: 1 documents are not what their rows say",
        *(f"{kind}: 1 are not entered as readers see them" for kind in ("quotes", "claims", "speakers", "sources")),
    ]
    for _ in range(2):
        ran = shell("check_index")
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.splitlines() == [*faults, "CommandError: Not all holds; --mend makes it good."]
    assert not Change.objects.filter(kind="quotes").exists()
    ran = shell("check_index", "--mend")
    assert (ran.status, ran.out, ran.err.splitlines()) == (0, "All is made good.\n", faults)
    assert full_text_index.find_index_faults() == []
    assert Change.objects.live().filter(kind="quotes").count() == 1
    assert shell("check_index").out == "All holds.\n"
