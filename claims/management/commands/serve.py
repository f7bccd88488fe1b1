"""`serve`: serves the site with Granian until Ctrl-C."""

import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable
from threading import Thread
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from claims.database.database_check import find_database_errors
from claims.management.notice_sender import send_notices_regularly
from claims.management.side_process import start_process, stop_with_parent
from claims.management.worker_process import work_beside_site
from claims.services.people.notices import is_delivery_configured

THREADS_PER_WORKER = 8  # a long download occupies a thread for its whole duration
STOP_SECONDS = 10  # time for open requests to finish when the server stops
POLL_SECONDS = 0.05


def load_application(target: str) -> WSGIApplication:
    """Loads the WSGI application in a worker."""
    # In a process group of its own: Ctrl-C then reaches the parent alone, which stops its workers in order.
    os.setpgrp()
    if parent := multiprocessing.parent_process():
        # The port of a worker that outlives it would stay in use.
        Thread(target=stop_with_parent, args=[parent], daemon=True).start()
    application: WSGIApplication = import_string(target)
    return application


class AnnouncingGranian(Granian):  # type: ignore[valid-type,misc]  # one of two classes, by the interpreter
    """A Granian server that calls `when_listening` once it accepts connections."""

    def __init__(self, *, when_listening: Callable[[], None], **options: object) -> None:
        super().__init__(**options)
        self.when_listening = when_listening

    def startup(self, *args: object) -> None:
        """Starts the workers, then waits until one of them listens, has failed, or the server is stopped."""
        super().startup(*args)
        if sys.stdin is not None and sys.stdin.isatty():
            # Granian reloads on SIGHUP, as service managers expect. A terminal sends it when it is closed.
            signal.signal(signal.SIGHUP, self.signal_handler_interrupt)
        while not self.main_loop_interrupt.wait(POLL_SECONDS):
            if accepts_connections(self.bind_addr, self.bind_port):
                self.when_listening()
                break


def address_family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def accepts_connections(host: str, port: int) -> bool:
    with socket.socket(address_family(host)) as probe:
        return probe.connect_ex((host, port)) == 0


def check_port_is_free(host: str, port: int) -> None:
    """Raises CommandError if the port is in use.

    Granian's sockets share their port: a second server would start and receive half of the requests.
    """
    with socket.socket(address_family(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"cannot listen on {host} port {port}: {error.strerror}. "
                "Choose another with FACTBASE_PORT and FACTBASE_HOST."
            ) from error


def check_database_is_current() -> None:
    """Raises CommandError if the database is not as this version needs it."""
    if errors := find_database_errors(connection):
        more = f" (and {len(errors) - 1} more faults, see `check --database default`)" if errors[1:] else ""
        raise CommandError(f"{errors[0].msg}{more}: {errors[0].hint}.")


class Command(BaseCommand):
    help = (
        "Serve the site on FACTBASE_HOST and FACTBASE_PORT with FACTBASE_WORKERS processes, until Ctrl-C. "
        "Takes in articles as well (on PostgreSQL, `worker` does), and sends notices if a mail server or a chat is "
        "configured."
    )

    def handle(self, *args: object, **options: object) -> None:
        host, port = settings.FACTBASE_HOST, settings.FACTBASE_PORT
        check_port_is_free(host, port)
        check_database_is_current()
        connections.close_all()  # the workers must not inherit a connection
        if is_delivery_configured():
            start_process(send_notices_regularly, name="notices")
        if settings.FACTBASE_WORKER:
            start_process(work_beside_site, name="worker")
        AnnouncingGranian(
            when_listening=self.announce,
            target=settings.WSGI_APPLICATION,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            websockets=False,
            workers=settings.FACTBASE_WORKERS,
            blocking_threads=THREADS_PER_WORKER,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
            log_level=LogLevels.error,
        ).serve(target_loader=load_application)

    def announce(self) -> None:
        url = settings.FACTBASE_BASE_URL
        self.stdout.write(
            f"factbase is running: site {url}/, admin {url}/admin/, API documentation {url}/api/v1/docs/. "
            "Press Ctrl-C to stop."
        )
        self.stdout.flush()
