"""API keys. Reading needs none; a key raises the rate limit."""

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claims.api.http.throttling import throttle_invalid_key
from claims.models import ReaderKey
from claims.models.reader_key import KEY_PREFIX, hash_reader_key

SCHEME = "Bearer"
MAX_KEY_LENGTH = 200  # characters; anything longer is rejected unread
INVALID_KEY_DETAIL = "Invalid or revoked API key. Requests without a key are accepted at a lower rate."


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
