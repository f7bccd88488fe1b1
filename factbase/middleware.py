"""What every response passes."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse

from claims.services.changes import after_commit

ASKING = {"GET", "HEAD", "OPTIONS"}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; under the admin, what its look needs on top."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002  # django-csp's signature
    ) -> PolicyParts:
        """The parts of the policy for this response."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(reverse("admin:index")):
            parts.replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


class ReadersGZipMiddleware(GZipMiddleware):
    """Answers to readers are compressed: they hold no secret that could be guessed from their length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compressed, where the reader takes that; what is streamed is streamed on."""
        if request.path_info.startswith("/api/"):
            return super().process_response(request, response)
        return response


class ChangesMiddleware:
    """After every request that may have changed something, what changed for readers is entered: see the service.

    Services see to it themselves; forms of the admin that save a row without one are what this is for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response."""
        response = self.get_response(request)
        if request.method not in ASKING:
            after_commit()
        return response
