"""Feeds in the admin: added, changed, paused, polled, imported and exported."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.articles.feeds import read_opml
from claims.models import Feed, FeedState
from claims.services.feeds.feed_list import add_feed
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]

URL = "https://example.org/feed.xml"
LIST, ADD, IMPORT = (reverse(f"admin:claims_feed_{page}") for page in ("changelist", "add", "import"))


def feed_page(feed: Feed) -> str:
    return reverse("admin:claims_feed_change", args=[feed.pk])


def run_step(client: Client, feed: Feed, name: str) -> str:
    response = client.post(reverse("admin:claims_feed_step", args=[feed.pk, name]), follow=True)
    feed.refresh_from_db()
    return " ".join(str(message) for message in response.context["messages"])


def test_a_feed_is_added(client: Client, editor: User) -> None:
    topic = make.TopicFactory()
    data = {"url": URL, "publisher": " The  Post ", "language": "EN-gb", "topic": topic.pk}
    assert client.post(ADD, data).status_code == 302
    feed = Feed.objects.get()
    assert (feed.url, feed.publisher, feed.language, feed.topic) == (URL, "The Post", "en-GB", topic)
    assert (feed.state, feed.added_by) == (FeedState.ACTIVE, editor)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/", "must be an HTTP or HTTPS URL"),
        ("https://user:secret@example.org/", "must not contain a user name or password"),
        ("http://www.example.org/feed.xml?utm_source=x", "the address of the feed “The Post” already"),
        ("", "This field is required"),
    ],
)
def test_an_address_that_cannot_be_added_is_refused_at_its_field(client: Client, url: str, message: str) -> None:
    add_feed(url=URL, title="The Post")
    response = client.post(ADD, {"url": url})
    assert message in str(response.context["adminform"].form.errors["url"])
    assert Feed.objects.count() == 1


def test_a_changed_address_is_read_anew(client: Client) -> None:
    feed = add_feed(url=URL, title="The Post")
    Feed.objects.update(etag='"1"', kind="rss", failures=2, reason="no such page", next_poll_at="2030-01-01T00:00Z")
    assert client.post(feed_page(feed), {"url": URL, "title": "Post"}).status_code == 302
    feed.refresh_from_db()
    assert (feed.title, feed.etag, feed.failures) == ("Post", '"1"', 2)
    assert client.post(feed_page(feed), {"url": f"{URL}?all", "title": "Post"}).status_code == 302
    feed.refresh_from_db()
    assert (feed.etag, feed.kind, feed.failures, feed.reason) == ("", "", 0, "")
    assert feed.next_poll_at <= timezone.now()


def test_the_list_says_how_each_feed_does(client: Client) -> None:
    feed = add_feed(url=URL, title="The <Post>")
    Feed.objects.update(failures=3, reason="the site has no such page (404)", last_polled_at=timezone.now())
    content = client.get(LIST).content.decode()
    assert "The &lt;Post&gt;" in content
    assert "The site has no such page (404)" in content
    assert "3 polls in a row failed" in content
    assert "Failing" in content
    for state, count in (("failing", 1), ("active", 1), ("paused", 0), ("ended", 0), ("nonsense", 1)):
        assert client.get(LIST, {"state": state}).context["cl"].result_count == count, state
    assert "The site has no such page (404)" in client.get(feed_page(feed)).content.decode()


def test_a_feed_is_polled_paused_and_resumed(client: Client) -> None:
    feed = add_feed(url=URL)
    Feed.objects.update(next_poll_at="2030-01-01T00:00Z")
    assert "polled within a minute" in run_step(client, feed, "poll")
    assert feed.next_poll_at <= timezone.now()
    assert "is paused" in run_step(client, feed, "pause")
    assert feed.state == FeedState.PAUSED
    assert "is paused. Resume it first" in run_step(client, feed, "poll")
    assert "active again" in run_step(client, feed, "resume")
    assert feed.state == FeedState.ACTIVE


def test_several_feeds_are_paused_at_once(client: Client) -> None:
    feeds = [add_feed(url=f"{URL}?{number}") for number in range(3)]
    data = {"action": "pause_chosen", "_selected_action": [feed.pk for feed in feeds[:2]]}
    client.post(LIST, data)
    assert Feed.objects.filter(state=FeedState.PAUSED).count() == 2


def test_a_feed_is_removed(client: Client) -> None:
    feed = add_feed(url=URL)
    client.post(reverse("admin:claims_feed_delete", args=[feed.pk]), {"post": "yes"})
    assert not Feed.objects.exists()


OPML = b"""<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/rss"/>
<outline text="Post" xmlUrl="https://example.org/feed.xml"/><outline xmlUrl="https://b..example/"/></body></opml>"""


def upload(client: Client, content: bytes) -> str:
    response = client.post(IMPORT, {"file": SimpleUploadedFile("feeds.opml", content)}, follow=True)
    return response.content.decode()


def test_a_list_of_feeds_is_imported_and_exported(client: Client) -> None:
    add_feed(url=URL, title="Post")
    content = upload(client, OPML)
    assert "1 feed added. Listed already: 1." in content
    assert "Not added: https://b..example/" in content
    response = client.get(reverse("admin:claims_feed_opml"))
    assert response["Content-Disposition"] == 'attachment; filename="feeds.opml"'
    assert [feed.title for feed in read_opml(response.content)] == ["A", "Post"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"<rss/>", "The file is not OPML"), (b"", "empty"), (b" " * 2_000_001, "larger than 2 MB")],
)
def test_other_files_are_refused(client: Client, content: bytes, message: str) -> None:
    assert message in upload(client, content)
    assert not Feed.objects.exists()


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_takes_as_many_queries_for_more_feeds(
    client: Client, count: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(count):
        add_feed(url=f"{URL}?{number}")
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]  # a context manager
        client.get(LIST)
