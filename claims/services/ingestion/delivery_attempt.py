"""One attempt at a delivery: takes it under a lease, reads, extracts, and stores the article with the final state."""

import dataclasses
import logging
import os
import platform
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from django import db
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.addresses import page_key
from claims.articles import Article, ArticleError, ArticleWarning, RawContent, WarningCode, read_content
from claims.articles.fetching import BadAnswerError, FetchError, HostBusyError, NotModified, StatusError
from claims.database.connections.outages import OutageError, find_outage
from claims.extraction import ModelError
from claims.models import Delivery, DeliveryOrigin, DeliveryProblem, DeliveryState
from claims.models.delivery import DONE_STATES, MAX_DELIVERY_REASON
from claims.services.claims.claim_proposals import add_topic_to_proposals
from claims.services.ingestion import delivery_lease
from claims.services.ingestion.delivery_queue import enqueue
from claims.services.ingestion.ingest import (
    IngestOutcome,
    IngestResult,
    PreparedArticle,
    prepare_article,
    store_article,
)
from claims.services.ingestion.site_requests import request_page
from claims.services.transitions import change_state
from claims.truncation import truncate

BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480)]  # after each failed attempt but the last
MAX_ATTEMPTS = len(BACK_OFF) + 1
MAX_RETRY_AFTER = timedelta(days=1)
NOT_FOUND = 404
UNASKED_ORIGINS = (DeliveryOrigin.FEED, DeliveryOrigin.WATCH)  # robots.txt is for these
# Of fields that JSON has no type for.
PARSERS: dict[str, Callable[[Any], Any]] = {
    "published": date.fromisoformat,
    "published_at": datetime.fromisoformat,
    "suggested_published": date.fromisoformat,
    "authors": tuple,
}

logger = logging.getLogger("claims.deliveries")


class LeaseLostError(Exception):
    """The lease ended before the attempt, and another worker has taken the delivery."""


def start_attempt(pk: int, *, at_once: bool = False) -> "DeliveryAttempt | None":
    """Take the delivery under a lease; None if it is not due, or another worker has it."""
    now = timezone.now()
    with transaction.atomic():
        deliveries = Delivery.objects.filter(pk=pk)
        due = deliveries.due(now)
        if at_once:
            due |= deliveries.filter(state=DeliveryState.WAITING)
        delivery = due.select_for_update(skip_locked=True, of=("self",)).first()
        if delivery is None:
            return None
        if delivery.state == DeliveryState.WAITING:
            change_state(delivery, DeliveryState.WORKING)
        elif delivery.attempts >= MAX_ATTEMPTS:
            reason = f"The worker ended {delivery.attempts} times before it was done."
            delivery.problem, delivery.reason = DeliveryProblem.INTERRUPTED, reason
            _end(delivery, DeliveryState.GIVEN_UP)
            return None
        delivery.attempts += 1
        delivery.next_at, delivery.leased_until = None, now + delivery_lease.LEASE
        delivery.worker = f"{platform.node()[:60]} {os.getpid()} {secrets.token_hex(6)}"
        delivery.save()
    return DeliveryAttempt(delivery)


class DeliveryAttempt:
    """Holds a delivery for as long as its `with` block lasts, and releases it however that ends."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        """Writes down why the attempt failed. Passes on what says nothing about this article."""
        match error:
            case None:
                pass
            case ModelError() | db.Error():
                self._release()
                return False
            case OSError() if outage := find_outage(error):  # the disk is full: the article is not to blame
                self._release()
                raise OutageError(outage) from error
            case LeaseLostError():
                logger.warning("delivery %d: the attempt took longer than its lease", self.delivery.pk)
            case ArticleError():
                self._fail(DeliveryProblem.UNREADABLE, error.reason, retryable=False)
            case HostBusyError():
                self._release(until=error.retry_at)
            case FetchError():
                is_gone = isinstance(error, StatusError) and error.status == NOT_FOUND
                problem = DeliveryProblem.GONE if is_gone else DeliveryProblem(error.problem)
                self._fail(problem, error.reason, retryable=error.retryable, retry_at=error.retry_at)
            case Exception():  # one article must not end the worker that works on all of them
                logger.error("delivery %d failed", self.delivery.pk, exc_info=error)
                self._fail(DeliveryProblem.ERROR, f"{type(error).__name__}: {error}")
            case _:  # the worker is told to stop
                self._release()
                return False
        return True

    def run(self) -> None:
        """Read, extract and store. Raises ArticleError and FetchError, of which the `with` block takes note."""
        prepared = prepare_article(self._read())
        with transaction.atomic():
            delivery = self._lock()
            if isinstance(prepared, PreparedArticle):
                result = store_article(prepared, editor=delivery.requested_by)
                if delivery.feed and delivery.feed.topic:
                    add_topic_to_proposals(snapshot=result.snapshot, topic=delivery.feed.topic)
            else:
                result = prepared
            delivery.fetched_url = self.delivery.fetched_url
            delivery.source, delivery.snapshot, delivery.quote_count = result.source, result.snapshot, result.quotes
            _end(delivery, _final_state(delivery, result))

    def _read(self) -> Article:
        """The article as it was handed in, else that of its page, else the one in its feed."""
        delivery = self.delivery
        if delivery.content is not None:
            return self._read_content(RawContent(delivery.content.body, delivery.content.media_type), delivery.url)
        try:
            return self._fetch()
        except (FetchError, ArticleError) as error:
            if delivery.fallback is None or not self._is_final(error):
                raise
            reason = error.reason
        article = self._read_content(RawContent(delivery.fallback.body, delivery.fallback.media_type), delivery.url)
        message = f"This is the text of the feed, because the page could not be read: {reason}."
        warning = ArticleWarning(WarningCode.TEXT_OF_FEED, message)
        return dataclasses.replace(article, warnings=(*article.warnings, warning))

    def _fetch(self) -> Article:
        delivery = self.delivery
        page = request_page(delivery.url, obey_robots=delivery.origin in UNASKED_ORIGINS)
        if isinstance(page, NotModified):
            raise BadAnswerError(delivery.url, "the site says that the page has not changed, which nobody asked")
        delivery.fetched_url = page.url
        # A redirect that is not permanent keeps the address, unless it leads to another site, as short links do.
        address = page.permanent_url if _is_same_site(page.permanent_url, page.url) else page.url
        return self._read_content(RawContent(page.body, page.content_type), address)

    def _read_content(self, content: RawContent, address: str) -> Article:
        delivery = self.delivery
        name = delivery.url or f"delivery {delivery.pk}"
        article = read_content(name, content, limit=settings.FACTBASE_MAX_ARTICLE_BYTES)
        if address and not _is_same_site(article.url, address):
            article = dataclasses.replace(article, url=address)
        return _complete(article, delivery)

    def _is_final(self, error: FetchError | ArticleError) -> bool:
        """Whether no later attempt can read the page."""
        if isinstance(error, FetchError) and error.retryable:
            return not isinstance(error, HostBusyError) and self.delivery.attempts >= MAX_ATTEMPTS
        return True

    def _lock(self) -> Delivery:
        """The delivery as it is stored, locked. Raises LeaseLostError if another worker has it."""
        delivery = Delivery.objects.select_for_update().get(pk=self.delivery.pk)
        if delivery.state != DeliveryState.WORKING or delivery.worker != self.delivery.worker:
            raise LeaseLostError
        return delivery

    def _fail(
        self, problem: DeliveryProblem, reason: str, *, retryable: bool = True, retry_at: datetime | None = None
    ) -> None:
        with suppress(LeaseLostError), transaction.atomic():
            delivery = self._lock()
            delivery.problem, delivery.reason = problem, truncate(reason, MAX_DELIVERY_REASON)
            if not retryable:
                _end(delivery, DeliveryState.REFUSED)
            elif delivery.attempts >= MAX_ATTEMPTS:
                _end(delivery, DeliveryState.GIVEN_UP)
            else:
                now = timezone.now()
                asked_for = min(retry_at or now, now + MAX_RETRY_AFTER)
                _put_off(delivery, max(now + BACK_OFF[delivery.attempts - 1], asked_for))
                enqueue(delivery)

    def _release(self, *, until: datetime | None = None) -> None:
        """Let another worker take the delivery, at once or later; the attempt does not count."""
        with suppress(LeaseLostError):
            with transaction.atomic():
                delivery = self._lock()
                delivery.attempts -= 1
                _put_off(delivery, until or timezone.now())
            enqueue(delivery)  # if this fails, `enqueue_due` makes up for it


def _put_off(delivery: Delivery, until: datetime) -> None:
    change_state(delivery, DeliveryState.WAITING)
    delivery.next_at, delivery.leased_until, delivery.worker = until, None, ""
    delivery.save()


def _end(delivery: Delivery, state: DeliveryState) -> None:
    change_state(delivery, state)
    delivery.finished_at, delivery.leased_until, delivery.worker = timezone.now(), None, ""
    if state in DONE_STATES:
        delivery.problem = delivery.reason = ""
    delivery.save()


def _final_state(delivery: Delivery, result: IngestResult) -> DeliveryState:
    if result.outcome is not IngestOutcome.UNCHANGED:
        return DeliveryState.STORED
    addresses = {page_key(url) for url in (delivery.url, delivery.fetched_url) if url}
    is_known = not addresses or page_key(result.source.url) in addresses
    return DeliveryState.UNCHANGED if is_known else DeliveryState.DUPLICATE


def _is_same_site(url: str, page: str) -> bool:
    """Whether a page may say that this is its address: another site's could be anybody's article."""
    first, second = sorted(f"{page_key(address).partition(')')[0]}," for address in (url, page))
    return first != "," and second.startswith(first)


def _complete(article: Article, delivery: Delivery) -> Article:
    """The article with what was said of it when it was asked for."""
    known = {name: value for name, value in delivery.defaults.items() if not getattr(article, name)}
    fields: dict[str, Any] = known | delivery.metadata
    for name, parse in PARSERS.items():
        if name in fields:
            fields[name] = parse(fields[name])
    return dataclasses.replace(article, **fields)
