"""What a request is answered with that an unexpected error ended, wherever it was raised."""

import sys
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views import defaults

from claims.api.http.problems import RETRY_SECONDS, problem_response
from claims.database.connections.outages import find_outage, log_outage
from claims.pages.common.site_context import current_site
from factbase.middleware import API_PREFIX, SAFE_METHODS, is_admin

UNAVAILABLE = HTTPStatus.SERVICE_UNAVAILABLE


def respond_to_error(request: HttpRequest) -> HttpResponse:
    """Returns 503 with Retry-After while the database cannot work, else 500. Django calls it as `handler500`."""
    outage = find_outage(sys.exc_info()[1])
    if outage is None:
        if request.path_info.startswith(API_PREFIX):
            return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal error. It has been logged.")
        return defaults.server_error(request)
    log_outage(outage, consequence="requests are answered with 503")
    response = _unavailable_response(request)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  # in a line, not in a traceback each
    return response


def _unavailable_response(request: HttpRequest) -> HttpResponse:
    is_read = request.method in SAFE_METHODS
    detail = f"The database is not available at the moment. Try again in {RETRY_SECONDS} s."
    if not is_read:
        detail += " What you sent may not have been saved."
    if request.path_info.startswith(API_PREFIX):
        return problem_response(UNAVAILABLE, detail)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"detail": detail}, status=UNAVAILABLE)
    context = {"site": current_site(), "is_read": is_read, "is_admin": is_admin(request)}
    with translation.override("en" if context["is_admin"] else settings.FACTBASE_LANGUAGE):
        return HttpResponse(render_to_string("claims/pages/site/unavailable.html", context), status=UNAVAILABLE)
