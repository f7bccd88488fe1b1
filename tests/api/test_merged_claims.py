"""A claim that was merged into another is found there; readers' links go on."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Claim
from claims.services.changes import catch_up
from claims.services.correct import GRACE
from claims.services.split import merge_claims
from tests import factories as make
from tests.services import verdicts

pytestmark = pytest.mark.django_db


def merged() -> tuple[Claim, Claim]:
    """The claim kept and the one emptied; readers saw both."""
    kept = make.QuoteFactory(accepted=True).claim
    emptied = make.QuoteFactory(accepted=True, speaker=kept.speaker).claim
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE)
    catch_up()
    merge_claims(kept=kept, emptied=emptied, editor=make.UserFactory(), note=verdicts.NOTE)
    return kept, emptied


def test_the_old_address_leads_to_the_claim_that_was_kept(client: Client) -> None:
    kept, emptied = merged()
    answer = client.get(f"/api/v1/claims/{emptied.pk}/")
    assert answer.status_code == 301
    assert answer["Cache-Control"] == "public, no-cache", "a merge can be undone"
    assert answer["Location"].endswith(f"/api/v1/claims/{kept.pk}/")
    found = client.get("/api/v1/claims/").json()["results"]
    assert [(row["id"], row["appearances"]) for row in found] == [(kept.pk, 2)]
    assert [row["text"] for row in client.get("/api/v1/corrections/").json()["results"]] == [verdicts.NOTE.what]


def test_it_leads_nowhere_that_readers_may_not_go(client: Client) -> None:
    kept, emptied = merged()
    Claim.objects.filter(pk=kept.pk).update(released_at=timezone.now() + dt.timedelta(days=1))
    answer = client.get(f"/api/v1/claims/{emptied.pk}/")
    assert answer.status_code == 301
    there = client.get(answer["Location"])
    assert (there.status_code, there.json()["cause"]) == (410, "withdrawn"), "it was public, and says no more"


def test_claims_made_one_before_readers_saw_them_lead_nowhere(client: Client) -> None:
    kept = make.QuoteFactory(accepted=True).claim
    emptied = make.QuoteFactory(accepted=True, speaker=kept.speaker).claim
    Claim.objects.update(released_at=timezone.now() + GRACE)
    merge_claims(kept=kept, emptied=emptied, editor=make.UserFactory())
    Claim.objects.update(released_at=timezone.now() - GRACE)
    assert client.get(f"/api/v1/claims/{emptied.pk}/").status_code == 404
