"""Problems: every error under the API's root as an RFC 9457 problem document."""

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from django.utils.log import log_response
from rest_framework import exceptions

MEDIA_TYPE = "application/problem+json"
ABOUT_BLANK = "about:blank"  # RFC 9457: the status says it all
PARAMETERS_TYPE = "urn:factbase:problem:parameters"
RETRACTED_TYPE = "urn:factbase:problem:retracted"
GONE_TYPE = "urn:factbase:problem:gone"


class ParameterProblem(exceptions.APIException):
    """The address asks for what cannot be: a message for each parameter, and the names of those that are known."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, messages: Mapping[str, str], *, known: list[str] | None = None) -> None:
        self.messages = messages
        self.known = known
        super().__init__("; ".join(f"{name[:100]}: {message}" for name, message in messages.items()))


class Gone(exceptions.APIException):
    """It was public once; `stub` is what is still said of it."""

    status_code = HTTPStatus.GONE

    def __init__(self, stub: Mapping[str, Any], detail: str, *, kind: str = GONE_TYPE) -> None:
        self.stub, self.kind = stub, kind
        super().__init__(detail)


class Redirect(exceptions.APIException):
    """It is found at another address: for good, if it was made one with what is there."""

    def __init__(self, address: str, *, for_good: bool = False) -> None:
        self.address = address
        self.status_code = HTTPStatus.MOVED_PERMANENTLY if for_good else HTTPStatus.FOUND
        super().__init__()


class NotModified(exceptions.APIException):
    """Nothing has changed since the answer that the reader has: no problem at all."""

    status_code = HTTPStatus.NOT_MODIFIED

    def __init__(self, answer: HttpResponse) -> None:
        self.answer = answer
        super().__init__()


def problem_response(status: int, detail: str, *, kind: str = ABOUT_BLANK, **members: Any) -> HttpResponse:
    """The document."""
    body = {"type": kind, "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail, **members}
    return HttpResponse(orjson.dumps(body), status=status, content_type=MEDIA_TYPE)


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse:  # noqa: C901, PLR0911  # one for each sort
    """The response to what a view raised. What nobody foresaw is logged, and says nothing of itself."""
    if isinstance(error, NotModified):
        return error.answer
    if isinstance(error, Redirect):
        return HttpResponse(status=error.status_code, headers={"Location": error.address})
    if isinstance(error, ParameterProblem):
        errors = [{"parameter": name[:100], "detail": message} for name, message in error.messages.items()]
        known = {"known_parameters": error.known} if error.known is not None else {}
        return problem_response(error.status_code, str(error.detail), kind=PARAMETERS_TYPE, errors=errors, **known)
    if isinstance(error, Gone):
        return problem_response(error.status_code, str(error.detail), kind=error.kind, **error.stub)
    if isinstance(error, Http404 | exceptions.NotFound):
        return problem_response(HTTPStatus.NOT_FOUND, "Nothing is to be found at this address.")
    if isinstance(error, exceptions.MethodNotAllowed):
        return problem_response(error.status_code, "This API is read-only: GET, HEAD and OPTIONS are understood.")
    if isinstance(error, exceptions.NotAcceptable):
        offered = sorted({renderer.media_type for renderer in error.available_renderers or []})
        return problem_response(error.status_code, f"Offered here: {', '.join(offered) or 'application/json'}.")
    if isinstance(error, exceptions.APIException):
        return _api_exception_response(error)
    if isinstance(error, PermissionDenied):
        return problem_response(HTTPStatus.FORBIDDEN, "This is not permitted.")
    if isinstance(error, SuspiciousOperation):
        return problem_response(HTTPStatus.BAD_REQUEST, "This request cannot be read.")
    request = context["request"]
    response = problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here; it has been logged.")
    got_request_exception.send(sender=None, request=request)
    log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request, exception=error)
    return response


def _api_exception_response(error: exceptions.APIException) -> HttpResponse:
    """What REST framework raises, with the headers that go with it."""
    if isinstance(error, exceptions.Throttled):
        seconds = math.ceil(getattr(error, "wait", None) or 1)
        response = problem_response(error.status_code, f"Too many requests: the next one may come in {seconds} s.")
        response.headers["Retry-After"] = str(seconds)
        return response
    response = problem_response(error.status_code, str(error.detail))
    if asks_for := getattr(error, "auth_header", None):
        response.headers["WWW-Authenticate"] = asks_for
    return response
