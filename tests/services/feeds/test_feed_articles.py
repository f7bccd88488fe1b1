"""From a feed to stored articles: the page where it can be read, else the text of the feed."""

import orjson
import pytest

from claims.models import Claim, Delivery, DeliveryState, Quote, Source
from claims.services.feeds.feed_list import add_feed
from claims.services.feeds.polling import poll_feed
from claims.services.ingestion.deliveries import process_delivery
from claims.services.ingestion.periodic_work import do_periodic_work
from tests import factories as make
from tests.articles.fetching.loopback_site import LoopbackSite

pytestmark = [pytest.mark.usefixtures("loopback_allowed"), pytest.mark.django_db]

FILLER = (
    "<p>The river rose again on Monday, and the gauges of three towns were read every hour until the evening.</p>" * 8
)
IN_FEED = f"<p>“The water is high in the feed,” said Lena Ford, the mayor of Warm.</p>{FILLER}"
ON_PAGE = (
    "<html><head><title>Water</title></head><body><article><h1>Water is high</h1>"
    f"{IN_FEED.replace('in the feed', 'on the page')}</article></body></html>"
)


def deliver(site: LoopbackSite) -> Delivery:
    items = [
        {"url": "/story", "title": "High water", "content_html": IN_FEED, "date_published": "2026-11-27T10:00:00Z"}
    ]
    site.pages["/feed"] = orjson.dumps({"items": items})
    topic = make.TopicFactory(slug="rivers")
    feed = add_feed(url=site.url("/feed"), publisher="The Warm Post", language="en", topic=topic)
    assert poll_feed(feed.pk)
    return process_delivery(Delivery.objects.get().pk)


def test_the_page_is_read_and_the_feed_fills_what_it_leaves_open(site: LoopbackSite) -> None:
    site.pages["/story"] = ON_PAGE.encode()
    delivery = deliver(site)
    assert delivery.state == DeliveryState.STORED
    source = Source.objects.get()
    assert source.publisher == "The Warm Post"
    assert str(source.published_on) == "2026-11-27"
    assert [quote.exact for quote in Quote.objects.all()] == ["The water is high on the page,"]
    assert [topic.slug for claim in Claim.objects.all() for topic in claim.topics.all()] == ["rivers"]
    assert "text-of-feed" not in str(source.warnings)


@pytest.mark.parametrize("page", [b"", b"<html><body></body></html>"], ids=["missing", "without an article"])
def test_the_text_of_the_feed_is_read_if_the_page_cannot_be(site: LoopbackSite, page: bytes) -> None:
    site.pages["/story"] = page
    delivery = deliver(site)
    assert delivery.state == DeliveryState.STORED
    source = Source.objects.get()
    assert source.url == site.url("/story")
    assert source.title == "High water"
    assert [quote.exact for quote in Quote.objects.all()] == ["The water is high in the feed,"]
    assert "text-of-feed" in str(source.warnings)


def test_a_passing_fault_of_the_site_is_waited_for(site: LoopbackSite) -> None:
    site.pages["/story"] = lambda exchange: exchange.send(503)
    assert deliver(site).state == DeliveryState.WAITING
    assert not Source.objects.exists()


def test_workers_poll_feeds(site: LoopbackSite) -> None:
    site.pages["/feed"] = orjson.dumps({"items": [{"url": "/story"}]})
    add_feed(url=site.url("/feed"))
    add_feed(url=site.url("/missing"))
    do_periodic_work()
    do_periodic_work()
    assert [delivery.url for delivery in Delivery.objects.all()] == [site.url("/story")]
    assert site.paths.count("/feed") == site.paths.count("/missing") == 1
