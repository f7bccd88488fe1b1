"""`check_index` finds changes that bypassed the triggers, and repairs them on request."""

import pytest
from django.db import connection

from claims.database import full_text_index
from claims.database.derived_objects import derived_objects, drop
from claims.models import Change, Claim, Touched
from claims.search.substring import filter_by_substring
from claims.services.changefeed.processor import process_pending
from tests import factories as f
from tests.commands.shell import Shell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _accepted_quote(transactional_db: None) -> None:
    f.QuoteFactory(accepted=True)


def test_no_faults(shell: Shell) -> None:
    ran = shell("check_index")
    assert (ran.status, ran.out, ran.err) == (0, "No faults found.\n", "")


def test_rows_written_without_triggers_are_found_after_the_repair(shell: Shell) -> None:
    """On SQLite, FTS5 would report a damaged database at the next change of such a row."""
    process_pending()
    last = Change.objects.latest("changed_at").changed_at
    drop(connection, [it for it in derived_objects(connection).values() if it.table == "claims_claim"])
    Claim.objects.update(text="Lakes hold fish.")
    ran = shell("check_index", "--mend")
    assert (ran.status, ran.out) == (0, "Faults repaired.\n")
    assert full_text_index.find_index_faults() == []
    assert Change.objects.filter(kind="claims", changed_at__gt=last).exists(), "mirrors hear of it"
    Claim.objects.update(text="Rivers hold fish.")
    assert filter_by_substring(Claim.objects.all(), "rivers hold").exists()


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
