"""Tells workers of deliveries. On PostgreSQL they are jobs of procrastinate; on SQLite the worker looks into the table.

A job is only a hint that a delivery may be due: what is done is decided by the delivery itself, so a job that is lost,
late or run twice does no harm.
"""

from contextlib import suppress

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from claims.models import Delivery
from claims.models.delivery import BACKGROUND_ORIGINS

TASK = "process_delivery"
ASKED_FOR = 10  # the priority of what somebody waits for


def enqueue(delivery: Delivery) -> None:
    """Have a waiting delivery processed when it is due, if this transaction is committed."""
    if connection.vendor == "postgresql":
        priority = 0 if delivery.origin in BACKGROUND_ORIGINS else ASKED_FOR
        job = app.configure_task(
            TASK, queueing_lock=_job_key(delivery.pk), priority=priority, schedule_at=delivery.next_at
        )
        with suppress(AlreadyEnqueued), transaction.atomic():
            job.defer(delivery_id=delivery.pk)


def enqueue_due() -> None:
    """Enqueue what is due and has no job: after the worker that had it died, and what other programs stored."""
    if connection.vendor == "postgresql":
        queued = {job.queueing_lock for job in app.job_manager.list_jobs(task=TASK, status=Status.TODO.value)}
        for delivery in Delivery.objects.due(timezone.now()).in_order_of_work().defer("metadata", "defaults"):
            if _job_key(delivery.pk) not in queued:
                enqueue(delivery)


def _job_key(pk: int) -> str:
    return f"delivery {pk}"
