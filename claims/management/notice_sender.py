"""Delivers notices beside the site, in a process that `serve` starts. Imports no models: see `side_process`."""

import logging
import multiprocessing
import os

import django
from django import db

SECONDS_BETWEEN_RUNS = 30

logger = logging.getLogger("claims.notices")


def send_notices_regularly() -> None:
    """Delivers what is due every SECONDS_BETWEEN_RUNS until the parent process has ended."""
    os.setpgrp()  # Ctrl-C reaches the parent alone, which stops this process
    django.setup()
    from claims.services.people.notice_delivery import deliver_due  # noqa: PLC0415  # a spawned process has no apps yet

    parent = multiprocessing.parent_process()
    while parent and parent.is_alive():
        try:
            report = deliver_due()
        except db.Error as error:
            logger.warning("notices could not be read: %s", error)
        else:
            if report.failed:
                logger.warning(
                    "%d notices could not be delivered, %d for the last time", report.failed, report.given_up
                )
        db.connections.close_all()
        parent.join(SECONDS_BETWEEN_RUNS)
