"""Polls feeds: whatever they list that is not known yet is requested as a delivery.

A poll may be repeated, and its process may die at any moment: what it requested is stored together with the feed's new
state. Feeds with news are polled more often, those without less often.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape

from django.db import transaction
from django.utils import timezone

from claims.addresses import page_key
from claims.articles import ArticleFields, RawContent
from claims.articles.feeds import FeedEntry, FeedError, FeedFormat, ParsedFeed, find_feeds, parse_feed
from claims.articles.fetching import FEEDS, FetchedPage, FetchError, GoneError, HostBusyError, NotModified, Validators
from claims.models import DeliveryOrigin, Feed, FeedKind, FeedState
from claims.models.feed import MAX_FEED_REASON, MAX_INTERVAL_MINUTES, MIN_INTERVAL_MINUTES, feed_key
from claims.services.feeds.review_feeds import REVIEW_KINDS, FollowedReviews, follow_reviews, lists_reviews
from claims.services.ingestion.deliveries import known_addresses, request_delivery
from claims.services.ingestion.site_requests import request_page
from claims.services.transitions import change_state
from claims.truncation import truncate

LEASE = timedelta(minutes=15)  # longer than a poll takes, with the sitemaps of an index
SITEMAPS = (FeedFormat.SITEMAP, FeedFormat.SITEMAP_INDEX)
MAX_NEW_ARTICLES = 200  # of a poll; the next one takes the others
MAX_ENTRIES = 2_000  # of a feed, the newest
MAX_SITEMAPS = 5  # of an index, in a poll
NEWS_AGE = timedelta(days=3)  # of what a sitemap lists: it may list everything that a site ever published
FIRST_RETRY = timedelta(minutes=30)  # after a failure; twice that after the next one, and so on
MIN_FULL_TEXT = 600  # characters of an entry's text that are worth more than nothing if its page cannot be read
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class PollResult:
    """What a poll did: how many articles it requested, or why it failed."""

    feed: Feed
    new: int = 0
    failure: str = ""


def poll_due_feeds() -> Iterator[PollResult]:
    """Poll every feed that is due, each in its turn."""
    while pk := Feed.objects.due(timezone.now()).order_by("next_poll_at", "pk").values_list("pk", flat=True).first():
        if result := poll_feed(pk):
            yield result


def poll_feed(pk: int, *, at_once: bool = False) -> PollResult | None:
    """Poll an active feed that is due (or any active one: `at_once`). None if it is not, or its site is busy."""
    feed = _take(pk, at_once=at_once)
    if feed is None:
        return None
    try:
        if feed.kind in REVIEW_KINDS:
            return _record_reviews(pk, follow_reviews(feed))
        page, parsed = _fetch(feed)
        if isinstance(parsed, FeedKind):
            return _record_reviews(pk, follow_reviews(feed))
        entries = _read_sitemaps(parsed) if parsed and parsed.sitemaps else list(parsed.entries if parsed else ())
    except HostBusyError as error:
        Feed.objects.filter(pk=pk).update(next_poll_at=error.retry_at or timezone.now() + FIRST_RETRY)
        return None
    except (FetchError, FeedError) as error:
        return record_failure(pk, error)
    return _record(pk, page, parsed, entries)


@transaction.atomic
def record_failure(pk: int, error: FetchError | FeedError) -> PollResult:
    """Put the next poll off, the longer the more polls failed. A feed that is gone for good has ended."""
    feed = Feed.objects.select_for_update().get(pk=pk)
    now = timezone.now()
    reason = error.reason if isinstance(error, FetchError) else str(error)
    feed.last_polled_at, feed.reason, feed.last_new = now, truncate(reason, MAX_FEED_REASON), 0
    feed.failures = min(feed.failures + 1, 1_000)
    pause = min(FIRST_RETRY * 2 ** min(feed.failures - 1, 10), timedelta(minutes=MAX_INTERVAL_MINUTES))
    asked_for = error.retry_at if isinstance(error, FetchError) else None
    feed.next_poll_at = max(now + pause, asked_for or now)
    if isinstance(error, GoneError) and feed.state == FeedState.ACTIVE:
        change_state(feed, FeedState.ENDED)
    feed.save()
    return PollResult(feed, failure=feed.reason)


@transaction.atomic
def _take(pk: int, *, at_once: bool) -> Feed | None:
    now = timezone.now()
    feeds = Feed.objects.filter(state=FeedState.ACTIVE) if at_once else Feed.objects.due(now)
    feed = feeds.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if feed is not None:
        feed.next_poll_at = now + LEASE
        feed.save(update_fields=["next_poll_at"])
    return feed


def _fetch(feed: Feed) -> tuple[FetchedPage | NotModified, ParsedFeed | FeedKind | None]:
    """What the site sent, and the feed in it unless it has not changed; only its kind if that is no feed of articles.

    Where an editor gave the address of a web page, that is the feed that the page names.
    """
    # Of an index, what it lists changes, and not itself.
    validators = Validators(etag=feed.etag, last_modified=feed.last_modified)
    page = request_page(
        feed.url,
        obey_robots=True,
        accept=FEEDS,
        validators=validators if feed.kind != FeedKind.SITEMAP_INDEX else None,
    )
    if isinstance(page, NotModified):
        return page, None
    try:
        return page, parse_feed(page.body, url=page.url, content_type=page.content_type)
    except FeedError:
        if not feed.kind and lists_reviews(page.body):
            return page, FeedKind.CLAIM_REVIEWS
        feeds = [] if feed.kind else find_feeds(page.body, page.url)
        if not feeds:
            raise
    page = request_page(feeds[0], obey_robots=True, accept=FEEDS, validators=None)
    if isinstance(page, NotModified):
        raise FeedError("the site did not send the feed that its page names")
    return page, parse_feed(page.body, url=page.url, content_type=page.content_type)


def _read_sitemaps(index: ParsedFeed) -> list[FeedEntry]:
    """What the newest sitemaps of an index list. Raises the error of the last one if none can be read."""
    entries: list[FeedEntry] = []
    failure: FetchError | FeedError | None = None
    read_count = 0
    for url in index.sitemaps[:MAX_SITEMAPS]:
        try:
            page = request_page(url, obey_robots=True, accept=FEEDS)
            if isinstance(page, FetchedPage):
                entries += parse_feed(page.body, url=page.url, content_type=page.content_type).entries
                read_count += 1
        except (FetchError, FeedError) as error:
            failure = error
    if failure and not read_count:
        raise failure
    return entries


@transaction.atomic
def _record(
    pk: int, page: FetchedPage | NotModified, parsed: ParsedFeed | None, entries: list[FeedEntry]
) -> PollResult:
    """Request what is new, and decide when to poll next."""
    feed = Feed.objects.select_for_update().get(pk=pk)
    feed.last_polled_at, feed.failures, feed.reason = timezone.now(), 0, ""
    new = _find_new(entries, is_sitemap=parsed is not None and parsed.format in SITEMAPS)
    for entry in new[:MAX_NEW_ARTICLES]:
        _request(entry, feed)
    feed.last_new = min(len(new), MAX_NEW_ARTICLES)
    shortest = max(MIN_INTERVAL_MINUTES, parsed.minutes_between_polls if parsed else 0)
    interval = feed.interval_minutes * 2 // 3 if new else feed.interval_minutes * 3 // 2
    feed.interval_minutes = min(max(interval, shortest), MAX_INTERVAL_MINUTES)
    is_complete = len(new) <= MAX_NEW_ARTICLES
    minutes = feed.interval_minutes if is_complete else MIN_INTERVAL_MINUTES
    feed.next_poll_at = feed.last_polled_at + timedelta(minutes=minutes)
    if parsed is not None and isinstance(page, FetchedPage):
        feed.kind = FeedKind(parsed.format)
        feed.title = feed.title or parsed.title
        validators = page.validators if is_complete else Validators()
        feed.etag, feed.last_modified = validators.etag, validators.last_modified
        if parsed.has_ended:
            _end(feed, "the feed says that nothing new will come")
    _move(feed, page.permanent_url)
    feed.save()
    return PollResult(feed, new=feed.last_new)


@transaction.atomic
def _record_reviews(pk: int, followed: FollowedReviews) -> PollResult:
    """Note where the next poll goes on, and decide when that is."""
    feed = Feed.objects.select_for_update().get(pk=pk)
    feed.last_polled_at, feed.failures, feed.reason = timezone.now(), 0, followed.reason
    feed.kind, feed.cursor, feed.last_new = followed.kind, followed.cursor, followed.new
    feed.etag, feed.last_modified = followed.validators.etag, followed.validators.last_modified
    interval = feed.interval_minutes * 2 // 3 if followed.new else feed.interval_minutes * 3 // 2
    feed.interval_minutes = min(max(interval, MIN_INTERVAL_MINUTES), MAX_INTERVAL_MINUTES)
    minutes = feed.interval_minutes if followed.is_complete else MIN_INTERVAL_MINUTES
    feed.next_poll_at = feed.last_polled_at + timedelta(minutes=minutes)
    feed.save()
    return PollResult(feed, new=followed.new)


def _find_new(entries: list[FeedEntry], *, is_sitemap: bool) -> list[FeedEntry]:
    """The entries that are not known, newest first; of a sitemap only the news."""
    since = timezone.now() - NEWS_AGE
    by_page: dict[str, FeedEntry] = {}
    for entry in entries:
        if not is_sitemap or (entry.published_at and entry.published_at >= since):
            by_page.setdefault(page_key(entry.url) or entry.url, entry)
    long_ago = datetime.min.replace(tzinfo=UTC)
    newest = sorted(by_page.values(), key=lambda entry: entry.published_at or long_ago, reverse=True)[:MAX_ENTRIES]
    known = known_addresses([entry.url for entry in newest])
    return [entry for entry in newest if entry.url not in known]


def _request(entry: FeedEntry, feed: Feed) -> None:
    defaults = ArticleFields(
        title=entry.title,
        authors=entry.authors,
        publisher=feed.publisher or entry.publisher,
        language=feed.language,
        published=entry.published_at.date() if entry.published_at else None,
    )
    request_delivery(
        url=entry.url, origin=DeliveryOrigin.FEED, feed=feed, defaults=defaults, fallback=_full_text(entry)
    )


def _full_text(entry: FeedEntry) -> RawContent | None:
    """The text of an entry as a page, for the case that its own page cannot be read."""
    if len(_TAG.sub("", entry.content_html)) < MIN_FULL_TEXT:
        return None
    title = escape(entry.title)
    body = f"<!DOCTYPE html><title>{title}</title><article><h1>{title}</h1>{entry.content_html}</article>"
    return RawContent(body.encode("utf-8", "replace"), "text/html; charset=utf-8")


def _move(feed: Feed, url: str) -> None:
    """Take the address that a permanent redirect leads to. A feed that moved to the address of another has ended."""
    if url == feed.url or (feed_key(url) == feed.page_key and url.startswith(feed.url.partition("://")[0] + "://")):
        return
    if other := Feed.objects.of_address(url).exclude(pk=feed.pk).first():
        _end(feed, f"it has moved to the address of the feed “{other}”")
    else:
        feed.url = url


def _end(feed: Feed, reason: str) -> None:
    if feed.state == FeedState.ACTIVE:
        change_state(feed, FeedState.ENDED)
        feed.reason = truncate(reason, MAX_FEED_REASON)
