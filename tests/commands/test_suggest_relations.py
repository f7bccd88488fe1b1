"""`suggest_relations` compares all claims again, and goes on where it was broken off."""

import pytest

from claims.models import ClaimVector
from claims.services.claims.claim_vectors import update_vectors
from tests import factories as make
from tests.commands.shell import Shell


@pytest.mark.django_db
def test_all_claims_are_compared(shell: Shell) -> None:
    for text in ("The march drew 40,000 people.", "The march drew 400,000 people.", "Exports of coffee fell."):
        make.ClaimFactory(text=text)
    assert sum(update_vectors()) == 3
    counts = "new suggestions, 0 changed, 0 withdrawn, 0 decided relations to review.\n"
    assert shell("suggest_relations").out == f"3 claims compared: 1 {counts}"
    assert shell("suggest_relations").out == f"3 claims compared: 0 {counts}"
    left = ClaimVector.objects.order_by("-pk")[:1].values("pk")
    ClaimVector.objects.filter(pk__in=left).update(relations_due=True)
    assert shell("suggest_relations").out == f"1 claims compared: 0 {counts}"
    ClaimVector.objects.filter(pk__in=left).update(relations_due=True)
    assert shell("suggest_relations", "--again").out == f"3 claims compared: 0 {counts}"
