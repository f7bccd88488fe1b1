"""What workers do about once a minute, besides deliveries."""

import logging
import time

from claims.services.feeds.polling import poll_due_feeds
from claims.services.ingestion.delivery_queue import enqueue_due

SECONDS_BETWEEN_RUNS = 60
SECONDS_FOR_FEEDS = 30  # then deliveries have their turn again, and the next run polls the other feeds

logger = logging.getLogger("claims.deliveries.feeds")


def do_periodic_work() -> None:
    """Every worker may call it at any time: each part takes what is due, and what no other worker has."""
    enqueue_due()
    poll_feeds()


def poll_feeds() -> None:
    started = time.monotonic()
    for result in poll_due_feeds():
        if result.failure:
            logger.warning("feed %s: %s", result.feed.url, result.failure)
        elif result.new:
            logger.info("feed %s: %d new", result.feed.url, result.new)
        if time.monotonic() > started + SECONDS_FOR_FEEDS:
            return
