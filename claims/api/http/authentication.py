"""Who is reading: nobody needs to say; who has a key may ask more often."""

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claims.api.http.throttling import throttle_invalid_key
from claims.models import ReaderKey
from claims.models.reader_key import KEY_PREFIX, hash_reader_key

SCHEME = "Bearer"
MAX_KEY_LENGTH = 200  # characters; nothing longer is looked at
INVALID_KEY_DETAIL = (
    "This key opens nothing: it is revoked, past its last day, or never was one. Without a key, fewer requests."
)


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer fb_…` (RFC 6750). What other schemes say is for whoever stands in front of the site."""

    def authenticate(self, request: Request) -> tuple[None, ReaderKey] | None:
        """No account, and the key; None without one. Raises AuthenticationFailed for a key that opens nothing.

        Raises Throttled for too many of them.
        """
        scheme, _, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        key = key.strip()
        if key.isascii() and key.startswith(KEY_PREFIX) and len(key) <= MAX_KEY_LENGTH:
            row = ReaderKey.objects.valid().filter(digest=hash_reader_key(key)).first()
            if row is not None:
                return None, row
        throttle_invalid_key(request)
        raise AuthenticationFailed(INVALID_KEY_DETAIL)

    def authenticate_header(self, request: HttpRequest | Request) -> str:  # noqa: ARG002  # REST framework's signature
        """What a 401 asks for."""
        return f'{SCHEME} realm="factbase"'
