"""Feeds: added, paused, resumed and removed by editors, one by one or from a list in OPML."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from claims.articles import ArticleValueError, parse_url
from claims.articles.feeds import FeedError, ListedFeed, read_opml, write_opml
from claims.articles.fetching import FetchError, host_of
from claims.models import Feed, FeedKind, FeedState, Topic
from claims.services.errors import RefusedError
from claims.services.feeds.review_feeds import is_factbase
from claims.services.transitions import change_state

MAX_FEEDS = 5_000


@dataclass(frozen=True, slots=True)
class FeedImport:
    """What became of a list of feeds: how many were added, how many were there already, and which were refused."""

    added: int
    known: int
    refused: tuple[str, ...]


@transaction.atomic
def add_feed(
    *,
    url: str,
    editor: User | None = None,
    title: str = "",
    publisher: str = "",
    language: str = "",
    topic: Topic | None = None,
) -> Feed:
    """Add a feed, to be polled at once. Raises RefusedError for an invalid address, and for that of another feed."""
    url = clean_feed_url(url)
    if Feed.objects.count() >= MAX_FEEDS:
        raise RefusedError(f"There are {MAX_FEEDS:,} feeds already. Remove one first.")
    kind = FeedKind.FACTBASE if is_factbase(url) else ""
    return Feed.objects.create(
        kind=kind, url=url, added_by=editor, title=title, publisher=publisher, language=language, topic=topic
    )


def clean_feed_url(url: str, *, feed: Feed | None = None) -> str:
    """The address of a feed as it is stored. Raises RefusedError as `add_feed` does."""
    try:
        url = parse_url(url)
        host_of(url)
    except ArticleValueError as error:
        raise RefusedError(str(error)) from error
    except FetchError as error:
        raise RefusedError(f"This cannot be fetched: {error.reason}.") from error
    if (other := Feed.objects.of_address(url).first()) and other != feed:
        raise RefusedError(f"This is the address of the feed “{other}” already.")
    return url


@transaction.atomic
def pause_feed(*, feed: Feed) -> Feed:
    """Stop polling a feed until it is resumed. Raises RefusedError if it is not active."""
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    change_state(feed, FeedState.PAUSED)
    feed.save()
    return feed


@transaction.atomic
def resume_feed(*, feed: Feed) -> Feed:
    """Poll a paused or ended feed again, at once. Raises RefusedError if it is active."""
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    change_state(feed, FeedState.ACTIVE)
    feed.next_poll_at, feed.failures, feed.reason = timezone.now(), 0, ""
    feed.save()
    return feed


@transaction.atomic
def poll_soon(*, feed: Feed) -> Feed:
    """Have a worker poll an active feed as soon as one is free. Raises RefusedError if it is not active."""
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    if feed.state != FeedState.ACTIVE:
        raise RefusedError(f"“{feed}” is {feed.get_state_display().lower()}. Resume it first.")
    feed.next_poll_at = timezone.now()
    feed.save(update_fields=["next_poll_at"])
    return feed


def start_anew(feed: Feed) -> None:
    """Forget, without storing it, what was read from a feed whose address changes."""
    feed.etag = feed.last_modified = feed.cursor = ""
    feed.kind = FeedKind.FACTBASE if is_factbase(feed.url) else ""
    if feed.state == FeedState.ACTIVE:
        feed.next_poll_at, feed.failures, feed.reason = timezone.now(), 0, ""


def remove_feed(*, feed: Feed) -> None:
    """Forget a feed. Its articles stay."""
    feed.delete()


def import_feeds(*, opml: bytes, editor: User | None = None) -> FeedImport:
    """Add the feeds that an OPML file lists. Raises RefusedError if it cannot be read."""
    try:
        listed = read_opml(opml)
    except FeedError as error:
        raise RefusedError(f"{capfirst(str(error))}.") from error
    added, known, refused = 0, 0, []
    with transaction.atomic():
        for item in listed:
            if Feed.objects.of_address(item.url).exists():
                known += 1
                continue
            try:
                add_feed(url=item.url, title=item.title, editor=editor)
                added += 1
            except RefusedError as error:
                refused.append(f"{item.url}: {error}")
    return FeedImport(added, known, tuple(refused))


def export_feeds() -> bytes:
    """All feeds as an OPML file."""
    feeds = Feed.objects.order_by("title", "pk").values_list("url", "title")
    return write_opml((ListedFeed(url=url, title=title) for url, title in feeds), title="Feeds of factbase")
