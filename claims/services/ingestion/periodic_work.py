"""What workers do about once a minute, besides deliveries."""

import logging
import time

from django.conf import settings

from claims.services.feeds.polling import poll_due_feeds
from claims.services.ingestion.delivery_queue import enqueue_due
from claims.services.sources.watches import check_due_sources, start_watches
from claims.services.verification.evidence_copies import check_due_copies, start_copies

SECONDS_BETWEEN_RUNS = 60
# Then deliveries have their turn again, and the next run goes on.
SECONDS_FOR_FEEDS = 30
SECONDS_FOR_SOURCES = 30
SECONDS_FOR_EVIDENCE = 30

logger = logging.getLogger("claims.deliveries.periodic")


def do_periodic_work() -> None:
    """Every worker may call it at any time: each part takes what is due, and what no other worker has."""
    enqueue_due()
    poll_feeds()
    if settings.FACTBASE_WATCH:
        watch_sources()
        copy_evidence()


def watch_sources() -> None:
    start_watches()
    started = time.monotonic()
    for watch in check_due_sources():
        if watch.reason:
            logger.warning("source %d: %s", watch.source_id, watch.reason)
        if time.monotonic() > started + SECONDS_FOR_SOURCES:
            return


def copy_evidence() -> None:
    start_copies()
    started = time.monotonic()
    for copy in check_due_copies():
        if copy.reason:
            logger.warning("evidence %d: %s", copy.evidence_id, copy.reason)
        if time.monotonic() > started + SECONDS_FOR_EVIDENCE:
            return


def poll_feeds() -> None:
    started = time.monotonic()
    for result in poll_due_feeds():
        if result.failure:
            logger.warning("feed %s: %s", result.feed.url, result.failure)
        elif result.new:
            logger.info("feed %s: %d new", result.feed.url, result.new)
        if time.monotonic() > started + SECONDS_FOR_FEEDS:
            return
