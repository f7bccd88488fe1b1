"""Who is reading: nobody needs to say; who has a key may ask more often."""

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claims.api.throttle import refuse_guessing
from claims.models import ReaderKey
from claims.models.reader_key import PREFIX, digest_of

SCHEME = "Bearer"
LONGEST = 200  # characters; nothing longer is looked at
UNKNOWN = "This key opens nothing: it is revoked, past its last day, or never was one. Without a key, fewer requests."


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
        if key.isascii() and key.startswith(PREFIX) and len(key) <= LONGEST:
            row = ReaderKey.objects.valid().filter(digest=digest_of(key)).first()
            if row is not None:
                return None, row
        refuse_guessing(request)
        raise AuthenticationFailed(UNKNOWN)

    def authenticate_header(self, request: HttpRequest | Request) -> str:  # noqa: ARG002  # REST framework's signature
        """What a 401 asks for."""
        return f'{SCHEME} realm="factbase"'
