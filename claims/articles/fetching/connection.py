"""Opens a connection to a checked address. Everything that is read from it ends at one deadline."""

import ipaddress
import socket
import ssl
import threading
import time
from concurrent.futures import Future
from functools import cache
from typing import Any, TypeVar, cast

import certifi
from urllib3.connection import HTTPConnection

from claims.articles.fetching.addresses import IPAddress, PageAddress, is_allowed
from claims.articles.fetching.errors import AddressRefusedError, NoAnswerError
from claims.articles.fetching.exchange import FetchPolicy

SECONDS_PER_MACHINE = 10  # to connect, where a name has several addresses of which one may not answer


class Deadline:
    """The moment at which a fetch is over, however slowly the other side sends."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds that are left. Raises TimeoutError if there are none."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


class _TimedReads:
    """For a socket: each read waits for what is left of the deadline. A plain timeout starts anew with each byte."""

    deadline: Deadline

    def recv_into(self, *args: Any) -> int:
        self.settimeout(self.deadline.remaining())  # type: ignore[attr-defined]  # a socket's
        return super().recv_into(*args)  # type: ignore[misc,no-any-return]  # likewise


class _TimedSocket(_TimedReads, socket.socket):
    pass


class _TimedTLSSocket(_TimedReads, ssl.SSLSocket):
    pass


TimedSocket = TypeVar("TimedSocket", _TimedSocket, _TimedTLSSocket)


def open_connection(address: PageAddress, policy: FetchPolicy, deadline: Deadline) -> HTTPConnection:
    """Connect to the host of an address: its name is resolved once, and only what was checked is connected to.

    Raises AddressRefusedError where no machine of that name may be asked, NoAnswerError for an unknown name, OSError if
    none answers.
    """
    connection = HTTPConnection(address.host, address.port, timeout=deadline.remaining())
    connection.sock = _connect(_resolve(address, policy, deadline), address.port, deadline)
    if address.scheme == "https":
        try:
            encrypted = cast(
                "_TimedTLSSocket", _tls_context().wrap_socket(connection.sock, server_hostname=address.host)
            )
        except OSError:
            connection.close()
            raise
        connection.sock = _with_deadline(encrypted, deadline)
    return connection


def _resolve(address: PageAddress, policy: FetchPolicy, deadline: Deadline) -> list[IPAddress]:
    """The machines that have the name and may be asked, in the order that the system prefers."""
    try:
        answers = _look_up(address, deadline)
    except (socket.gaierror, UnicodeError) as error:
        is_temporary = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise NoAnswerError(address.url, f"there is no site named {address.host}", retryable=is_temporary) from error
    machines = dict.fromkeys(ipaddress.ip_address(answer.partition("%")[0]) for answer in answers)

    def allowed(ports: frozenset[int]) -> list[IPAddress]:
        private = policy.allow_private
        return [ip for ip in machines if is_allowed(ip, address.port, ports=ports, allow_private=private)]

    if not allowed(policy.ports):
        if allowed(frozenset({address.port})):
            raise AddressRefusedError(address.url, f"port {address.port} is not fetched")
        raise AddressRefusedError(address.url, f"{address.host} is in a private network, which is not fetched")
    return allowed(policy.ports)


def _look_up(address: PageAddress, deadline: Deadline) -> list[str]:
    """The IP addresses of the host. In a thread, because nothing else bounds how long a name server may take."""
    answers: Future[list[str]] = Future()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answers.set_exception(error)
        else:
            answers.set_result([str(row[4][0]) for row in rows])

    threading.Thread(target=ask, name="getaddrinfo", daemon=True).start()
    return answers.result(deadline.remaining())


def _connect(machines: list[IPAddress], port: int, deadline: Deadline) -> _TimedSocket:
    """A connection to the first machine that answers. Raises the last one's OSError if none does."""
    failure = OSError("no machine to connect to")
    for ip in machines:
        connected = _TimedSocket(socket.AF_INET6 if ip.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
        try:
            connected.settimeout(min(deadline.remaining(), SECONDS_PER_MACHINE))
            connected.connect((str(ip), port))
        except OSError as error:
            connected.close()
            failure = error
        else:
            return _with_deadline(connected, deadline)
    raise failure


def _with_deadline(connected: TimedSocket, deadline: Deadline) -> TimedSocket:
    connected.deadline = deadline
    connected.settimeout(deadline.remaining())
    return connected


@cache  # the authorities are those that the process started with
def _tls_context() -> ssl.SSLContext:
    """Checks certificates against the system's authorities, the operator's own included, and Mozilla's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    context.sslsocket_class = _TimedTLSSocket
    return context
