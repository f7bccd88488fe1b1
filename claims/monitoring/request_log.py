"""Gives each request an id, logs it and counts it: by its route, without path, query, address or account."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from claims.logs.request_id import is_request_id, new_request_id, set_request_id
from claims.monitoring.metrics import REQUEST_SECONDS, REQUESTS, count_database_errors

REQUEST_ID_HEADER = "X-Request-ID"
METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}
STATIC_ROUTE = "static"
UNKNOWN = "unknown"

logger = logging.getLogger("claims.requests")


class RequestLogMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        count_database_errors()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = accepted_request_id(request) or new_request_id()
        set_request_id(request_id)  # and not reset: a streamed answer is made after this
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        response.headers[REQUEST_ID_HEADER] = request_id
        method = request.method if request.method in METHODS else UNKNOWN
        route = route_name(request)
        REQUESTS.labels(method, route, response.status_code).inc()
        REQUEST_SECONDS.labels(method, route).observe(seconds)
        logger.log(
            logging.DEBUG if route == STATIC_ROUTE else logging.INFO,
            "%s %s %d %.0f ms",
            method,
            route,
            response.status_code,
            seconds * 1000,
            extra={
                "event": "request",
                "fields": {
                    "method": method,
                    "route": route,
                    "status": response.status_code,
                    "seconds": round(seconds, 4),
                },
            },
        )
        return response


def accepted_request_id(request: HttpRequest) -> str:
    """Returns the id that a proxy of ours gave the request; empty without a proxy, and if it is not well-formed."""
    value = request.headers.get(REQUEST_ID_HEADER, "") if settings.PROXY_COUNT else ""
    return value if is_request_id(value) else ""


def route_name(request: HttpRequest) -> str:
    """Returns the name of the URL pattern, of which there are as many as there are kinds of pages."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    return STATIC_ROUTE if request.path_info.startswith(settings.STATIC_URL) else UNKNOWN
