"""Rate limits: so many requests from one client in a window of time.

The generic cell rate algorithm (ITU-T I.371, virtual scheduling): one number is kept for each client, the moment at
which all of its requests so far are paid off. A client that was silent for a minute may send a whole minute's worth of
requests at once, and then one whenever one is paid off.

Processes share what they count in the database, but not each request: a process adds what it has counted to what others
have when it makes up a twentieth of the client's quota. So it costs a write for every twentieth of a quota, and of each
process a client gets up to a twentieth more at once; over a longer time it gets no more than its quota.
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
SHARED_PARTS = 20  # of a window: what a process counts between two writes
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


@dataclass(slots=True)
class _Account:
    """When a client's requests are paid off, by this process's clock; how many seconds of that are not shared yet."""

    paid_off_at: float
    unshared: float = 0.0


class RateLimiter:
    """Counts the requests of each client in a window of so many seconds. Thread-safe.

    `add_debt` adds seconds to what a client owes to all processes together, and returns how many it owes then.
    """

    def __init__(
        self,
        *,
        window: float = MINUTE,
        max_clients: int = MAX_CLIENTS,
        clock: Callable[[], float] = time.monotonic,
        add_debt: Callable[[str, float], float | None] = lambda _client, _seconds: None,
    ) -> None:
        self._window, self._max_clients, self._clock, self._add_debt = window, max_clients, clock, add_debt
        self._accounts: dict[str, _Account] = {}
        self._lock = Lock()

    def take(self, client: str, *, policy: str, quota: int, cost: int = 1) -> RateLimitState:
        """Counts a request of a client that may send `quota` in a window. Rejected requests are not counted.

        It counts as `cost` requests, at most as many as the quota.
        """
        unit, now = self._window / quota, self._clock()
        seconds = unit * min(cost, quota)
        with self._lock:
            account = self._accounts.get(client)
            if account is None:
                if len(self._accounts) >= self._max_clients:
                    self._forget_clients(now)
                account = self._accounts[client] = _Account(now)
            debt = max(account.paid_off_at - now, 0.0) + seconds
            is_accepted = self._wait(debt) is None
            unshared = min(account.unshared + seconds, debt)
            shares = is_accepted and unshared >= self._window / SHARED_PARTS
            if is_accepted:
                account.paid_off_at, account.unshared = now + debt, 0.0 if shares else unshared
        if shares:  # without the lock: other clients do not wait for the database
            debt = self._share(f"{policy} {client}", account, unshared, seconds)
        if wait := self._wait(debt):
            return RateLimitState(policy, quota, 0, math.ceil(debt - seconds), wait, self._window)
        remaining = int((self._window - debt) / unit + 1e-6)
        return RateLimitState(policy, quota, max(remaining, 0), math.ceil(debt), None, self._window)

    def clear(self) -> None:
        with self._lock:
            self._accounts.clear()

    def _wait(self, debt: float) -> float | None:
        """Returns for how long a client has to wait that would owe so much; None if it may send its request.

        These are sums of fractions: a rounding error must not reject the last request of a window's worth.
        """
        wait = debt - self._window
        return wait if wait > 1e-6 else None

    def _share(self, client: str, account: _Account, unshared: float, seconds: float) -> float:
        """Adds what was counted here to what others have counted. Returns what the client owes with this request.

        If it owes too much, its request of so many seconds is rejected, and taken back.
        """
        debt = self._add_debt(client, unshared)
        now = self._clock()
        if debt is None:
            return account.paid_off_at - now
        is_rejected = self._wait(debt) is not None
        if is_rejected:
            self._add_debt(client, -seconds)
        with self._lock:  # other threads may have counted more meanwhile
            owed = debt - seconds if is_rejected else debt
            account.paid_off_at = max(now + owed + account.unshared, account.paid_off_at - is_rejected * seconds)
        return debt

    def _forget_clients(self, now: float) -> None:
        """Keeps at most half of the clients: those that are paid off last."""
        in_debt = [client for client, account in self._accounts.items() if account.paid_off_at > now]
        in_debt.sort(key=lambda client: self._accounts[client].paid_off_at)
        self._accounts = {client: self._accounts[client] for client in in_debt[-self._max_clients // 2 :]}


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
