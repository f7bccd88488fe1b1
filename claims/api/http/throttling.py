"""The rate limit: so many requests a minute from one address, more with an API key. Reading needs no key."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from claims.http.rate_limit import RateLimiter, RateLimitState, client_network
from claims.models import ReaderKey, ReaderKeyScope
from claims.models.reader_key import KEY_PREFIX, hash_reader_key
from claims.reading import read_from_writer
from claims.services.request_debts import add_debt

if TYPE_CHECKING:  # rest_framework.views imports the settings, which name this module
    from rest_framework.views import APIView

SCHEME = "Bearer"
MAX_KEY_LENGTH = 200  # characters; anything longer is rejected unread
INVALID_KEY_DETAIL = "Invalid or revoked API key. Requests without a key are accepted at a lower rate."
RATE_LIMITER = RateLimiter(add_debt=add_debt)


class ReaderThrottle(BaseThrottle):
    """Limits requests by key, or else by address. Leaves the state on the request for the response's headers."""

    state: RateLimitState | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:  # REST framework's signature
        key = request.auth
        if isinstance(key, ReaderKey):
            client, policy, quota = f"key {key.pk}", "key", key.per_minute or settings.FACTBASE_KEY_READS_PER_MINUTE
        else:
            client, policy, quota = client_network(request), "address", settings.FACTBASE_READS_PER_MINUTE
        if not quota:
            return True
        self.state = RATE_LIMITER.take(client, policy=policy, quota=quota, cost=getattr(view, "request_cost", 1))
        request.rate_limit_state = self.state  # type: ignore[attr-defined]  # ours
        return self.state.wait is None

    def wait(self) -> float | None:
        return self.state.wait if self.state else None


def throttle_invalid_key(request: Request) -> None:
    """Counts a request with an invalid key against its address. Raises Throttled if there were too many."""
    quota = settings.FACTBASE_READS_PER_MINUTE
    if not quota:
        return
    state = RATE_LIMITER.take(client_network(request), policy="address", quota=quota)
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
                if reader_key.scope == ReaderKeyScope.INTAKE:
                    read_from_writer()  # who sends articles sees at once what became of them
                return None, reader_key
        throttle_invalid_key(request)
        raise AuthenticationFailed(INVALID_KEY_DETAIL)

    def authenticate_header(self, request: HttpRequest | Request) -> str:
        return f'{SCHEME} realm="factbase"'
