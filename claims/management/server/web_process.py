"""A server process: answers requests with Waitress. Imports no models: a spawned process has no apps yet."""

import logging
import os
import signal
import socket
import time
from multiprocessing.synchronize import Event

from django.conf import settings
from django.utils.module_loading import import_string
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from claims.management.server.connections import Server
from claims.management.side_process import follow_parent

THREADS = 8
STOP_SECONDS = 10  # time for open requests to finish when the server stops
MAX_CONNECTIONS = 1000
MIN_REQUEST_LIMIT = 60_000_000  # bytes of a request's body, more than any upload but an article may have
MAX_BUFFERED_BYTES = 64_000_000  # of an answer that its peer has not taken: the thread that makes it then waits


def serve_requests(listener: socket.socket, ready: Event, application: str, *, is_behind_proxy: bool) -> None:
    """Answers requests until SIGTERM, or until the parent process ends."""
    follow_parent()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = make_server(import_string(application), listener, is_behind_proxy=is_behind_proxy)
    stop_requested = False

    def stop(*_: object) -> None:
        nonlocal stop_requested
        stop_requested = True
        server.pull_trigger()

    signal.signal(signal.SIGTERM, stop)
    ready.set()
    while not stop_requested:
        server.poll(1)
    finish_open_requests(server)
    os._exit(0)  # the parent waits for this process: no time is spent on tidying up what ends with it


def make_server(application: object, listener: socket.socket, *, is_behind_proxy: bool) -> Server:
    adjustments = Adjustments(
        sockets=[listener],
        ident=None,
        threads=THREADS,
        connection_limit=MAX_CONNECTIONS,
        max_request_body_size=max(MIN_REQUEST_LIMIT, 2 * settings.FACTBASE_MAX_ARTICLE_BYTES),
        outbuf_high_watermark=MAX_BUFFERED_BYTES,
        clear_untrusted_proxy_headers=False,  # the settings say how many proxies there are
        asyncore_use_poll=True,
    )
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(THREADS)
    return Server(
        application,
        _sock=listener,
        dispatcher=dispatcher,
        adj=adjustments,
        bind_socket=False,
        sockinfo=(listener.family, listener.type, None, None),
        limits_networks=not is_behind_proxy,
    )


def finish_open_requests(server: Server) -> None:
    """Accepts nothing more, and finishes what was begun within STOP_SECONDS."""
    server.stop_listening()
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline and not all(connection.is_idle for connection in server.connections):
        server.poll(0.1)
    server.close_connections()
