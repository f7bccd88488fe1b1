"""Metrics for Prometheus: what the server processes count, and what the database tells.

The processes of `serve` count in files of a directory that they share (prometheus-client's multiprocess mode), so that
whichever of them is asked answers for all.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from django import db
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models import Count
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from claims.models import Delivery, DeliveryTotal
from claims.models.delivery import OPEN_STATES
from claims.services.monitoring.heartbeats import living_workers
from claims.services.site.scheduled_backups import newest_backup_time
from claims.version import software_version

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds

OF_PROCESSES = CollectorRegistry()
REQUESTS = Counter("factbase_http_requests", "Requests answered.", ["method", "route", "status"], registry=OF_PROCESSES)
REQUEST_SECONDS = Histogram(
    "factbase_http_request_duration_seconds",
    "Seconds until the answer began.",
    ["method", "route"],
    buckets=BUCKETS,
    registry=OF_PROCESSES,
)
DATABASE_ERRORS = Counter(
    "factbase_database_errors", "Statements that failed in server processes.", ["kind"], registry=OF_PROCESSES
)


def expose_metrics() -> bytes:
    """Returns all metrics in Prometheus' text format."""
    registry = CollectorRegistry()
    try:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # not typed there
    except ValueError:  # there is no shared directory: this process is the only one
        return generate_latest(OF_PROCESSES) + _expose_state(CollectorRegistry())
    return _expose_state(registry)


def count_database_errors() -> None:
    """Counts the statements that fail on connections opened from now on."""
    connection_created.connect(_watch_connection, dispatch_uid="claims.monitoring")


def _watch_connection(connection: Any, **_: Any) -> None:
    if _count_if_failed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_count_if_failed)


def _count_if_failed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  # Django's
    try:
        return execute(sql, params, many, context)
    except db.Error as error:
        DATABASE_ERRORS.labels(type(error).__name__).inc()
        raise


def _expose_state(registry: CollectorRegistry) -> bytes:
    registry.register(StateCollector())
    return generate_latest(registry)


class StateCollector(Collector):
    """What the database and the machine tell when they are asked."""

    def collect(self) -> Iterator[Metric]:
        build = GaugeMetricFamily("factbase_build", "The version that answers.", labels=["version"])
        build.add_metric([software_version()], 1)
        yield build
        free = shutil.disk_usage(settings.DATA_DIR).free
        yield GaugeMetricFamily("factbase_data_free_bytes", "Space left where the data directory is.", free)
        yield from _read_backup_age()
        try:
            of_database = list(_read_database())
        except db.Error:
            of_database = []
        yield GaugeMetricFamily("factbase_database_up", "Whether the database answers.", bool(of_database))
        yield from of_database

    def describe(self) -> Iterator[Metric]:
        """Nothing, so that registering it reads nothing."""
        return iter(())


def _read_backup_age() -> Iterator[Metric]:
    """Yields nothing where no backups are scheduled, or none was completed yet."""
    with suppress(OSError):
        directory = settings.FACTBASE_BACKUP_DIR
        newest = newest_backup_time(directory) if directory else None
        if newest:
            age = (timezone.now() - newest).total_seconds()
            yield GaugeMetricFamily("factbase_backup_age_seconds", "Age of the newest scheduled backup.", age)


def _read_database() -> Iterator[Metric]:
    now = timezone.now()
    open_deliveries = Delivery.objects.open().order_by()
    counts = dict(open_deliveries.values_list("state").annotate(Count("pk")))
    queue = GaugeMetricFamily("factbase_queued_deliveries", "Deliveries that are not finished.", labels=["state"])
    for state in OPEN_STATES:
        queue.add_metric([state], counts.get(state, 0))
    yield queue
    due = Delivery.objects.due(now).order_by("next_at").values_list("next_at", flat=True).exclude(next_at=None).first()
    waiting = (now - due).total_seconds() if due else 0
    yield GaugeMetricFamily("factbase_queue_delay_seconds", "How long the oldest delivery has been due.", waiting)
    yield GaugeMetricFamily("factbase_workers", "Workers that have given a sign of life.", living_workers(now))

    attempts = CounterMetricFamily(
        "factbase_delivery_attempts", "Attempts at deliveries, by what the delivery was then.", labels=["state"]
    )
    seconds = CounterMetricFamily(
        "factbase_delivery_attempt_seconds", "Seconds of fetching, reading and extraction.", labels=["state"]
    )
    quotes = CounterMetricFamily("factbase_extracted_quotes", "New quotes found by workers.")
    quote_count = 0
    for total in DeliveryTotal.objects.all():
        attempts.add_metric([total.state], total.attempts)
        seconds.add_metric([total.state], total.seconds)
        quote_count += total.quotes
    quotes.add_metric([], quote_count)
    yield from (attempts, seconds, quotes)
    if connection.vendor == "postgresql":
        yield _count_connections()


def _count_connections() -> Metric:
    open_connections = GaugeMetricFamily(
        "factbase_database_connections", "Connections to the database, of all programs.", labels=["state"]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(state, 'unknown'), count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() GROUP BY 1"
        )
        for state, count in cursor.fetchall():
            open_connections.add_metric([state], count)
    return open_connections
