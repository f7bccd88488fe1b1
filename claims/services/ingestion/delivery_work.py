"""The loop of a worker: deliveries as they become due and, once a minute, what else is due.

On PostgreSQL procrastinate runs it, in as many processes on as many machines as there are. On SQLite one process looks
into the table of deliveries.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Event

import psycopg
from django import db
from django.db import connection
from django.utils import timezone
from procrastinate import Blueprint, JobContext, PsycopgConnector
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ProcrastinateException

from claims.database.connections.outages import OutageError, find_outage, outage_handled, outage_logged
from claims.logs.request_id import caused_by
from claims.models import Delivery
from claims.services.ingestion.deliveries import attempt_delivery
from claims.services.ingestion.delivery_queue import TASK, enqueue_due
from claims.services.ingestion.delivery_summary import describe_attempt, describe_delivery
from claims.services.ingestion.periodic_work import SECONDS_BETWEEN_RUNS, do_periodic_work
from claims.services.ingestion.planner_statistics import refresh_planner_statistics
from claims.services.monitoring.delivery_totals import count_attempt
from claims.services.monitoring.heartbeats import signs_of_life

SECONDS_BETWEEN_LOOKS = 1  # into the table of SQLite, and whether to stop
SECONDS_BETWEEN_STATISTICS = 600
SECONDS_BEFORE_RESTART = 1
MAX_SECONDS_BEFORE_RESTART = 60
SECONDS_AFTER_OUTAGE = 10  # before the next job
SECONDS_FOR_CONNECTION = 10  # before the queue gives up

logger = logging.getLogger("claims.deliveries")
jobs = Blueprint()


def work(*, stop: Event, drain: bool = False) -> None:
    """Work until `stop` is set or, to `drain`, until nothing more is due.

    What has begun is finished. Raises ModelError if the extractor cannot load its model, except on PostgreSQL, and to
    `drain` a database error or ProcrastinateException during an outage, which it outlasts otherwise.
    """
    with signs_of_life():
        if connection.vendor == "postgresql":
            work_on_queue = partial(_work_with_procrastinate, stop=stop, drain=drain)
            _outlast_outages(work_on_queue, stop=stop, drain=drain)
        else:
            _work_alone(stop=stop, drain=drain)


def _outlast_outages(work_on_queue: Callable[[], None], *, stop: Event, drain: bool) -> None:
    """Begin again whenever the database has ended the work: soon, then later and later while it stays away."""
    pause = SECONDS_BEFORE_RESTART
    while not stop.is_set():
        started = time.monotonic()
        try:
            work_on_queue()
        except (db.Error, psycopg.Error, ProcrastinateException) as error:
            outage = find_outage(error)
            if drain or outage is None:
                raise
            if stop.is_set():
                return
            if time.monotonic() > started + MAX_SECONDS_BEFORE_RESTART:
                pause = SECONDS_BEFORE_RESTART
            logger.warning("the database does not answer, the next try is in %d s: %s", pause, outage)
            connection.close()
            _sleep(pause, stop)
            pause = min(2 * pause, MAX_SECONDS_BEFORE_RESTART)
        else:
            return


def _sleep(seconds: float, stop: Event) -> None:
    """Sleeps, until `stop` is set at most.

    Not `stop.wait`, whose lock would be held when a handler of a signal sets `stop`.
    """
    end = time.monotonic() + seconds
    while not stop.is_set() and (rest := end - time.monotonic()) > 0:
        time.sleep(min(rest, SECONDS_BETWEEN_LOOKS))


def work_on(pk: int) -> int:
    """Process a delivery, and log and count what became of it.

    Returns the number of new quotes. Does nothing if another worker has it.
    """
    request_id = Delivery.objects.filter(pk=pk).values_list("request_id", flat=True).first() or ""
    with caused_by(request_id):
        started = time.monotonic()
        if not attempt_delivery(pk):
            return 0
        delivery = Delivery.objects.get(pk=pk)
        seconds = time.monotonic() - started
        count_attempt(delivery, seconds=seconds)
        fields = describe_attempt(delivery, seconds=seconds)
        logger.info("%s", describe_delivery(delivery), extra={"event": "delivery", "fields": fields})
    return delivery.quote_count


def _work_alone(*, stop: Event, drain: bool) -> None:
    last_periodic_work = last_statistics = -float("inf")
    has_new_quotes = False
    pause = SECONDS_BETWEEN_LOOKS
    while not stop.is_set():
        pk = None
        try:
            if time.monotonic() >= last_periodic_work + SECONDS_BETWEEN_RUNS:
                last_periodic_work = time.monotonic()
                do_periodic_work()
            pk = Delivery.objects.due(timezone.now()).in_order_of_work().values_list("pk", flat=True).first()
            if pk is not None:
                has_new_quotes |= work_on(pk) > 0
            elif has_new_quotes and (drain or time.monotonic() >= last_statistics + SECONDS_BETWEEN_STATISTICS):
                refresh_planner_statistics()
                last_statistics, has_new_quotes = time.monotonic(), False
        except db.OperationalError as error:  # locked for long, or the disk is full: neither lasts
            if drain:
                raise
            pk, pause = None, min(2 * pause, MAX_SECONDS_BEFORE_RESTART)
            logger.warning("the database does not answer, the next try is in %d s: %s", pause, error)
        else:
            pause = SECONDS_BETWEEN_LOOKS
        if pk is None:
            if drain:
                return
            connection.close()
            _sleep(pause, stop)


def _work_with_procrastinate(*, stop: Event, drain: bool) -> None:
    enqueue_due()
    connection.close()  # the jobs have connections of their own
    # An app of its own: jobs defer others through Django's, in the transaction of their row.
    worker_app = DjangoApp(connector=PsycopgConnector(kwargs=connector_params(), timeout=SECONDS_FOR_CONNECTION))
    worker_app.add_tasks_from(jobs, namespace="")
    asyncio.run(_run_worker(worker_app, stop=stop, drain=drain))


async def _run_worker(worker_app: DjangoApp, *, stop: Event, drain: bool) -> None:
    """Runs procrastinate's worker without its signal handlers, which forget the signal in an outage."""
    outages: list[str] = []  # that end the work, to drain

    async def run() -> None:
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                wait=not drain,
                delete_jobs="always",
                install_signal_handlers=False,
                additional_context={"outages": outages if drain else None},
            )

    worker = asyncio.create_task(run())
    while not (stop.is_set() or worker.done() or outages):
        await asyncio.wait([worker], timeout=SECONDS_BETWEEN_LOOKS)
    worker.cancel()  # the worker finishes what it has begun
    with suppress(asyncio.CancelledError):
        await worker
    if outages:
        raise OutageError(outages[0])


@contextmanager
def _outage_outlasted(context: JobContext) -> Iterator[None]:
    """After an outage, logs a line and waits: a delivery that could not be stored is due again at once.

    To drain, ends the work instead.
    """

    def note(outage: str) -> None:
        connection.close()
        if (outages := context.additional_context["outages"]) is not None:
            outages.append(outage)
        else:
            logger.warning("the database does not answer, the next try is in %d s: %s", SECONDS_AFTER_OUTAGE, outage)
            time.sleep(SECONDS_AFTER_OUTAGE)

    with outage_handled(note):
        yield


@jobs.task(name=TASK, pass_context=True)
def _process_job(context: JobContext, delivery_id: int) -> None:
    with _outage_outlasted(context):
        work_on(delivery_id)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="periodic_work", queueing_lock="periodic_work", pass_context=True)
def _periodic_job(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it
    with _outage_outlasted(context):
        do_periodic_work()


@jobs.periodic(cron="* * * * *")
@jobs.task(name="retry_stalled_jobs", queueing_lock="retry_stalled_jobs", pass_context=True)
async def _retry_stalled_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  # likewise
    """Free what a worker held that has died: jobs that wait for it, and periodic work."""
    with outage_logged(consequence="stalled jobs are retried later"):
        for job in await context.app.job_manager.get_stalled_jobs():
            await context.app.job_manager.retry_job(job)
