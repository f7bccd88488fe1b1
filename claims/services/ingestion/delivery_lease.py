"""The lease of a delivery: short, and extended for as long as its worker lives, so that another soon takes over."""

import logging
from datetime import timedelta
from threading import Event, Thread
from types import TracebackType

from django import db
from django.db import connection
from django.utils import timezone

from claims.models import Delivery, DeliveryState

LEASE = timedelta(seconds=60)
BEATS = 4  # to extend it, of which all but one may fail

logger = logging.getLogger("claims.deliveries")


class Heartbeat:
    """Extends the lease of a delivery by a thread of its own, while its `with` block lasts.

    Articles that take less than a beat, as nearly all do, cost no statement.
    """

    def __init__(self, delivery: Delivery) -> None:
        self._lease = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WORKING, worker=delivery.worker)
        self._ended = Event()
        self._thread = Thread(target=self._beat, name=f"lease of delivery {delivery.pk}", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._ended.wait(LEASE.total_seconds() / BEATS) and self._extend():
                pass
        finally:
            connection.close()

    def _extend(self) -> bool:
        """Returns False if another worker has the delivery."""
        try:
            return self._lease.update(leased_until=timezone.now() + LEASE) > 0
        except db.Error as error:  # locked for long, or the server is restarting: the next beat may come in time
            logger.warning("the lease of a delivery is not extended: %s", error)
            connection.close()
            return True
