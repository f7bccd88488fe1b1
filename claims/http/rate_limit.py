"""Rate limits: so many requests from one client in a window of time.

The generic cell rate algorithm (ITU-T I.371, virtual scheduling): one number is kept for each client, the moment at
which all of its requests so far are paid off. A client that was silent for a minute may send a whole minute's worth of
requests at once, and then one whenever one is paid off.

Each server process counts by itself: with several processes, a client may get that many times as much.
"""

import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

MINUTE = 60.0  # seconds
MAX_CLIENTS = 50_000  # clients kept; those that are paid off soonest are forgotten first
IPV6_PREFIX_LENGTH = 64  # bits of an IPv6 address that identify a client: the network's owner can vary the others


@dataclass(frozen=True, slots=True)
class RateLimitState:
    """A client's balance after a request: `remaining` requests now, the whole `quota` again in `reset` seconds.

    `wait` is how many seconds a rejected client has to wait; None if the request was accepted.
    """

    policy: str
    quota: int
    remaining: int
    reset: int
    wait: float | None
    window: float = MINUTE

    def headers(self) -> dict[str, str]:
        """Returns the headers of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.quota};w={self.window:.0f}',
            "RateLimit": f'"{self.policy}";r={self.remaining};t={self.reset}',
        }


class RateLimiter:
    """Counts the requests of each client in a window of so many seconds. Thread-safe."""

    def __init__(
        self, *, window: float = MINUTE, max_clients: int = MAX_CLIENTS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._window, self._max_clients, self._clock = window, max_clients, clock
        self._paid_off_at: dict[str, float] = {}
        self._lock = Lock()

    def take(self, client: str, *, policy: str, quota: int, cost: int = 1) -> RateLimitState:
        """Counts a request of a client that may send `quota` in a window. Rejected requests are not counted.

        It counts as `cost` requests, at most as many as the quota.
        """
        unit, now = self._window / quota, self._clock()
        seconds = unit * min(cost, quota)
        with self._lock:
            due = max(self._paid_off_at.get(client, now), now) + seconds
            wait = due - now - self._window
            # These are sums of fractions: a rounding error must not reject the last request of a window's worth.
            if wait > 1e-6:
                return RateLimitState(policy, quota, 0, math.ceil(due - seconds - now), wait, self._window)
            if client not in self._paid_off_at and len(self._paid_off_at) >= self._max_clients:
                self._forget_clients(now)
            self._paid_off_at[client] = due
        remaining = int((self._window - (due - now)) / unit + 1e-6)
        return RateLimitState(policy, quota, remaining, math.ceil(due - now), None, self._window)

    def clear(self) -> None:
        with self._lock:
            self._paid_off_at.clear()

    def _forget_clients(self, now: float) -> None:
        """Keeps at most half of the clients: those that are paid off last."""
        in_debt = {client: due for client, due in self._paid_off_at.items() if due > now}
        last_paid_off = sorted(in_debt, key=in_debt.__getitem__)[-self._max_clients // 2 :]
        self._paid_off_at = {client: in_debt[client] for client in last_paid_off}


def client_network(request: HttpRequest | Request) -> str:
    """Returns where the request comes from, behind the proxies that the settings declare."""
    return network_of_address(str(BaseThrottle().get_ident(request) or ""))  # type: ignore[arg-type]  # it reads META


def client_address(request: HttpRequest) -> str | None:
    """Returns the IPv4 address, or the first address of the IPv6 network, of where the request comes from."""
    address = client_network(request).partition("/")[0]
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None


def network_of_address(address: str) -> str:
    """Returns the IPv4 address, or the /64 network of an IPv6 address; the text itself if it is neither."""
    try:
        ip = ipaddress.ip_address(address.strip())
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, IPV6_PREFIX_LENGTH), strict=False))
    return str(ip)
