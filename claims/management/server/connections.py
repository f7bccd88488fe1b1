"""Connections of Waitress, cut off when their peer stalls.

Waitress occupies a thread only while the application works: a request is read whole beforehand, an answer is sent
from a buffer afterwards. What it lacks are limits for a peer that never finishes, and they are added here.
"""

import logging
import socket
import struct
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from typing import Any

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask
from waitress.utilities import Error
from waitress.wasyncore import close_all, loop

from claims.http.rate_limit import network_of_address

STALL_SECONDS = 30.0  # in which a peer that keeps the server waiting sends or takes at least STALL_BYTES
STALL_BYTES = 4096
CHECK_SECONDS = 1.0
SLOW_SECONDS = 5.0  # a peer that has kept the server waiting for longer counts as slow
MAX_SLOW_PER_NETWORK = 16  # an IPv4 address or a /64 network of IPv6 addresses
MAX_CONNECTIONS_PER_NETWORK = 200
# Unfinished bodies are in temporary files: together they may be as large as this many of the largest size.
MAX_BODIES = 16
MAX_BODIES_PER_NETWORK = 4
SEND_BUFFER_BYTES = 131_072  # the system's own buffer: what is in it counts as taken, though the peer may stall
RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # struct linger: on, 0 seconds
RETRY_SECONDS = 10

logger = logging.getLogger("claims.server")


class ServiceUnavailableError(Error):
    code = 503
    reason = "Service Unavailable"

    def to_response(self, ident: str | None = None) -> tuple[str, Sequence[tuple[str, str]], str]:
        status, headers, body = super().to_response(ident)
        return status, [*headers, ("Retry-After", str(RETRY_SECONDS)), ("Cache-Control", "no-store")], body


class BodyBuffer(OverflowableBuffer):
    """A request's body. If the disk has no room for it, all of it is dropped, and `error` says why."""

    error: OSError | None = None

    def append(self, data: bytes) -> None:
        if self.error is not None:
            return
        try:
            super().append(data)
        except OSError as error:
            self.error = error
            with suppress(OSError):  # for what has not been written yet
                self.close()
            self.buf = None


class RequestParser(HTTPRequestParser):
    """Reads the whole request, so that a client that sends before it reads gets the answer, 503 for a full disk too."""

    body_buffer: BodyBuffer | None = None

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            self.body_rcv.buf = self.body_buffer = BodyBuffer(self.adj.inbuf_overflow)

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.completed and self.error is None and self.body_buffer is not None and self.body_buffer.error:
            problem = self.body_buffer.error
            logger.error("a request is answered with 503, its body could not be stored: %s", problem)
            self.error = ServiceUnavailableError(f"The request could not be stored. Try again in {RETRY_SECONDS} s.")
        return consumed


class Task(WSGITask):
    """A request that the application answers. If it fails halfway, the connection is reset.

    Without a reset, a peer that speaks HTTP/1.0, as some proxies do, would take the part for the whole.
    """

    channel: "Connection"

    def execute(self) -> None:
        try:
            super().execute()
        except Exception:
            self.channel.reset_on_close = self.wrote_header
            raise


class Connection(HTTPChannel):
    task_class = Task
    parser_class = RequestParser
    reset_on_close = False
    has_answered = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.waiting_since, self.bytes_moved = time.time(), 0
        super().__init__(*args, **kwargs)

    def recv(self, buffer_size: int) -> bytes:
        data: bytes = super().recv(buffer_size)
        self.bytes_moved += len(data)
        return data

    def send(self, data: bytes, do_close: bool = True) -> int:  # noqa: FBT001, FBT002  # Waitress's signature
        sent: int = super().send(data, do_close)
        self.bytes_moved += sent
        return sent

    def service(self) -> None:
        super().service()
        self.has_answered = True
        self._restart_window(time.time())

    def handle_close(self) -> None:
        if self.reset_on_close and self.socket is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        super().handle_close()
        if self.request is not None:
            self.request.close()

    def is_stalled(self, now: float) -> bool:
        """Whether the peer has hardly sent or taken anything for too long while the server waited for it."""
        waits_for_peer = self.total_outbufs_len > 0 or not self.requests
        if not waits_for_peer or self.bytes_moved >= STALL_BYTES:
            self._restart_window(now)
        return now - self.waiting_since > STALL_SECONDS

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way: it has been answered, and nothing more has been asked."""
        is_busy = self.requests or self.total_outbufs_len > 0 or self.request is not None
        return self.has_answered and not is_busy

    def is_slow(self, now: float) -> bool:
        """Whether an unfinished request or answer has waited for the peer for some seconds."""
        is_unfinished = self.total_outbufs_len > 0 or self.request is not None
        return is_unfinished and now - self.waiting_since > SLOW_SECONDS

    @property
    def body_bytes(self) -> int:
        """Bytes of the bodies that the connection's requests have so far."""
        requests = [*self.requests, self.request] if self.request is not None else self.requests
        return sum(request.body_bytes_received for request in requests)

    def _restart_window(self, now: float) -> None:
        self.waiting_since, self.bytes_moved = now, 0


class Server(TcpWSGIServer):
    """Waitress's server for one listening socket. Behind a proxy, all clients share an address: no limit for each."""

    channel_class = Connection

    def __init__(self, application: Any, *, limits_networks: bool, **kwargs: Any) -> None:
        self.sockets: dict[int, Any] = {}
        self.limits_networks = limits_networks
        self.next_check = 0.0
        super().__init__(application, self.sockets, **kwargs)

    @property
    def connections(self) -> Collection[Connection]:
        return self.active_channels.values()  # type: ignore[attr-defined,no-any-return]  # the stubs are wrong about it

    def set_socket_options(self, conn: socket.socket) -> None:
        super().set_socket_options(conn)
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)

    def poll(self, seconds: float) -> None:
        """Sends and receives what can be, and waits for so long if there is nothing. Cuts off who stalls."""
        loop(timeout=seconds, use_poll=True, map=self.sockets, count=1)
        now = time.time()
        if now >= self.next_check:
            self.next_check = now + CHECK_SECONDS
            self.cut_off(now)

    def stop_listening(self) -> None:
        self.del_channel()
        if self.socket is not None:
            self.socket.close()

    def close_connections(self) -> None:
        close_all(self.sockets)
        self.trigger.close()  # type: ignore[attr-defined]  # the stubs are wrong about it

    def maintenance(self, now: float) -> None:
        """Nothing: Waitress marks what it closes when it can be written to, and a peer that stalls cannot."""

    def cut_off(self, now: float) -> None:
        """Closes the connections that stall, and those that are too many or send too much at once."""
        by_network = defaultdict(list)
        for connection in list(self.connections):
            if connection.is_stalled(now):
                connection.handle_close()
            elif self.limits_networks:
                by_network[network_of_address(connection.addr[0])].append(connection)
        largest_body = self.adj.max_request_body_size
        close_large_bodies(self.connections, limit=MAX_BODIES * largest_body)
        for connections in by_network.values():
            close_large_bodies(connections, limit=MAX_BODIES_PER_NETWORK * largest_body)
            connections.sort(key=lambda connection: connection.waiting_since)
            slow = [connection for connection in connections if connection.is_slow(now)]
            for connection in {*slow[:-MAX_SLOW_PER_NETWORK], *connections[:-MAX_CONNECTIONS_PER_NETWORK]}:
                connection.handle_close()


def close_large_bodies(connections: Iterable[Connection], *, limit: int) -> None:
    """Closes the newest connections whose unfinished bodies make all bodies together larger than the limit."""
    total = 0
    for connection in list(connections):  # the oldest first
        body_bytes = connection.body_bytes
        if total + body_bytes > limit and connection.request is not None:
            connection.handle_close()
        else:
            total += body_bytes
