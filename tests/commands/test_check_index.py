"""`check_index` finds changes that bypassed the triggers, and repairs them on request."""

import pytest
from django.db import connection

from claims.database import full_text_index
from claims.models import Change, Touched
from tests import factories as f
from tests.commands.shell import Shell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _accepted_quote(transactional_db: None) -> None:
    f.QuoteFactory(accepted=True)


def test_no_faults(shell: Shell) -> None:
    ran = shell("check_index")
    assert (ran.status, ran.out, ran.err) == (0, "No faults found.\n", "")


def test_faults_are_named_and_repaired_on_request(shell: Shell) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_claim_words")
    Touched.objects.all().delete()
    faults = [
        "claims_claim_words: 1 documents differ from their rows",
        *(
            f"{kind}: 1 entries of the change feed are missing or wrong"
            for kind in ("quotes", "claims", "speakers", "sources")
        ),
    ]
    for _ in range(2):
        ran = shell("check_index")
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.splitlines() == [*faults, "CommandError: Faults found. Run with --mend to repair them."]
    assert not Change.objects.filter(kind="quotes").exists()
    ran = shell("check_index", "--mend")
    assert (ran.status, ran.out, ran.err.splitlines()) == (0, "Faults repaired.\n", faults)
    assert full_text_index.find_index_faults() == []
    assert Change.objects.live().filter(kind="quotes").count() == 1
    assert shell("check_index").out == "No faults found.\n"
