"""A worker beside the site, in a process of its own that `serve` starts. Imports no models: see `side_process`."""

import logging
import os
import signal
import sys
from threading import Event

import django

from claims.management.side_process import follow_parent

NICENESS = 5  # requests come first
SECONDS_TO_END = 5

logger = logging.getLogger("claims.deliveries")


def work_beside_site() -> None:
    """Works until the parent process ends or stops this one, which lets go at once of what it holds."""
    os.nice(NICENESS)
    signal.signal(signal.SIGTERM, end_soon)
    follow_parent()
    django.setup()
    from claims.extraction import ModelError  # noqa: PLC0415  # a spawned process has no apps yet
    from claims.services.ingestion.delivery_work import work  # noqa: PLC0415  # likewise

    try:
        work(stop=Event())
    except ModelError as error:
        logger.error("articles are not taken in: %s", error)  # noqa: TRY400  # its message says all
    except SystemExit:
        os._exit(0)  # the server waits for this process: no time is spent on tidying up what ends with it


def end_soon(*_: object) -> None:
    """Ends the process in order or, where that hangs or code of others swallows the exception, without."""
    signal.alarm(SECONDS_TO_END)
    sys.exit()
