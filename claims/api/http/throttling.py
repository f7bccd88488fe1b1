"""How often a reader may ask: so many requests a minute from an address, and more with a key.

The generic cell rate algorithm (ITU-T I.371, the virtual scheduling form): of each reader one number is kept, the
moment at which everything asked for so far is paid off. A reader who was silent for a minute may ask for a whole
minute's worth at once, and for one more whenever one is paid off.

Each server process counts for itself: with several, a reader may get up to so many times as much.
"""

import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from claims.models import ReaderKey

if TYPE_CHECKING:  # its module reads the settings that name this one
    from rest_framework.views import APIView

WINDOW_SECONDS = 60.0  # seconds
MAX_READERS = 50_000  # of whom something is kept; the first to be forgotten are those who are paid off soonest
IPV6_PREFIX_LENGTH = (
    64  # bits of an IPv6 address that tell one reader from another: the rest is for whoever has the network
)


@dataclass(frozen=True, slots=True)
class RateLimitState:
    """What came of one request: how many more may follow at once, and in how many seconds it is a whole minute's worth.

    `wait` is how many seconds a refused reader waits; None for one who is let in.
    """

    policy: str
    quota: int
    remaining: int
    reset: int
    wait: float | None

    def headers(self) -> dict[str, str]:
        """As the IETF's draft-ietf-httpapi-ratelimit-headers has them."""
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.quota};w={WINDOW_SECONDS:.0f}',
            "RateLimit": f'"{self.policy}";r={self.remaining};t={self.reset}',
        }


class RateLimiter:
    """What each reader has asked for lately."""

    def __init__(self, *, most: int = MAX_READERS, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._paid_off: dict[str, float] = {}
        self._lock = Lock()

    def take(self, reader: str, *, policy: str, quota: int) -> RateLimitState:
        """Count one request of this reader, who may make `quota` in a minute; one that is refused is not counted."""
        cost, now = WINDOW_SECONDS / quota, self._clock()
        with self._lock:
            due = max(self._paid_off.get(reader, now), now) + cost
            wait = due - now - WINDOW_SECONDS
            # Sums of fractions: the last of a minute's worth must not be refused for a rounded billionth.
            if wait > 1e-6:
                return RateLimitState(policy, quota, 0, math.ceil(due - cost - now), wait)
            if reader not in self._paid_off and len(self._paid_off) >= self._most:
                self._forget(now)
            self._paid_off[reader] = due
        return RateLimitState(
            policy, quota, int((WINDOW_SECONDS - (due - now)) / cost + 1e-6), math.ceil(due - now), None
        )

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._paid_off.clear()

    def _forget(self, now: float) -> None:
        left = {reader: due for reader, due in self._paid_off.items() if due > now}
        last = sorted(left, key=left.__getitem__)[-self._most // 2 :]
        self._paid_off = {reader: left[reader] for reader in last}


RATE_LIMITER = RateLimiter()


class ReaderThrottle(BaseThrottle):
    """By key, else by address; what came of it is noted on the request, for the answer's headers."""

    taken: RateLimitState | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:  # noqa: ARG002  # REST framework's signature
        """Whether it may go on."""
        key = request.auth
        if isinstance(key, ReaderKey):
            reader, policy, quota = f"key {key.pk}", "key", key.per_minute or settings.FACTBASE_KEY_READS_PER_MINUTE
        else:
            reader, policy, quota = self.get_network(request), "address", settings.FACTBASE_READS_PER_MINUTE
        if not quota:
            return True
        self.taken = RATE_LIMITER.take(reader, policy=policy, quota=quota)
        request.taken = self.taken  # type: ignore[attr-defined]  # ours
        return self.taken.wait is None

    def get_network(self, request: Request) -> str:
        """Where the request comes from, behind the proxies that the settings know of."""
        return client_network(str(self.get_ident(request) or ""))

    def wait(self) -> float | None:
        """Seconds until the next one may come."""
        return self.taken.wait if self.taken else None


def throttle_invalid_key(request: Request) -> None:
    """Count a key that opens nothing like any request from its address. Raises Throttled for too many."""
    throttle = ReaderThrottle()
    quota = settings.FACTBASE_READS_PER_MINUTE
    if not quota:
        return
    taken = RATE_LIMITER.take(throttle.get_network(request), policy="address", quota=quota)
    request.taken = taken  # type: ignore[attr-defined]  # ours
    if taken.wait is not None:
        raise Throttled(taken.wait)


def client_network(address: str) -> str:
    """The reader behind this address; what is none stands for itself."""
    try:
        ip = ipaddress.ip_address(address.strip())
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, IPV6_PREFIX_LENGTH), strict=False))
    return str(ip)
