"""Error responses: every error under the API's root is an RFC 9457 problem document."""

import math
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from django.utils.log import log_response
from rest_framework import exceptions

from claims.database.connections.outages import find_outage
from claims.http.cursors import InvalidParameterError
from claims.reading import is_replica_failure

MEDIA_TYPE = "application/problem+json"
ABOUT_BLANK = "about:blank"  # RFC 9457: the type of a problem that its status code fully describes
BODY_TYPE = "urn:factbase:problem:body"
PARAMETERS_TYPE = "urn:factbase:problem:parameters"
RETRACTED_TYPE = "urn:factbase:problem:retracted"
GONE_TYPE = "urn:factbase:problem:gone"
RETRY_SECONDS = 10  # after which a client that was rejected because the site is busy should ask again
MAX_PARAMETER_NAME = 100  # characters of a parameter's name that an error repeats


class ParameterProblem(exceptions.APIException):
    """Query parameters are unknown or invalid: one or several messages for each of them.

    `known` are the names that are accepted, by the members of the problem document that list them.
    """

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(
        self, messages: Mapping[str, str | Sequence[str]], *, known: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.errors = [
            (name[:MAX_PARAMETER_NAME], message)
            for name, of_name in messages.items()
            for message in ([of_name] if isinstance(of_name, str) else of_name)
        ]
        self.known = known or {}
        super().__init__("; ".join(f"{name}: {message}" for name, message in self.errors))


class MemberProblem(exceptions.APIException):
    """Members of a request's body are missing, unknown or invalid: a message for each of them."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, messages: Mapping[str, str]) -> None:
        self.messages = messages
        super().__init__("; ".join(f"{name}: {message}" for name, message in messages.items()))


class PayloadTooLarge(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class BusyProblem(exceptions.APIException):
    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = f"Too many files are being downloaded at the moment. Try again in {RETRY_SECONDS} s."


class Gone(exceptions.APIException):
    """The row was public once. The members of `stub` are added to the problem document."""

    status_code = HTTPStatus.GONE

    def __init__(self, stub: Mapping[str, object], detail: str, *, type_uri: str = GONE_TYPE) -> None:
        self.stub, self.type_uri = stub, type_uri
        super().__init__(detail)


class Redirect(exceptions.APIException):
    """The row is at another URL. Permanent if it was merged into what is there."""

    def __init__(self, location: str, *, permanent: bool = False) -> None:
        self.location = location
        self.status_code = HTTPStatus.MOVED_PERMANENTLY if permanent else HTTPStatus.FOUND
        super().__init__()


class NotModified(exceptions.APIException):
    """The client's copy is current. Raised before any row is read, to skip the rest of the view."""

    status_code = HTTPStatus.NOT_MODIFIED

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        super().__init__()


def problem_response(status: int, detail: str, *, type_uri: str = ABOUT_BLANK, **members: object) -> HttpResponse:
    body = {"type": type_uri, "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail, **members}
    return HttpResponse(orjson.dumps(body), status=status, content_type=MEDIA_TYPE)


def exception_handler(  # noqa: C901, PLR0911, PLR0912  # a table
    error: Exception, context: Mapping[str, Any]
) -> HttpResponse | None:
    """Turns what a view raised into a response. Unexpected errors are logged and reveal nothing to the client.

    Returns None for those of a database that cannot work, so that they are raised on to where all such end up.
    """
    if is_replica_failure(error):
        raise error  # the middleware calls the view again
    match error:
        case NotModified():
            return error.response
        case Redirect():
            return HttpResponse(status=error.status_code, headers={"Location": error.location})
        case ParameterProblem():
            return _parameter_problem_response(error)
        case MemberProblem():
            errors = [{"member": name[:MAX_PARAMETER_NAME], "detail": text} for name, text in error.messages.items()]
            return problem_response(error.status_code, str(error.detail), type_uri=BODY_TYPE, errors=errors)
        case InvalidParameterError():
            return _parameter_problem_response(ParameterProblem(error.messages))
        case Gone():
            return problem_response(error.status_code, str(error.detail), type_uri=error.type_uri, **error.stub)
        case Http404() | exceptions.NotFound():
            return problem_response(HTTPStatus.NOT_FOUND, "Not found.")
        case exceptions.APIException():
            return _api_exception_response(error, context["view"])
        case PermissionDenied():
            return problem_response(HTTPStatus.FORBIDDEN, "Permission denied.")
        case RequestDataTooBig():
            return problem_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "A field is too large: upload it as a file.")
        case SuspiciousOperation():
            return problem_response(HTTPStatus.BAD_REQUEST, "Malformed request.")
    if find_outage(error):
        return None
    request = context["request"]
    response = problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal error. It has been logged.")
    got_request_exception.send(sender=None, request=request)
    log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request, exception=error)
    return response


def _parameter_problem_response(error: ParameterProblem) -> HttpResponse:
    errors = [{"parameter": name, "detail": message} for name, message in error.errors]
    return problem_response(
        error.status_code, str(error.detail), type_uri=PARAMETERS_TYPE, errors=errors, **error.known
    )


def _api_exception_response(error: exceptions.APIException, view: Any) -> HttpResponse:
    """The response to one of REST framework's own exceptions, with the headers that belong to it."""
    match error:
        case exceptions.MethodNotAllowed():
            return problem_response(error.status_code, f"This address takes {', '.join(view.allowed_methods)}.")
        case exceptions.NotAcceptable():
            media_types = sorted({renderer.media_type for renderer in error.available_renderers or []})
            detail = f"Available media types: {', '.join(media_types) or 'application/json'}."
            return problem_response(error.status_code, detail)
        case exceptions.Throttled():
            seconds = math.ceil(getattr(error, "wait", None) or 1)
            response = problem_response(error.status_code, f"Too many requests. Try again in {seconds} s.")
            response.headers["Retry-After"] = str(seconds)
            return response
    response = problem_response(error.status_code, str(error.detail))
    if isinstance(error, BusyProblem):
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    if auth_header := getattr(error, "auth_header", None):
        response.headers["WWW-Authenticate"] = auth_header
    return response
