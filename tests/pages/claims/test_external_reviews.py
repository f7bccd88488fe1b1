"""What other publishers found, on a claim's page and in the API: beside our verdict, and never as it."""

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Verification
from claims.resources.permalinks import page_path
from claims.services.changefeed.processor import process_pending
from claims.services.reviews.external_reviews import link_review
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_reviews_of_others_are_shown_as_theirs(client: Client) -> None:
    claim = make.QuoteFactory(accepted=True, claim__released=True).claim
    shown = make.ExternalReviewFactory(publisher="Fakty <b>", rating="Pants on fire")
    withdrawn = make.ExternalReviewFactory(rating="Gone")
    for review in (shown, withdrawn):
        link_review(review=review, claim=claim, editor=make.UserFactory())
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    make.ExternalReviewFactory(rating="Of no claim")
    process_pending()

    html = client.get(page_path("claims", claim.pk, claim.text)).content.decode()
    assert "Checked by <bdi>Fakty &lt;b&gt;</bdi>: <bdi>Pants on fire</bdi>" in html
    assert shown.review_url in html
    assert "Gone" not in html
    row = client.get(f"/api/v1/claims/{claim.pk}/").json()
    assert [review["rating"] for review in row["external_reviews"]] == ["Pants on fire"]
    assert (row["status"], row["rating"], row["verification"]) == ("unreviewed", None, None)
    assert "Pants on fire" not in b"".join(client.get("/api/v1/claims/?format=csv")).decode()  # type: ignore[arg-type]  # a streaming response


def test_an_imported_verdict_names_where_it_was_published(client: Client) -> None:
    claim = make.QuoteFactory(accepted=True, claim__released=True).claim
    make.VerificationFactory(claim=claim, published=True, approver=None, review_url="https://checks.example.org/rivers")
    process_pending()
    html = client.get(page_path("claims", claim.pk, claim.text)).content.decode()
    assert 'at <a href="https://checks.example.org/rivers" rel="external">checks.example.org</a>' in html
    row = client.get(f"/api/v1/verifications/{Verification.objects.get().pk}/").json()
    assert row["review_url"] == "https://checks.example.org/rivers"
