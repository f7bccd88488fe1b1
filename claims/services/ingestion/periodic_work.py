"""What workers do about once a minute, besides deliveries."""

import logging
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.conf import settings
from django.utils import timezone

from claims.matching import EncoderError
from claims.services.changefeed.processor import process_pending
from claims.services.claims.claim_vectors import VectorUpdater
from claims.services.claims.relation_renewal import Renewal, renew_due_relations
from claims.services.feeds.polling import poll_due_feeds
from claims.services.ingestion.delivery_queue import enqueue_due
from claims.services.ingestion.raw_contents import erase_old_contents
from claims.services.request_debts import forget_paid_off
from claims.services.reviews.review_vectors import update_review_vectors
from claims.services.shared_cache import delete_expired_entries
from claims.services.sources.watches import check_due_sources, start_watches
from claims.services.verification.evidence_copies import check_due_copies, start_copies
from claims.services.worthiness.score_updates import ScoreUpdater

SECONDS_BETWEEN_RUNS = 60
SECONDS_FOR_EACH_PART = 30  # then deliveries have their turn again, and the next run goes on

VECTOR_UPDATER = VectorUpdater()
SCORE_UPDATER = ScoreUpdater()

Result = TypeVar("Result")

logger = logging.getLogger("claims.deliveries.periodic")


def do_periodic_work() -> None:
    """Every worker may call it at any time: each part takes what is due, and what no other worker has."""
    process_pending()  # embargoes that have ended
    enqueue_due()
    forget_paid_off()
    delete_expired_entries()
    erase_old_contents(timezone.now())
    index_claims()
    index_reviews()
    score_quotes()
    renew_relations()
    poll_feeds()
    if settings.FACTBASE_WATCH:
        watch_sources()
        copy_evidence()


def index_claims() -> None:
    """Makes the vectors that were not made after a commit, such as those of imported claims."""
    try:
        count = sum(_take_for_a_while(VECTOR_UPDATER.run()))
    except EncoderError as error:
        logger.error("claims are not indexed: %s", error)  # noqa: TRY400  # its message says all
        return
    if count:
        logger.info("%d claims indexed", count)


def index_reviews() -> None:
    """Makes the vectors of fact-checks of other publishers."""
    try:
        count = sum(_take_for_a_while(update_review_vectors()))
    except EncoderError as error:
        logger.error("fact-checks are not indexed: %s", error)  # noqa: TRY400  # its message says all
        return
    if count:
        logger.info("%d fact-checks indexed", count)


def score_quotes() -> None:
    """Scores what was not scored when it was stored, and all quotes after a change of the weights."""
    if count := sum(_take_for_a_while(SCORE_UPDATER.run())):
        logger.info("%d quotes scored", count)


def renew_relations() -> None:
    """Suggests relations of claims again that somebody has asked for."""
    try:
        renewal = sum(_take_for_a_while(renew_due_relations()), start=Renewal())
    except EncoderError as error:
        logger.error("relations are not suggested: %s", error)  # noqa: TRY400  # its message says all
        return
    if renewal.claims:
        logger.info("%s", renewal)


def poll_feeds() -> None:
    for result in _take_for_a_while(poll_due_feeds()):
        if result.failure:
            logger.warning("feed %d: %s", result.feed.pk, result.failure)
        elif result.new:
            logger.info("feed %d: %d new", result.feed.pk, result.new)


def watch_sources() -> None:
    start_watches()
    for watch in _take_for_a_while(check_due_sources()):
        if watch.reason:
            logger.warning("source %d: %s", watch.source_id, watch.reason)


def copy_evidence() -> None:
    start_copies()
    for copy in _take_for_a_while(check_due_copies()):
        if copy.reason:
            logger.warning("evidence %d: %s", copy.evidence_id, copy.reason)


def _take_for_a_while(results: Iterable[Result]) -> Iterator[Result]:
    """Yields results, each of which takes work, until the time is up."""
    started = time.monotonic()
    for result in results:
        yield result
        if time.monotonic() > started + SECONDS_FOR_EACH_PART:
            return
