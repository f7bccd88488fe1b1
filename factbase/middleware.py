"""What every response passes."""

from collections.abc import Callable
from functools import cache
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse

from claims.services.changefeed.processor import process_after_commit

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
API_PREFIX = "/api/"  # where nobody signs in and nothing is changed


class SkipForApiMixin:
    """What is left out where readers read: a third of the time that all of this takes."""

    def __call__(self, request: HttpRequest) -> Any:
        """The answer."""
        if request.path_info.startswith(API_PREFIX):
            return self.get_response(request)  # type: ignore[attr-defined]  # of the class beside it
        return super().__call__(request)  # type: ignore[misc]  # as above


class SessionMiddleware(SkipForApiMixin, sessions.SessionMiddleware):
    """Sessions."""


class AuthenticationMiddleware(SkipForApiMixin, auth.AuthenticationMiddleware):
    """Accounts."""


class MessageMiddleware(SkipForApiMixin, messages.MessageMiddleware):
    """What is said once on the next page."""


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; under the admin, what its look needs on top."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """With the policy. That of readers is always the same: it is written once."""
        if request.path_info.startswith(API_PREFIX) and not settings.DEBUG:
            response.headers.setdefault(HEADER, _strict_policy())
            return response
        return super().process_response(request, response)

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002  # django-csp's signature
    ) -> PolicyParts:
        """The parts of the policy for this response."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(_admin_prefix()):
            parts.replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


@cache
def _admin_prefix() -> str:
    return reverse("admin:index")


@cache
def _strict_policy() -> str:
    return str(build_policy())


class ApiGZipMiddleware(GZipMiddleware):
    """Answers to readers are compressed: they hold no secret that could be guessed from their length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compressed, where the reader takes that; what is streamed is streamed on."""
        if request.path_info.startswith(API_PREFIX):
            return super().process_response(request, response)
        return response


class ChangeFeedMiddleware:
    """After every request that may have changed something, what changed for readers is entered: see the service.

    Services see to it themselves; forms of the admin that save a row without one are what this is for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response."""
        response = self.get_response(request)
        if request.method not in SAFE_METHODS:
            process_after_commit()
        return response
