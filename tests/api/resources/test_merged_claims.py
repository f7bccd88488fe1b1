"""Merged claims: old URLs redirect to the claim that was kept."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Claim
from claims.services.changefeed.processor import process_pending
from claims.services.claims.public_state import GRACE_PERIOD
from claims.services.claims.split_merge import merge_claims
from tests import factories as make
from tests import verifications

pytestmark = pytest.mark.django_db


def merge_public_claims() -> tuple[Claim, Claim]:
    """Returns the kept claim and the emptied one, which were both public."""
    kept = make.QuoteFactory(accepted=True).claim
    emptied = make.QuoteFactory(accepted=True, speaker=kept.speaker).claim
    Claim.objects.update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    process_pending()
    merge_claims(kept=kept, emptied=emptied, editor=make.UserFactory(), note=verifications.PUBLIC_NOTE)
    return kept, emptied


def test_the_old_url_redirects_to_the_merged_claim(client: Client) -> None:
    kept, emptied = merge_public_claims()
    response = client.get(f"/api/v1/claims/{emptied.pk}/")
    assert response.status_code == 301
    assert response["Cache-Control"] == "public, no-cache", "a merge can be undone"
    assert response["Location"].endswith(f"/api/v1/claims/{kept.pk}/")
    rows = client.get("/api/v1/claims/").json()["results"]
    assert [(row["id"], row["appearances"]) for row in rows] == [(kept.pk, 2)]
    assert [row["text"] for row in client.get("/api/v1/corrections/").json()["results"]] == [
        verifications.PUBLIC_NOTE.what
    ]


def test_no_redirect_to_a_claim_that_is_not_public(client: Client) -> None:
    kept, emptied = merge_public_claims()
    Claim.objects.filter(pk=kept.pk).update(released_at=timezone.now() + dt.timedelta(days=1))
    response = client.get(f"/api/v1/claims/{emptied.pk}/")
    assert response.status_code == 301
    there = client.get(response["Location"])
    assert (there.status_code, there.json()["cause"]) == (410, "withdrawn"), "it was public, and says no more"


def test_claims_merged_before_their_release_do_not_redirect(client: Client) -> None:
    kept = make.QuoteFactory(accepted=True).claim
    emptied = make.QuoteFactory(accepted=True, speaker=kept.speaker).claim
    Claim.objects.update(released_at=timezone.now() + GRACE_PERIOD)
    merge_claims(kept=kept, emptied=emptied, editor=make.UserFactory())
    Claim.objects.update(released_at=timezone.now() - GRACE_PERIOD)
    assert client.get(f"/api/v1/claims/{emptied.pk}/").status_code == 404
