"""Signs of life that workers give, on whichever machine they are."""

import logging
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from django import db
from django.db import connection
from django.utils import timezone

from claims.models import Worker

SECONDS_BETWEEN_BEATS = 10
ALIVE = timedelta(seconds=60)  # after a sign of life
FORGOTTEN = timedelta(days=1)

logger = logging.getLogger("claims.deliveries")


def living_workers(now: datetime) -> int:
    return Worker.objects.filter(seen_at__gt=now - ALIVE).count()


@contextmanager
def signs_of_life() -> Iterator[None]:
    """Gives signs of life from a thread of its own while the block lasts."""
    name = f"{platform.node()[:60]} {os.getpid()}"
    _beat(name)
    ended = Event()

    def beat_until_ended() -> None:
        while not ended.wait(SECONDS_BETWEEN_BEATS):
            _beat(name)
            connection.close()

    thread = Thread(target=beat_until_ended, name="signs of life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        try:
            Worker.objects.filter(name=name).delete()
        except db.Error as error:
            logger.warning("the worker is not signed off: %s", _first_line(error))


def _beat(name: str) -> None:
    now = timezone.now()
    try:
        Worker.objects.update_or_create(name=name, defaults={"seen_at": now})
        Worker.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
    except db.Error as error:  # locked for long, or the server is restarting: the next one may come in time
        logger.warning("the worker gives no sign of life: %s", _first_line(error))


def _first_line(error: db.Error) -> str:
    return str(error).partition("\n")[0]
