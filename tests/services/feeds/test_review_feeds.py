"""Following publishers of fact-checks: another factbase by what changed in it, others by their ClaimReview."""

import json
from datetime import timedelta
from typing import Any

import pytest

from claims.models import Claim, Delivery, ExternalReview, Feed, FeedKind, Verification
from claims.services.feeds.feed_list import add_feed
from claims.services.feeds.polling import PollResult, poll_feed
from claims.services.ingestion import site_requests
from claims.services.reviews.external_reviews import link_review
from tests import factories as make
from tests.articles.fetching.loopback_site import LoopbackSite
from tests.services.reviews.review_data import OWN_SITE, own_review_node, review_node

pytestmark = pytest.mark.django_db
CLAIMS = "/api/v1/claims/"


@pytest.fixture(autouse=True)
def _impatient(loopback_allowed: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(site_requests, "PATIENCE", timedelta())
    settings.FACTBASE_OWN_SITES = [OWN_SITE]


def poll(feed: Feed) -> PollResult:
    result = poll_feed(feed.pk, at_once=True)
    assert result
    feed.refresh_from_db()
    return result


def changes(*rows: object, since: str, gone: tuple[int, ...] = (), more: str | None = None) -> bytes:
    tombstones = [{"id": pk, "cause": "retracted"} for pk in gone]
    return json.dumps({"next": more, "results": rows, "tombstones": tombstones, "updated_since": since}).encode()


def claim_row(pk: int, rating: str | None, **fields: object) -> dict[str, object]:
    verdict = {"published_at": "2025-05-06T10:00:00Z"} if rating else None
    row = {
        "id": pk,
        "text": f"Rivers rose in {pk}.",
        "speaker": {"name": "Lena Ford"},
        "said_on": "2025-05-01",
        "rating": {"name": rating} if rating else None,
        "verification": verdict,
        "page_url": f"https://facts.example.net/claims/{pk}/rivers/",
    }
    return row | fields


def serve(site: LoopbackSite, since: str, body: bytes) -> None:
    query = f"updated_since={since.replace(':', '%3A')}&page_size=200"
    site.pages[f"{CLAIMS}?{query}"] = body


def test_a_factbase_is_followed_by_what_changed(site: LoopbackSite) -> None:
    first, second, third = (f"2025-06-0{day}T00:00:00Z" for day in (1, 2, 3))
    serve(site, "1970-01-01T00:00:00Z", changes(claim_row(1, "False"), claim_row(2, None), since=first, more="/x"))
    serve(site, first, changes(claim_row(3, "True"), since=second))
    feed = add_feed(url=site.url(CLAIMS), publisher="Other Facts")
    assert feed.kind == FeedKind.FACTBASE
    assert poll(feed).new == 2
    assert feed.cursor == second
    review = ExternalReview.objects.get(remote_id="1")
    assert (review.publisher, review.rating, review.speaker_name) == ("Other Facts", "False", "Lena Ford")
    assert review.review_url == "https://facts.example.net/claims/1/rivers/"
    link_review(review=review, claim=make.ClaimFactory(), editor=make.UserFactory())

    serve(site, second, changes(claim_row(1, "Mostly false"), since=third, gone=(3,)))
    assert poll(feed).new == 1
    review.refresh_from_db()
    assert (review.rating, review.withdrawn_at) == ("Mostly false", None)
    assert review.claim
    assert [row.remote_id for row in ExternalReview.objects.current()] == ["1"]

    serve(site, third, changes(claim_row(1, None), since=third))
    poll(feed)
    assert not ExternalReview.objects.current().exists()
    assert Claim.objects.count() == 1
    assert not Verification.objects.exists()
    assert not Delivery.objects.exists()


def test_a_list_of_claim_reviews_is_followed(site: LoopbackSite) -> None:
    feed_data = {"@type": "DataFeed", "dataFeedElement": [{"item": [review_node(), own_review_node()]}]}
    site.pages["/reviews.json"] = json.dumps(feed_data).encode()
    feed = add_feed(url=site.url("/reviews.json"))
    assert poll(feed).new == 1
    assert feed.kind == FeedKind.CLAIM_REVIEWS
    assert poll(feed).new == 0
    assert ExternalReview.objects.get().publisher == "Fakty"
    assert not Verification.objects.exists()  # ours are imported by a person


def test_a_feed_changes_only_what_it_brought(site: LoopbackSite) -> None:
    review = make.ExternalReviewFactory(claim_text="Rivers rose.", review_url="https://fakty.example.net/rivers")
    site.pages["/reviews.json"] = json.dumps([review_node(rating="True")]).encode()
    assert poll(add_feed(url=site.url("/reviews.json"))).new == 0
    review.refresh_from_db()
    assert review.rating == "Mostly false"


def test_what_cannot_be_read_is_counted(site: LoopbackSite) -> None:
    site.pages["/reviews.json"] = json.dumps([review_node(url="javascript:alert(1)"), review_node()]).encode()
    feed = add_feed(url=site.url("/reviews.json"))
    assert poll(feed).new == 1
    assert feed.reason == "fact-checks that could not be read: 1"


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"results": [], "tombstones": []}', b"<html></html>"])
def test_an_answer_that_is_no_list_of_changes_fails(site: LoopbackSite, body: bytes) -> None:
    serve(site, "1970-01-01T00:00:00Z", body)
    feed = add_feed(url=site.url(CLAIMS))
    assert poll(feed).failure
    assert feed.failures == 1
