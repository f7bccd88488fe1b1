"""`serve`: the site on granian, until Ctrl-C."""

import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

THREADS_PER_WORKER = 8  # in each worker; a long download occupies one of them for as long as it lasts
STOP_SECONDS = 10  # what a request that is being answered has left when the server is stopped
POLL_SECONDS = 0.05


def load_application(target: str) -> Callable[..., Any]:
    """The WSGI application, in the worker that answers with it."""
    # A process group of its own: Ctrl-C reaches the parent alone, which then stops its workers in order.
    os.setpgrp()
    if parent := multiprocessing.parent_process():
        Thread(target=stop_with_parent, args=[parent], daemon=True).start()
    application: Callable[..., Any] = import_string(target)
    return application


def stop_with_parent(parent: multiprocessing.process.BaseProcess) -> None:
    """Stop this worker when its parent is gone: one that was killed could not, and the port would stay taken."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


class AnnouncingGranian(Granian):  # type: ignore[valid-type,misc]  # one of two classes, by the interpreter
    """granian, that says when it answers."""

    def __init__(self, *, when_listening: Callable[[], None], **options: Any) -> None:
        super().__init__(**options)
        self.when_listening = when_listening

    def startup(self, *args: Any) -> None:
        """Start the workers; wait until one of them listens, or has failed, or somebody stops us."""
        super().startup(*args)
        if sys.stdin is not None and sys.stdin.isatty():
            # granian reads a hang-up as "reload", as under a service manager; from a terminal it means: closed.
            signal.signal(signal.SIGHUP, self.signal_handler_interrupt)
        while not self.main_loop_interrupt.wait(POLL_SECONDS):
            if accepts_connections(self.bind_addr, self.bind_port):
                self.when_listening()
                break


def address_family(host: str) -> socket.AddressFamily:
    """IPv4 or IPv6, by how the address is written."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def accepts_connections(host: str, port: int) -> bool:
    """Whether a connection is accepted there."""
    with socket.socket(address_family(host)) as probe:
        return probe.connect_ex((host, port)) == 0


def check_port_is_free(host: str, port: int) -> None:
    """Raises CommandError unless a server may listen there.

    granian's own sockets share their port, so that a second server on it would be let in and get half of the requests.
    """
    with socket.socket(address_family(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"cannot listen on {host} port {port}: {error.strerror}. "
                "FACTBASE_PORT and FACTBASE_HOST choose another."
            ) from error


def check_database_is_migrated() -> None:
    """Raises CommandError if the database lacks a migration of this version."""
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(f"the database lacks {len(plan)} migrations: run `python manage.py migrate` first.")


class Command(BaseCommand):
    """Serves the site."""

    help = "Serve the site on FACTBASE_HOST and FACTBASE_PORT with FACTBASE_WORKERS processes, until Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check what can be checked before a process is started, then serve."""
        host, port = settings.FACTBASE_HOST, settings.FACTBASE_PORT
        check_port_is_free(host, port)
        check_database_is_migrated()
        connections.close_all()  # a connection must not be carried into the workers
        AnnouncingGranian(
            when_listening=self.say_where,
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

    def say_where(self) -> None:
        """The line that a person waits for."""
        at = settings.FACTBASE_BASE_URL
        self.stdout.write(
            f"factbase is up: admin {at}/admin/, API {at}/api/v1/, its documentation {at}/api/v1/docs/; Ctrl-C stops it"
        )
        self.stdout.flush()
