"""The rate limit: so many requests a minute from one address, more with an API key. Reading needs no key.

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
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from claims.models import ReaderKey
from claims.models.reader_key import KEY_PREFIX, hash_reader_key

if TYPE_CHECKING:  # rest_framework.views imports the settings, which name this module
    from rest_framework.views import APIView

WINDOW_SECONDS = 60.0
MAX_CLIENTS = 50_000  # clients kept; those that are paid off soonest are forgotten first
IPV6_PREFIX_LENGTH = 64  # bits of an IPv6 address that identify a client: the network's owner can vary the others
SCHEME = "Bearer"
MAX_KEY_LENGTH = 200  # characters; anything longer is rejected unread
INVALID_KEY_DETAIL = "Invalid or revoked API key. Requests without a key are accepted at a lower rate."


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

    def headers(self) -> dict[str, str]:
        """Returns the headers of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.quota};w={WINDOW_SECONDS:.0f}',
            "RateLimit": f'"{self.policy}";r={self.remaining};t={self.reset}',
        }


class RateLimiter:
    """Counts the requests of each client. Thread-safe."""

    def __init__(self, *, max_clients: int = MAX_CLIENTS, clock: Callable[[], float] = time.monotonic) -> None:
        self._max_clients, self._clock = max_clients, clock
        self._paid_off_at: dict[str, float] = {}
        self._lock = Lock()

    def take(self, client: str, *, policy: str, quota: int) -> RateLimitState:
        """Counts a request of a client that may send `quota` a minute. Rejected requests are not counted."""
        cost, now = WINDOW_SECONDS / quota, self._clock()
        with self._lock:
            due = max(self._paid_off_at.get(client, now), now) + cost
            wait = due - now - WINDOW_SECONDS
            # These are sums of fractions: a rounding error must not reject the last request of a minute's worth.
            if wait > 1e-6:
                return RateLimitState(policy, quota, 0, math.ceil(due - cost - now), wait)
            if client not in self._paid_off_at and len(self._paid_off_at) >= self._max_clients:
                self._forget_clients(now)
            self._paid_off_at[client] = due
        remaining = int((WINDOW_SECONDS - (due - now)) / cost + 1e-6)
        return RateLimitState(policy, quota, remaining, math.ceil(due - now), None)

    def clear(self) -> None:
        with self._lock:
            self._paid_off_at.clear()

    def _forget_clients(self, now: float) -> None:
        """Keeps at most half of the clients: those that are paid off last."""
        in_debt = {client: due for client, due in self._paid_off_at.items() if due > now}
        last_paid_off = sorted(in_debt, key=in_debt.__getitem__)[-self._max_clients // 2 :]
        self._paid_off_at = {client: in_debt[client] for client in last_paid_off}


RATE_LIMITER = RateLimiter()


class ReaderThrottle(BaseThrottle):
    """Limits requests by key, or else by address. Leaves the state on the request for the response's headers."""

    state: RateLimitState | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:  # REST framework's signature
        key = request.auth
        if isinstance(key, ReaderKey):
            client, policy, quota = f"key {key.pk}", "key", key.per_minute or settings.FACTBASE_KEY_READS_PER_MINUTE
        else:
            client, policy, quota = self.get_network(request), "address", settings.FACTBASE_READS_PER_MINUTE
        if not quota:
            return True
        self.state = RATE_LIMITER.take(client, policy=policy, quota=quota)
        request.rate_limit_state = self.state  # type: ignore[attr-defined]  # ours
        return self.state.wait is None

    def get_network(self, request: Request) -> str:
        """Returns where the request comes from, behind the proxies that the settings declare."""
        return client_network(str(self.get_ident(request) or ""))

    def wait(self) -> float | None:
        return self.state.wait if self.state else None


def throttle_invalid_key(request: Request) -> None:
    """Counts a request with an invalid key against its address. Raises Throttled if there were too many."""
    quota = settings.FACTBASE_READS_PER_MINUTE
    if not quota:
        return
    state = RATE_LIMITER.take(ReaderThrottle().get_network(request), policy="address", quota=quota)
    request.rate_limit_state = state  # type: ignore[attr-defined]  # ours
    if state.wait is not None:
        raise Throttled(state.wait)


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer fb_…` (RFC 6750). Other schemes are ignored: a proxy in front of the site may use them."""

    def authenticate(self, request: Request) -> tuple[None, ReaderKey] | None:
        """Returns no user and the key; None if the request has no key.

        Raises AuthenticationFailed for a key that is not valid, and Throttled for too many of those.
        """
        scheme, _, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        key = key.strip()
        if key.isascii() and key.startswith(KEY_PREFIX) and len(key) <= MAX_KEY_LENGTH:
            reader_key = ReaderKey.objects.valid().filter(digest=hash_reader_key(key)).first()
            if reader_key is not None:
                return None, reader_key
        throttle_invalid_key(request)
        raise AuthenticationFailed(INVALID_KEY_DETAIL)

    def authenticate_header(self, request: HttpRequest | Request) -> str:
        return f'{SCHEME} realm="factbase"'


def client_network(address: str) -> str:
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
