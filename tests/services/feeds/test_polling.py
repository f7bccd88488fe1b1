"""Polling feeds of a site on this machine: what is new becomes a delivery, once."""

from collections.abc import Callable
from datetime import timedelta

import orjson
import pytest
from django.utils import timezone

from claims.models import Delivery, DeliveryOrigin, Feed, FeedKind, FeedState, HostTurn
from claims.services.feeds import polling
from claims.services.feeds.feed_list import add_feed
from claims.services.feeds.polling import PollResult, poll_due_feeds, poll_feed
from claims.services.ingestion import site_requests
from tests import factories as make
from tests.articles.fetching.loopback_site import Exchange, LoopbackSite

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def impatient(loopback_allowed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_requests, "PATIENCE", timedelta())


def rss(*paths: str, title: str = "Example News", ttl: int = 0) -> bytes:
    items = "".join(
        f"<item><title>About {path}</title><link>{path}</link><pubDate>Fri, 27 Nov 2026 10:00:00 +0200</pubDate></item>"
        for path in paths
    )
    return f"<rss version='2.0'><channel><title>{title}</title><ttl>{ttl}</ttl>{items}</channel></rss>".encode()


def poll(feed: Feed) -> PollResult:
    result = poll_feed(feed.pk, at_once=True)
    assert result
    feed.refresh_from_db()
    return result


def requested_paths(site: LoopbackSite) -> list[str]:
    return [delivery.url.removeprefix(site.url("")) for delivery in Delivery.objects.order_by("pk")]


def test_what_a_feed_lists_is_requested_once(site: LoopbackSite) -> None:
    site.pages["/feed"] = rss("/a", "/b")
    editor = make.UserFactory()
    feed = add_feed(url=site.url("/feed"), publisher="Example", language="en", editor=editor)
    assert poll(feed).new == 2
    assert poll(feed).new == 0
    site.pages["/feed"] = rss("/c", "/a", "/b?utm_source=rss")
    assert poll(feed).new == 1
    assert requested_paths(site) == ["/a", "/b", "/c"]
    delivery = Delivery.objects.earliest("pk")
    assert (delivery.origin, delivery.feed, delivery.fallback) == (DeliveryOrigin.FEED, feed, None)
    assert delivery.defaults == {
        "title": "About /a",
        "publisher": "Example",
        "language": "en",
        "published": "2026-11-27",
    }
    assert (feed.kind, feed.title, feed.last_new, feed.failures, feed.reason) == ("rss", "Example News", 1, 0, "")


def test_an_article_that_is_known_is_not_requested(site: LoopbackSite) -> None:
    make.SourceFactory(url=site.url("/a"))
    site.pages |= {"/one": rss("/a", "/b"), "/two": rss("/b", "/a")}
    assert poll(add_feed(url=site.url("/one"))).new == 1
    assert poll(add_feed(url=site.url("/two"))).new == 0
    assert requested_paths(site) == ["/b"]


def test_the_whole_text_of_an_entry_is_kept_for_a_page_that_cannot_be_read(site: LoopbackSite) -> None:
    site.pages["/feed"] = orjson.dumps(
        {
            "items": [
                {"url": "/long", "title": "A < B", "content_html": f"<p>{'Prices rise. ' * 60}</p>"},
                {"url": "/short", "content_html": "<p>Prices rise.</p>"},
            ]
        }
    )
    poll(add_feed(url=site.url("/feed")))
    long, short = Delivery.objects.order_by("url")
    assert short.fallback is None
    assert long.fallback
    assert b"<h1>A &lt; B</h1><p>Prices rise." in long.fallback.body
    assert long.content is None


# --- When it is polled ------------------------------------------------------------------------------------------------


def test_a_feed_with_news_is_polled_more_often(site: LoopbackSite) -> None:
    site.pages["/feed"] = rss("/0")
    feed = add_feed(url=site.url("/feed"))
    intervals = []
    for number in range(1, 8):
        poll(feed)
        intervals.append(feed.interval_minutes)
        site.pages["/feed"] = rss(f"/{number}")
        assert feed.last_polled_at
        assert feed.next_poll_at == feed.last_polled_at + timedelta(minutes=feed.interval_minutes)
    assert intervals == [40, 26, 17, 11, 10, 10, 10]
    intervals.clear()
    for _ in range(14):
        poll(feed)
        intervals.append(feed.interval_minutes)
    assert intervals[:4] == [10, 15, 22, 33]
    assert intervals[-1] == 1440


def test_a_feed_is_not_polled_more_often_than_it_asks_for(site: LoopbackSite) -> None:
    site.pages["/feed"] = rss("/a", ttl=90)
    feed = add_feed(url=site.url("/feed"))
    poll(feed)
    assert feed.interval_minutes == 90


def test_only_what_is_due_is_polled(site: LoopbackSite) -> None:
    site.pages |= {f"/{number}": rss("/a") for number in range(4)}
    later = timezone.now() + timedelta(minutes=5)
    due, not_due, paused, ended = (add_feed(url=site.url(f"/{number}")) for number in range(4))
    Feed.objects.filter(pk=not_due.pk).update(next_poll_at=later)
    Feed.objects.filter(pk=paused.pk).update(state=FeedState.PAUSED)
    Feed.objects.filter(pk=ended.pk).update(state=FeedState.ENDED, reason="it is gone")
    assert [result.feed for result in poll_due_feeds()] == [due]
    assert list(poll_due_feeds()) == []
    assert poll_feed(not_due.pk) is None
    assert poll_feed(paused.pk, at_once=True) is None


def test_a_poll_that_died_is_repeated_when_its_lease_ends(site: LoopbackSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/feed"] = rss("/a")
    feed = add_feed(url=site.url("/feed"))

    def die(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(polling, "_record", die)
        with pytest.raises(KeyboardInterrupt):
            poll_feed(feed.pk)
    assert poll_feed(feed.pk) is None
    feed.refresh_from_db()
    assert timedelta() < feed.next_poll_at - timezone.now() <= polling.LEASE
    Feed.objects.update(next_poll_at=timezone.now())
    assert [result.new for result in poll_due_feeds()] == [1]


def test_a_busy_host_puts_the_poll_off_and_is_no_failure(site: LoopbackSite) -> None:
    feed = add_feed(url=site.url("/feed"))
    free_at = timezone.now() + timedelta(minutes=3)
    HostTurn.objects.create(host=f"127.0.0.1:{site.port}", paused_until=free_at)
    assert poll_feed(feed.pk) is None
    feed.refresh_from_db()
    assert (feed.next_poll_at, feed.failures, feed.last_polled_at) == (free_at, 0, None)
    assert not site.requests


# --- What the site says -----------------------------------------------------------------------------------------------


def test_a_feed_that_has_not_changed_is_not_sent(site: LoopbackSite) -> None:
    def conditional(exchange: Exchange) -> None:
        is_known = exchange.headers["If-None-Match"] == '"1"'
        exchange.send(304 if is_known else 200, b"" if is_known else rss("/a"), ETag="" if is_known else '"1"')

    site.pages["/feed"] = conditional
    feed = add_feed(url=site.url("/feed"))
    assert (poll(feed).new, poll(feed).new, poll(feed).failure) == (1, 0, "")
    assert [headers["If-None-Match"] for path, headers in site.requests if path == "/feed"] == [None, '"1"', '"1"']
    assert feed.etag == '"1"'
    assert feed.interval_minutes == 90


def test_a_feed_that_is_gone_has_ended(site: LoopbackSite) -> None:
    site.pages["/feed"] = lambda exchange: exchange.send(410)
    feed = add_feed(url=site.url("/feed"))
    assert "410" in poll(feed).failure
    assert feed.state == FeedState.ENDED
    assert "removed for good" in feed.reason


def test_a_json_feed_that_has_expired_has_ended(site: LoopbackSite) -> None:
    site.pages["/feed"] = orjson.dumps({"expired": True, "items": [{"url": "/last"}]})
    feed = add_feed(url=site.url("/feed"))
    assert poll(feed).new == 1
    assert feed.state == FeedState.ENDED


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (lambda exchange: exchange.send(404), "no such page"),
        (lambda exchange: exchange.send(503), "fault"),
        (lambda exchange: exchange.redirect("http://169.254.169.254/"), "private network"),
        (b"<html><body>Home</body></html>", "names no feed"),
        (b"hello", "no feed"),
    ],
)
def test_failures_say_why_and_put_the_next_poll_off(
    site: LoopbackSite, page: bytes | Callable[[Exchange], None], reason: str
) -> None:
    site.pages["/feed"] = page
    feed = add_feed(url=site.url("/feed"))
    pauses = []
    for failures in range(1, 9):
        assert reason in poll(feed).failure
        assert reason in feed.reason
        assert feed.failures == failures
        assert feed.last_polled_at
        pauses.append((feed.next_poll_at - feed.last_polled_at) // timedelta(minutes=1))
    assert pauses == [30, 60, 120, 240, 480, 960, 1440, 1440]
    assert list(Feed.objects.failing()) == [feed]
    site.pages["/feed"] = rss("/a")
    assert poll(feed).new == 1
    assert (feed.failures, feed.reason) == (0, "")


def test_a_site_that_asks_for_time_gets_it(site: LoopbackSite) -> None:
    site.pages["/feed"] = lambda exchange: exchange.send(429, Retry_After="7200")
    feed = add_feed(url=site.url("/feed"))
    poll(feed)
    assert feed.last_polled_at
    assert feed.next_poll_at - feed.last_polled_at > timedelta(minutes=119)


def test_robots_txt_holds_for_feeds(site: LoopbackSite) -> None:
    site.pages |= {"/robots.txt": b"User-agent: *\nDisallow: /feed", "/feed": rss("/a")}
    feed = add_feed(url=site.url("/feed"))
    assert "robots.txt" in poll(feed).failure
    assert not Delivery.objects.exists()


# --- Addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "path"), [(301, "/new"), (308, "/new"), (302, "/old"), (307, "/old")])
def test_a_feed_that_moved_for_good_has_another_address(site: LoopbackSite, status: int, path: str) -> None:
    site.pages |= {"/old": lambda exchange: exchange.redirect("/new", status), "/new": rss("/a")}
    feed = add_feed(url=site.url("/old"))
    poll(feed)
    assert feed.url == site.url(path)


def test_a_feed_that_moved_to_the_address_of_another_has_ended(site: LoopbackSite) -> None:
    site.pages |= {"/old": lambda exchange: exchange.redirect("/new", 301), "/new": rss("/a")}
    add_feed(url=site.url("/new"), title="The other")
    feed = add_feed(url=site.url("/old"))
    poll(feed)
    assert (feed.url, feed.state) == (site.url("/old"), FeedState.ENDED)
    assert "The other" in feed.reason


def test_a_web_page_leads_to_the_feed_that_it_names(site: LoopbackSite) -> None:
    page = b"<html><head><link rel=alternate type=application/rss+xml href=/feed></head></html>"
    site.pages |= {"/": page, "/feed": rss("/a")}
    feed = add_feed(url=site.url())
    assert poll(feed).new == 1
    assert (feed.url, feed.title) == (site.url("/feed"), "Example News")


def test_a_feed_that_became_a_web_page_fails(site: LoopbackSite) -> None:
    site.pages["/feed"] = rss("/a")
    feed = add_feed(url=site.url("/feed"))
    poll(feed)
    site.pages["/feed"] = b"<html><head><link rel=alternate type=application/rss+xml href=/other></head></html>"
    assert "this is a web page" in poll(feed).failure


# --- Sitemaps and sizes -----------------------------------------------------------------------------------------------


def sitemap(**dates: object) -> bytes:
    urls = "".join(f"<url><loc>/{path}</loc><lastmod>{date}</lastmod></url>" for path, date in dates.items())
    return f"<urlset>{urls}</urlset>".encode()


def test_of_a_sitemap_the_news_are_requested(site: LoopbackSite) -> None:
    now = timezone.now()
    site.pages["/map"] = sitemap(
        a=now.isoformat(), b=(now - timedelta(days=2)).isoformat(), c=(now - timedelta(days=4)).isoformat(), d=""
    )
    feed = add_feed(url=site.url("/map"))
    poll(feed)
    assert requested_paths(site) == ["/a", "/b"]
    assert feed.kind == FeedKind.SITEMAP


def test_of_an_index_the_newest_sitemaps_are_read(site: LoopbackSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "MAX_SITEMAPS", 2)
    today = timezone.now().isoformat()
    maps = "".join(
        f"<sitemap><loc>/{number}.xml</loc><lastmod>2026-11-0{number}</lastmod></sitemap>" for number in (1, 3, 2)
    )
    site.pages |= {
        "/index": f"<sitemapindex>{maps}</sitemapindex>".encode(),
        "/1.xml": sitemap(one=today),
        "/2.xml": sitemap(two=today),
        "/3.xml": b"not a sitemap",
    }
    feed = add_feed(url=site.url("/index"))
    assert poll(feed).new == 1
    assert requested_paths(site) == ["/two"]
    assert feed.kind == FeedKind.SITEMAP_INDEX
    site.pages["/2.xml"] = b""
    assert "no such page" in poll(feed).failure


def test_a_poll_takes_so_many_and_the_next_one_the_others(site: LoopbackSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "MAX_NEW_ARTICLES", 3)
    paths = [f"/{number}" for number in range(5)]
    site.pages["/feed"] = lambda exchange: exchange.send(body=rss(*paths), ETag='"1"')
    feed = add_feed(url=site.url("/feed"))
    assert poll(feed).new == 3
    assert (feed.etag, feed.next_poll_at - timezone.now() < timedelta(minutes=11)) == ("", True)
    assert poll(feed).new == 2
    assert feed.etag == '"1"'
    assert sorted(requested_paths(site)) == paths


@pytest.mark.parametrize("count", [1, 30])
def test_statements_do_not_grow_with_what_is_known(
    site: LoopbackSite, count: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    site.pages["/feed"] = rss(*(f"/{number}" for number in range(count)))
    feed = add_feed(url=site.url("/feed"))
    poll(feed)
    with django_assert_max_num_queries(16):
        poll(feed)
