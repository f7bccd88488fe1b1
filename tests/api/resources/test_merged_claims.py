"""A claim that was merged into another is found there; readers' links go on."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Claim
from claims.services.changefeed.processor import process_pending
from claims.services.claims.corrections import GRACE_PERIOD
from claims.services.claims.split_merge import merge_claims
from tests import factories as make
from tests import verifications

pytestmark = pytest.mark.django_db


def merged() -> tuple[Claim, Claim]:
    """The claim kept and the one emptied; readers saw both."""
    kept = make.QuoteFactory(accepted=True).claim
    emptied = make.QuoteFactory(accepted=True, speaker=kept.speaker).claim
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    process_pending()
    merge_claims(kept=kept, emptied=emptied, editor=make.UserFactory(), note=verifications.PUBLIC_NOTE)
    return kept, emptied


def test_the_old_address_leads_to_the_claim_that_was_kept(client: Client) -> None:
    kept, emptied = merged()
    answer = client.get(f"/api/v1/claims/{emptied.pk}/")
    assert answer.status_code == 301
    assert answer["Cache-Control"] == "public, no-cache", "a merge can be undone"
    assert answer["Location"].endswith(f"/api/v1/claims/{kept.pk}/")
    found = client.get("/api/v1/claims/").json()["results"]
    assert [(row["id"], row["appearances"]) for row in found] == [(kept.pk, 2)]
    assert [row["text"] for row in client.get("/api/v1/corrections/").json()["results"]] == [
        verifications.PUBLIC_NOTE.what
    ]


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
    Claim.objects.update(released_at=timezone.now() + GRACE_PERIOD)
    merge_claims(kept=kept, emptied=emptied, editor=make.UserFactory())
    Claim.objects.update(released_at=timezone.now() - GRACE_PERIOD)
    assert client.get(f"/api/v1/claims/{emptied.pk}/").status_code == 404
