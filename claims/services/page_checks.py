"""Checks of pages: each is taken by one worker, may be repeated, and its process may die at any moment."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import TypeVar, cast
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from claims.addresses import page_key
from claims.articles.fetching import (
    FetchedPage,
    FetchError,
    GoneError,
    HostBusyError,
    NotModified,
    StatusError,
    Validators,
)
from claims.models.page_check import MAX_CHECK_REASON, PageCheck
from claims.services.ingestion.site_requests import request_page
from claims.truncation import truncate

Check = TypeVar("Check", bound=PageCheck)
Prepared = TypeVar("Prepared")

LEASE = timedelta(minutes=5)  # longer than a check takes
RETRY_AFTER = timedelta(hours=6)
MAX_FAILURES = 3  # of a check, which is then left out
NOT_FOUND = 404


def check_due_pages(model: type[Check], check: Callable[[int], Check | None]) -> Iterator[Check]:
    """Yield the outcome of every check that is due, each in its turn; `check` does the one with a primary key."""
    while pk := model.objects.due(timezone.now()).values_list("pk", flat=True).first():
        if done := check(pk):
            yield done


def check_page(
    model: type[Check],
    pk: int,
    *,
    url: Callable[[Check], str],
    pauses: Sequence[timedelta],
    prepare: Callable[[Check, FetchedPage], Prepared],
    record: Callable[[Check, Prepared], None],
    obey_robots: bool,
) -> Check | None:
    """Read a page again, if that is due. None if it is not, another worker has it, or the site is busy.

    `prepare` gets the page outside of any transaction, unless the site says that it has not changed; `record` stores
    what it returns, together with the outcome of the check. `pauses` are those before each check; the first is over.
    """
    check = _take(model, pk)
    if check is None:
        return None
    address = url(check)
    try:
        validators = Validators(etag=check.etag, last_modified=check.last_modified)
        page = request_page(address, obey_robots=obey_robots, validators=validators)
    except HostBusyError as error:
        model.objects.filter(pk=pk).update(next_check_at=error.retry_at or timezone.now() + LEASE)
        return None
    except FetchError as error:
        return _record_failure(model, pk, error, pauses)
    if isinstance(page, NotModified):
        return _record(model, pk, pauses)
    if _leads_elsewhere(page, address):
        return _record(model, pk, pauses, gone=True, reason=f"The address leads to another page: {page.url}")
    prepared = prepare(check, page)

    def record_page(locked: Check) -> None:
        locked.etag, locked.last_modified = page.validators.etag, page.validators.last_modified
        record(locked, prepared)

    return _record(model, pk, pauses, record_page)


@transaction.atomic
def _take(model: type[Check], pk: int) -> Check | None:
    checks = model.objects.due(timezone.now()).filter(pk=pk)
    check = cast("Check | None", checks.select_for_update(skip_locked=True, of=("self",)).first())
    if check is not None:
        model.objects.filter(pk=pk).update(next_check_at=timezone.now() + LEASE)
    return check


@transaction.atomic
def _record(
    model: type[Check],
    pk: int,
    pauses: Sequence[timedelta],
    record: Callable[[Check], None] | None = None,
    *,
    gone: bool = False,
    reason: str = "",
) -> Check:
    """The check is done: note what it showed, and when the next one is due."""
    now = timezone.now()
    check = cast("Check", model.objects.select_for_update(of=("self",)).get(pk=pk))
    if record:
        record(check)
    check.checks += 1
    check.last_checked_at, check.failures = now, 0
    check.reason = truncate(reason, MAX_CHECK_REASON)
    check.gone_at = (check.gone_at or now) if gone else None
    check.next_check_at = now + pauses[check.checks] if check.checks < len(pauses) else None
    check.save()
    return check


@transaction.atomic
def _record_failure(model: type[Check], pk: int, error: FetchError, pauses: Sequence[timedelta]) -> Check:
    check = cast("Check", model.objects.select_for_update(of=("self",)).get(pk=pk))
    is_gone = isinstance(error, GoneError) or (isinstance(error, StatusError) and error.status == NOT_FOUND)
    if is_gone or not error.retryable or check.failures + 1 >= MAX_FAILURES:
        return _record(model, pk, pauses, gone=is_gone, reason=error.reason)
    now = timezone.now()
    check.failures += 1
    check.reason = truncate(error.reason, MAX_CHECK_REASON)
    check.next_check_at = max(now + RETRY_AFTER, error.retry_at or now)
    check.save()
    return check


def _leads_elsewhere(page: FetchedPage, url: str) -> bool:
    """Whether the site sends readers of the page to its front page, as many do with what they took down."""
    return page_key(page.url) != page_key(url) and urlsplit(page.url).path in {"", "/"}
