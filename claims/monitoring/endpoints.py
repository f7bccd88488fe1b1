"""`/healthz`, `/readyz` and `/metrics`, for those who may ask; for others they do not exist.

A middleware rather than URL patterns: probes come over plain HTTP, by the address of the machine, where the site itself
redirects to HTTPS and refuses unknown hosts.
"""

import ipaddress
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST
from rest_framework.throttling import BaseThrottle

from claims.monitoring.metrics import expose_metrics
from claims.monitoring.readiness import READINESS

SAFE_METHODS = {"GET", "HEAD"}


class MonitoringMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = ENDPOINTS.get(request.path_info)
        if answer is None or request.method not in SAFE_METHODS or not may_monitor(request):
            return self.get_response(request)
        response = answer()
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Length"] = str(len(response.content))
        response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  # or Django logs each 503 as an error
        return response


def may_monitor(request: HttpRequest) -> bool:
    """Whether the request has the token, or comes from one of the networks, behind the proxies of the settings."""
    token = settings.FACTBASE_MONITORING_TOKEN
    if token and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    try:
        address = ipaddress.ip_address(BaseThrottle().get_ident(request) or "")  # type: ignore[arg-type]  # it reads META
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in settings.FACTBASE_MONITORING_NETWORKS)


def health() -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def readiness() -> HttpResponse:
    problems = READINESS.get() or {"database": "it has been checked for too long, or for the first time"}
    checks = {name: {"ok": not problem, "problem": problem} for name, problem in problems.items()}
    is_ready = not any(problems.values())
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": is_ready, "checks": checks}, status=status)


def metrics() -> HttpResponse:
    return HttpResponse(expose_metrics(), content_type=CONTENT_TYPE_LATEST)


ENDPOINTS: dict[str, Callable[[], HttpResponse]] = {"/healthz": health, "/readyz": readiness, "/metrics": metrics}
