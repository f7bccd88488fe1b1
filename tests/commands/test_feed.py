from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.models import Delivery, Feed, FeedState
from tests import factories as make
from tests.articles.fetching.loopback_site import LoopbackSite, loopback_allowed, site

__all__ = ["loopback_allowed", "site"]

pytestmark = [pytest.mark.usefixtures("loopback_allowed"), pytest.mark.django_db, pytest.mark.sqlite_suffices]
RSS = b"<rss version='2.0'><channel><title>News</title><item><link>/a</link></item></channel></rss>"


def run_feed(*arguments: str) -> str:
    output = StringIO()
    call_command("feed", *arguments, stdout=output, stderr=output)
    return output.getvalue()


def test_a_feed_is_added_and_polled(site: LoopbackSite) -> None:
    site.pages["/feed"] = RSS
    topic = make.TopicFactory()
    output = run_feed("add", site.url("/feed"), "--publisher", "Example", "--language", "EN", "--topic", topic.slug)
    assert output == f"  1 new  {site.url('/feed')}\nFeeds polled: 1. New articles on their way: 1.\n"
    feed = Feed.objects.get()
    assert (feed.publisher, feed.language, feed.topic, feed.title) == ("Example", "en", topic, "News")
    assert Delivery.objects.get().url == site.url("/a")


def test_a_failure_is_said_and_the_feed_kept(site: LoopbackSite) -> None:
    with pytest.raises(CommandError, match="1 of 1 feeds could not be polled"):
        run_feed("add", site.url("/missing"))
    assert "no such page (404)" in run_feed("list")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "ftp://example.org/"], "must be an HTTP or HTTPS URL"),
        (["add", "https://example.org/", "--topic", "nothing"], "no topic 'nothing'"),
        (["add", "https://example.org/", "--language", "english"], "BCP 47"),
        (["remove", "7"], "no feed '7'"),
        (["pause", "https://example.org/feed"], "no feed"),
        (["import", "/nowhere/feeds.opml"], "cannot be read"),
        ([], "required"),
        (["rename"], "invalid choice"),
    ],
)
def test_nonsense_is_refused(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run_feed(*arguments)
    assert not Feed.objects.exists()


def test_feeds_are_listed_paused_resumed_polled_and_removed(site: LoopbackSite) -> None:
    site.pages["/feed"] = RSS
    feed = Feed.objects.create(url=site.url("/feed"), title="News")
    assert f"{feed.pk:>5}  active  -" in run_feed("list")
    assert run_feed("pause", str(feed.pk)) == "paused News\n"
    with pytest.raises(CommandError, match="“News” is paused"):
        run_feed("poll", feed.url)
    assert "Feeds polled: 0" in run_feed("poll")
    assert run_feed("resume", feed.url) == "resumed News\n"
    assert "Feeds polled: 1. New articles on their way: 1." in run_feed("poll")
    assert "New articles on their way: 0." in run_feed("poll", str(feed.pk))
    feed.refresh_from_db()
    assert feed.state == FeedState.ACTIVE
    assert run_feed("remove", feed.url) == "removed News\n"
    assert run_feed("list") == ""


def test_lists_of_feeds_are_exchanged(tmp_path: Path) -> None:
    Feed.objects.create(url="https://example.org/feed", title="Новости")
    file = tmp_path / "feeds.opml"
    file.write_text(run_feed("export"), encoding="utf-8")
    Feed.objects.all().delete()
    assert run_feed("import", str(file)) == "Feeds: 1 added, 0 known, 0 refused.\n"
    assert run_feed("import", str(file)) == "Feeds: 0 added, 1 known, 0 refused.\n"
    assert Feed.objects.get().title == "Новости"
