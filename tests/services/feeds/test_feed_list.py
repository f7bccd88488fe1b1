import pytest

from claims.articles.feeds import read_opml
from claims.models import Delivery, DeliveryOrigin, Feed, FeedState
from claims.services.errors import RefusedError
from claims.services.feeds.feed_list import add_feed, export_feeds, import_feeds, pause_feed, remove_feed, resume_feed
from claims.services.ingestion.deliveries import request_delivery
from tests import factories as make

pytestmark = pytest.mark.django_db

URL = "https://example.org/feed.xml"


def test_a_feed_is_added_active_and_due() -> None:
    editor, topic = make.UserFactory(), make.TopicFactory()
    feed = add_feed(url=f" {URL} ", editor=editor, publisher="Example", language="en", topic=topic)
    assert (feed.url, feed.state, feed.added_by, feed.topic) == (URL, FeedState.ACTIVE, editor, topic)
    assert list(Feed.objects.due(feed.next_poll_at)) == [feed]


@pytest.mark.parametrize("url", [URL, "http://www.example.org/feed.xml/", f"{URL}?utm_source=x#top"])
def test_a_feed_is_added_once(url: str) -> None:
    add_feed(url=URL, title="Example")
    with pytest.raises(RefusedError, match="feed “Example” already"):
        add_feed(url=url)
    assert Feed.objects.count() == 1


def test_other_queries_are_other_feeds() -> None:
    add_feed(url="https://example.org/feed?topic=1")
    add_feed(url="https://example.org/feed?topic=2")
    assert Feed.objects.count() == 2


@pytest.mark.parametrize(
    "url", ["", "feed", "ftp://example.org/feed", "https://user:secret@example.org/feed", "https://exa_mple..org/"]
)
def test_an_address_that_cannot_be_fetched_is_refused(url: str) -> None:
    with pytest.raises(RefusedError) as error:
        add_feed(url=url)
    assert "secret" not in str(error.value)
    assert not Feed.objects.exists()


def test_a_feed_is_paused_and_resumed() -> None:
    feed = add_feed(url=URL)
    Feed.objects.update(failures=3, reason="the site has no such page (404)")
    assert pause_feed(feed=feed).state == FeedState.PAUSED
    with pytest.raises(RefusedError, match="is paused, not active"):
        pause_feed(feed=feed)
    resumed = resume_feed(feed=feed)
    assert (resumed.state, resumed.failures, resumed.reason) == (FeedState.ACTIVE, 0, "")
    with pytest.raises(RefusedError):
        resume_feed(feed=feed)


def test_the_articles_of_a_removed_feed_stay() -> None:
    feed = add_feed(url=URL)
    request_delivery(url="https://example.org/a", origin=DeliveryOrigin.FEED, feed=feed)
    remove_feed(feed=feed)
    assert Delivery.objects.get().feed is None


def test_a_list_of_feeds_is_imported_and_exported() -> None:
    add_feed(url=URL, title="Example")
    opml = b"""<opml version="2.0"><body><outline text="Again" xmlUrl="https://www.example.org/feed.xml"/>
    <outline text="Other" xmlUrl="https://other.example/rss"/><outline text="Bad" xmlUrl="https://a..example/rss"/>
    </body></opml>"""
    result = import_feeds(opml=opml)
    assert (result.added, result.known, len(result.refused)) == (1, 1, 1)
    assert [(feed.title, feed.url) for feed in read_opml(export_feeds())] == [
        ("Example", URL),
        ("Other", "https://other.example/rss"),
    ]
    assert import_feeds(opml=opml).added == 0


def test_a_file_that_is_no_list_of_feeds_is_refused() -> None:
    with pytest.raises(RefusedError, match="OPML"):
        import_feeds(opml=b"<rss/>")
