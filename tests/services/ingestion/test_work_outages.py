"""A worker outlasts a database that is away: it waits longer each time, with a line of log, and carries on."""

import logging
from collections.abc import Callable
from threading import Event
from types import SimpleNamespace

import psycopg
import pytest
from django.db import IntegrityError
from procrastinate.exceptions import ConnectorException

from claims.database.connections.outages import OutageError
from claims.services.ingestion import delivery_work
from tests.services.ingestion import rivers_page


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(delivery_work, "_sleep", lambda seconds, _stop: slept.append(seconds))
    monkeypatch.setattr(delivery_work.time, "sleep", slept.append)
    return slept


def fail_times(number: int, error: Exception, then: Callable[[], None]) -> Callable[[], None]:
    left = iter(range(number))

    def act() -> None:
        if next(left, None) is not None:
            raise error
        then()

    return act


def lost_connection() -> ConnectorException:
    error = ConnectorException()
    error.__cause__ = psycopg.errors.AdminShutdown("the server is shutting down")
    return error


def test_the_queue_is_taken_up_again(pauses: list[float], caplog: pytest.LogCaptureFixture) -> None:
    done: list[bool] = []
    work = fail_times(8, lost_connection(), lambda: done.append(True))
    with caplog.at_level(logging.WARNING, "claims.deliveries"):
        delivery_work._outlast_outages(work, stop=Event(), drain=False)
    assert done == [True]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert len(caplog.records) == 8
    assert caplog.messages[0] == "the database does not answer, the next try is in 1 s: the server is shutting down"
    assert all(record.exc_info is None for record in caplog.records)


@pytest.mark.parametrize(
    ("error", "drain"),
    [(lost_connection(), True), (ConnectorException("a fault of ours"), False)],
    ids=["drain", "bug"],
)
def test_what_waiting_cannot_mend_ends_the_worker(error: Exception, drain: bool, pauses: list[float]) -> None:
    with pytest.raises(ConnectorException):
        delivery_work._outlast_outages(fail_times(1, error, lambda: None), stop=Event(), drain=drain)
    assert pauses == []


def test_a_worker_that_is_stopped_while_the_database_is_away_does_not_begin_again(pauses: list[float]) -> None:
    stop = Event()
    begun: list[bool] = []

    def fail_when_stopped() -> None:
        begun.append(True)
        stop.set()
        raise lost_connection()

    delivery_work._outlast_outages(fail_when_stopped, stop=stop, drain=False)
    assert (begun, pauses) == ([True], [])


def test_a_pause_ends_when_the_worker_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Event()
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        stop.set()

    monkeypatch.setattr(delivery_work.time, "sleep", sleep)
    delivery_work._sleep(60, stop)
    assert slept == [1]


def test_the_worker_of_sqlite_waits_as_well(
    pauses: list[float], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop = Event()
    monkeypatch.setattr(delivery_work, "SECONDS_BETWEEN_RUNS", 0)
    monkeypatch.setattr(delivery_work, "do_periodic_work", fail_times(3, OutageError("was removed"), stop.set))
    monkeypatch.setattr(delivery_work, "Delivery", NoDeliveries)
    with caplog.at_level(logging.WARNING, "claims.deliveries"):
        delivery_work._work_alone(stop=stop, drain=False)
    assert pauses == [2, 4, 8, 1]
    assert caplog.messages[0] == "the database does not answer, the next try is in 2 s: was removed"


def test_a_job_that_an_outage_ended_is_followed_by_a_pause(
    pauses: list[float], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(pk: int) -> int:
        raise error

    monkeypatch.setattr(delivery_work, "work_on", fail)
    error: Exception = OutageError("no space left")
    with caplog.at_level(logging.WARNING, "claims.deliveries"):
        delivery_work._process_job(RUNS_ON, delivery_id=1)
    assert pauses == [10]
    assert caplog.messages == ["the database does not answer, the next try is in 10 s: no space left"]
    error = IntegrityError("a fault of ours")
    with pytest.raises(IntegrityError):
        delivery_work._process_job(RUNS_ON, delivery_id=1)
    assert pauses == [10]


@pytest.mark.django_db(transaction=True)
def test_an_outage_ends_a_worker_that_drains(pauses: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(pk: int) -> int:
        raise OutageError(f"no space left for {pk}")

    monkeypatch.setattr(delivery_work, "work_on", fail)
    delivery = rivers_page.request()
    with pytest.raises(OutageError, match=f"^no space left for {delivery.pk}$"):
        delivery_work.work(stop=Event(), drain=True)
    assert pauses == []


RUNS_ON = SimpleNamespace(additional_context={"outages": None})  # stands for the context of a job


class NoDeliveries:
    """Stands for the table: nothing is due."""

    class objects:  # noqa: N801  # Django's name
        @staticmethod
        def due(_: object) -> "type[NoDeliveries.objects]":
            return NoDeliveries.objects

        @staticmethod
        def in_order_of_work() -> "type[NoDeliveries.objects]":
            return NoDeliveries.objects

        @staticmethod
        def values_list(*_: object, **__: object) -> "type[NoDeliveries.objects]":
            return NoDeliveries.objects

        @staticmethod
        def first() -> None:
            return None
