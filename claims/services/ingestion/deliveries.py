"""Deliveries: how articles come in. Whatever asks for one calls `request_delivery`, and a worker `process_delivery`.

A delivery may be processed twice, and its worker may die at any moment: the article is stored together with the
delivery's final state, so it is stored once or not at all.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims import models
from claims.addresses import page_key
from claims.articles import ArticleFields, ArticleValueError, RawContent, parse_url
from claims.logs.request_id import current_request_id
from claims.models import Delivery, DeliveryOrigin, DeliveryState, Feed, ReaderKey, Source
from claims.services.errors import RefusedError
from claims.services.ingestion import delivery_attempt, delivery_queue
from claims.services.ingestion.delivery_lease import Heartbeat
from claims.services.transitions import change_state

FOREGROUND = timedelta(minutes=5)  # until a worker takes what a person wanted to process at once


def request_delivery(
    *,
    url: str = "",
    content: RawContent | None = None,
    metadata: ArticleFields | None = None,
    defaults: ArticleFields | None = None,
    origin: DeliveryOrigin,
    by: User | None = None,
    key: ReaderKey | None = None,
    feed: Feed | None = None,
    fallback: RawContent | None = None,
    in_foreground: bool = False,
) -> Delivery:
    """Ask for an article: the page at `url`, or `content`, as found at `url` if that is given.

    Does no work itself. While a request of the same article is open, returns that. `metadata` overrides what the
    article says, `defaults` fills what it leaves open. `fallback` is read if the page cannot be. `in_foreground` tells
    workers that the caller calls `process_delivery` itself. Raises RefusedError for an invalid address.
    """
    if not url and content is None:
        raise RefusedError("Nothing to read: give an address or a content.")
    try:
        url = url and parse_url(url)
    except ArticleValueError as error:
        raise RefusedError(str(error)) from error
    fields, open_fields = _as_json(metadata), _as_json(defaults)
    handed_in = models.RawContent.of(content) if content else None
    with transaction.atomic():
        delivery, is_new = Delivery.objects.open().get_or_create(
            request_key=_request_key(url, handed_in, fields),
            defaults={
                "origin": origin,
                "request_id": current_request_id(),
                "url": url,
                "content": handed_in and handed_in.get_or_save(),
                "metadata": fields,
                "defaults": open_fields,
                "requested_by": by,
                "reader_key": key,
                "feed": feed,
                "fallback": models.RawContent.of(fallback).get_or_save() if fallback else None,
                "next_at": timezone.now() + (FOREGROUND if in_foreground else timedelta()),
            },
        )
        if is_new:
            delivery_queue.enqueue(delivery)
    return delivery


def process_delivery(pk: int, *, at_once: bool = False) -> Delivery:
    """Read and store a delivery's article, if it is due (or waiting at all: `at_once`). Returns what became of it.

    Fetches and extracts outside of transactions. A failed attempt is repeated later, by a worker that finds it due.
    Raises only what says nothing about the article: ModelError, errors of the database, and what stops the process.
    """
    attempt_delivery(pk, at_once=at_once)
    return Delivery.objects.get(pk=pk)


def attempt_delivery(pk: int, *, at_once: bool = False) -> bool:
    """Like `process_delivery`. Returns whether it was due, and no other worker had it."""
    attempt = delivery_attempt.start_attempt(pk, at_once=at_once)
    if attempt is None:
        return False
    with attempt, Heartbeat(attempt.delivery):
        attempt.run()
    return True


@transaction.atomic
def retry_delivery(*, delivery: Delivery) -> Delivery:
    """Let workers try again what was refused or given up. Raises RefusedError if it was not, or was so long ago."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    change_state(delivery, DeliveryState.WAITING)
    if delivery.content_erased_at:
        raise RefusedError("What was handed in has been erased since. Hand it in again.")
    if Delivery.objects.open().filter(request_key=delivery.request_key).exists():
        raise RefusedError("A later request for the same article is waiting.")
    delivery.attempts, delivery.next_at, delivery.finished_at = 0, timezone.now(), None
    delivery.save()
    delivery_queue.enqueue(delivery)
    return delivery


def known_addresses(urls: Collection[str]) -> set[str]:
    """Those of these addresses whose page was requested before, or is that of a source."""
    pages = {url: page_key(url) for url in urls}
    keys = {url: _request_key(url, None, {}) for url in urls}
    requested = set(
        Delivery.objects.filter(request_key__in=keys.values()).values_list("request_key", flat=True).order_by()
    )
    stored = set(Source.objects.filter(page_key__in=pages.values()).values_list("page_key", flat=True).order_by())
    return {url for url in urls if keys[url] in requested or (pages[url] and pages[url] in stored)}


def _request_key(url: str, content: models.RawContent | None, metadata: Mapping[str, Any]) -> str:
    """The same for requests of the same article. Without an address, the publisher tells equal texts apart."""
    where = page_key(url) or url or metadata.get("publisher", "")
    what = [content.sha256, content.media_type] if content else []
    return hashlib.sha256(json.dumps([where, *what]).encode()).hexdigest()


def _as_json(fields: ArticleFields | None) -> dict[str, Any]:
    values = {name: value for name, value in (fields or {}).items() if value}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
