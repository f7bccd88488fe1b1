"""`serve`: serves the site until Ctrl-C."""

import multiprocessing
import os
import socket
import tempfile
from functools import partial
from multiprocessing.synchronize import Event

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from claims.management.backup.schedule import back_up_regularly
from claims.management.current_database import check_database_is_current
from claims.management.notice_sender import send_notices_regularly
from claims.management.server import web_process
from claims.management.server.processes import KeptProcess, ProcessGroup
from claims.management.worker_process import work_beside_site
from claims.services.people.notices import is_delivery_configured
from claims.services.people.second_factor import find_unknown_groups

BACKLOG = 1024  # connections that wait until a process accepts them
POLL_SECONDS = 0.05
SHARED_MEMORY = "/dev/shm"  # noqa: S108  # of Linux; the directory in it gets a random name and is the site's alone


def address_family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def listen(host: str, port: int) -> socket.socket:
    """Returns a listening socket for all server processes. Raises CommandError if the port cannot be had."""
    listener = socket.socket(address_family(host))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise CommandError(
            f"cannot listen on {host} port {port}: {error.strerror}. "
            "Choose another with FACTBASE_PORT and FACTBASE_HOST."
        ) from error
    listener.listen(BACKLOG)
    return listener


def check_groups_exist() -> None:
    """Raises CommandError for a group in the settings that the site lacks: a misspelt one would require nothing."""
    if unknown := find_unknown_groups():
        names = ", ".join(sorted(unknown))
        raise CommandError(f"FACTBASE_SECOND_FACTOR_GROUPS or FACTBASE_OIDC_GROUPS names unknown groups: {names}.")


class Command(BaseCommand):
    help = (
        "Serve the site on FACTBASE_HOST and FACTBASE_PORT with FACTBASE_WORKERS processes, until Ctrl-C. "
        "Takes in articles as well (on PostgreSQL, `worker` does), makes backups if FACTBASE_BACKUP_DIR is set, "
        "and sends notices if a mail server or a chat is configured."
    )

    def handle(self, *args: object, **options: object) -> None:
        listener = listen(settings.FACTBASE_HOST, settings.FACTBASE_PORT)
        check_database_is_current()
        check_groups_exist()
        connections.close_all()
        ready = multiprocessing.get_context("spawn").Event()
        serve_requests = partial(
            web_process.serve_requests,
            listener,
            ready,
            settings.WSGI_APPLICATION,
            is_behind_proxy=bool(settings.PROXY_COUNT),
        )
        # Where the processes count together (prometheus-client's name for it), so that each can answer for all. In
        # memory where possible: on a full disk, writing to a mapped file would end the process.
        shared_memory = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None
        metrics_directory = tempfile.TemporaryDirectory(prefix="factbase-metrics-", dir=shared_memory)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics_directory.name
        web = [KeptProcess(f"web {number}", serve_requests) for number in range(settings.FACTBASE_WORKERS)]
        beside = []
        if is_delivery_configured():
            beside.append(KeptProcess("notices", send_notices_regularly))
        if settings.FACTBASE_WORKER:
            beside.append(KeptProcess("worker", work_beside_site))
        if settings.FACTBASE_BACKUP_DIR:
            beside.append(KeptProcess("backups", partial(back_up_regularly, settings.FACTBASE_BACKUP_DIR)))
        processes = ProcessGroup([*web, *beside])
        with metrics_directory:
            self.run(processes, web, ready)

    def run(self, processes: ProcessGroup, web: list[KeptProcess], ready: Event) -> None:
        """Returns when the processes have been stopped."""
        processes.start()
        while not processes.stop_requested(POLL_SECONDS) and not ready.is_set():
            if any(process.has_ended for process in web):
                processes.stop()
                raise CommandError("a server process ended while it started: its error is above")
        if ready.is_set():
            self.announce()
        processes.run()

    def announce(self) -> None:
        url = settings.FACTBASE_BASE_URL
        self.stdout.write(
            f"factbase is running: site {url}/, admin {url}/admin/, API documentation {url}/api/v1/docs/. "
            "Press Ctrl-C to stop."
        )
        self.stdout.flush()
