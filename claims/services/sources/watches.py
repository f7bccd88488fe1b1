"""Watches sources whose quotes were accepted: their pages are read again after an hour, a day, a week and a month.

A changed text becomes another snapshot, by a delivery; the quotes are carried over and editors are told, as for any
other article that is read again. A check may be repeated, and its process may die at any moment.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.addresses import page_key
from claims.articles import RawContent
from claims.articles.fetching import (
    FetchedPage,
    FetchError,
    GoneError,
    HostBusyError,
    NotModified,
    StatusError,
    Validators,
)
from claims.models import DeliveryOrigin, Quote, QuoteDecision, Source, SourceKind, Watch
from claims.models.watch import MAX_WATCH_REASON
from claims.services.ingestion.deliveries import request_delivery
from claims.services.ingestion.site_requests import request_page
from claims.truncation import truncate

PAUSES = [timedelta(hours=1), timedelta(days=1), timedelta(days=6), timedelta(days=23)]  # before each check
LEASE = timedelta(minutes=5)  # longer than a check takes
RETRY_AFTER = timedelta(hours=6)
MAX_FAILURES = 3  # of a check, which is then left out
ACCEPTED_WITHIN = timedelta(days=2)  # what was accepted earlier is watched already, or was when nothing was watched
NOT_FOUND = 404


@transaction.atomic
def start_watches() -> int:
    """Watch the sources of newly accepted quotes. Returns how many were not watched yet."""
    now = timezone.now()
    accepted = Quote.objects.filter(decided_at__gte=now - ACCEPTED_WITHIN, decision=QuoteDecision.ACCEPTED)
    sources = (
        Source.objects.filter(pk__in=accepted.values("snapshot__source"), kind=SourceKind.ARTICLE, merged_into=None)
        .exclude(page_key="")
        .filter(~Exists(Watch.objects.filter(source=OuterRef("pk"))))
    )
    watches = [Watch(source=source, next_check_at=now + PAUSES[0]) for source in sources.only("pk")]
    return len(Watch.objects.bulk_create(watches, ignore_conflicts=True))


def check_due_sources() -> Iterator[Watch]:
    """Read again the page of every source that is due, each in its turn."""
    while pk := Watch.objects.due(timezone.now()).values_list("pk", flat=True).first():
        if watch := check_source(pk):
            yield watch


def check_source(pk: int) -> Watch | None:
    """Read the page of a watched source again, if that is due. None if it is not, or the site is busy."""
    watch = _take(pk)
    if watch is None:
        return None
    try:
        page = request_page(
            watch.source.url,
            obey_robots=True,
            validators=Validators(etag=watch.etag, last_modified=watch.last_modified),
        )
    except HostBusyError as error:
        Watch.objects.filter(pk=pk).update(next_check_at=error.retry_at or timezone.now() + LEASE)
        return None
    except FetchError as error:
        return _record_failure(pk, error)
    return _record(pk, page)


@transaction.atomic
def _take(pk: int) -> Watch | None:
    watches = Watch.objects.due(timezone.now()).select_for_update(skip_locked=True, of=("self",))
    watch: Watch | None = watches.filter(pk=pk).select_related("source").first()
    if watch is not None:
        Watch.objects.filter(pk=pk).update(next_check_at=timezone.now() + LEASE)
    return watch


@transaction.atomic
def _record(pk: int, page: FetchedPage | NotModified) -> Watch:
    """Request the text of a page that may have changed, and decide when to check again."""
    watch = Watch.objects.select_for_update(of=("self",)).select_related("source").get(pk=pk)
    if isinstance(page, FetchedPage):
        if _leads_elsewhere(page, watch.source):
            return _put_off(watch, gone=True, reason=f"The address leads to another page: {page.url}")
        watch.etag, watch.last_modified = page.validators.etag, page.validators.last_modified
        request_delivery(
            url=watch.source.url,
            content=RawContent(page.body, page.content_type),
            metadata={"url": watch.source.url},  # whatever the page calls itself by now
            origin=DeliveryOrigin.WATCH,
        )
    return _put_off(watch)


@transaction.atomic
def _record_failure(pk: int, error: FetchError) -> Watch:
    watch = Watch.objects.select_for_update(of=("self",)).select_related("source").get(pk=pk)
    is_gone = isinstance(error, GoneError) or (isinstance(error, StatusError) and error.status == NOT_FOUND)
    if not is_gone and error.retryable and watch.failures + 1 < MAX_FAILURES:
        now = timezone.now()
        watch.failures += 1
        watch.reason = truncate(error.reason, MAX_WATCH_REASON)
        watch.next_check_at = max(now + RETRY_AFTER, error.retry_at or now)
        watch.save()
        return watch
    return _put_off(watch, gone=is_gone, reason=error.reason)


def _put_off(watch: Watch, *, gone: bool = False, reason: str = "") -> Watch:
    """The check is done: note what it showed, and when the next one is due."""
    now = timezone.now()
    watch.checks += 1
    watch.last_checked_at, watch.failures = now, 0
    watch.reason = truncate(reason, MAX_WATCH_REASON)
    watch.gone_at = (watch.gone_at or now) if gone else None
    watch.next_check_at = _next_check(watch.checks, now)
    watch.save()
    return watch


def _next_check(checks: int, now: datetime) -> datetime | None:
    return now + PAUSES[checks] if checks < len(PAUSES) else None


def _leads_elsewhere(page: FetchedPage, source: Source) -> bool:
    """Whether the site sends readers of the page to its front page, as many do with what they took down."""
    return page_key(page.url) != source.page_key and urlsplit(page.url).path in {"", "/"}
