"""Middleware: compression, headers for browsers, the site's language, and what only the admin needs."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import cache
from http import HTTPStatus
from itertools import chain, islice
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import MiddlewareNotUsed
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from claims.admin.people.signing_in import session_age
from claims.database.connections.outages import OutageError, find_outage
from claims.http.replica_monitor import REPLICA_MONITOR
from claims.reading import (
    REPLICA,
    WRITER,
    current_alias,
    is_reading_replica,
    is_replica_failure,
    read_from_replica,
    read_from_writer,
    reading_from,
)
from claims.services.changefeed.processor import process_after_commit
from claims.services.history.audit_chain import seal_after_commit
from claims.services.people.second_factor import must_enrol

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
API_PREFIX = "/api/"  # public and read-only
# What a page, and one that is framed in it, may not ask a browser for. What is not named is the browser's own choice:
# a security key at sign-in, the clipboard for a citation.
UNUSED_FEATURES = (
    *("accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment"),
    *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)


class AdminOnlyMixin(MiddlewareMixin):
    """Skips a middleware outside the admin: readers have no account, so their pages and the API set no cookie."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if is_admin(request):
            return super().__call__(request)
        return self.get_response(request)


class SessionMiddleware(AdminOnlyMixin, sessions.SessionMiddleware):
    """Keeps a session that is used; one that nobody uses ends after SESSION_COOKIE_AGE."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Saves the session. Raises OutageError if the database cannot, for which Django blames the client."""
        session_age.renew(request.session)
        try:
            return super().process_response(request, response)
        except SessionInterrupted as error:
            if outage := find_outage(error):
                raise OutageError(outage) from error
            raise


class AuthenticationMiddleware(AdminOnlyMixin, auth.AuthenticationMiddleware):
    pass


class MessageMiddleware(AdminOnlyMixin, messages.MessageMiddleware):
    pass


class SecondFactorMiddleware:
    """Sends whoever must have a second factor and has none to enrol one, before anything else in the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.FACTBASE_SECOND_FACTOR_GROUPS and is_admin(request) and not _is_always_open(request):
            user = request.user
            if user.is_authenticated and not _signed_in_elsewhere(request) and must_enrol(user):
                if _is_script(request):
                    return JsonResponse({"detail": "Enrol a second factor first."}, status=HTTPStatus.FORBIDDEN)
                return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)


class AccountPagesMiddleware:
    """Gives allauth's pages what the admin's layouts need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        if _is_account_page(request):
            more = {"must_enrol": request.user.is_authenticated and must_enrol(request.user)}
            response.context_data = admin.site.each_context(request) | more | (response.context_data or {})
        return response


class SiteLanguageMiddleware:
    """Shows readers' pages in the site's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_admin(request) or request.path_info.startswith(API_PREFIX):
            return self.get_response(request)
        with translation.override(settings.FACTBASE_LANGUAGE):
            return self.get_response(request)


class SignedOutMiddleware:
    """Answers scripts with 401 where a page is redirected to the login form, which they would take for the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_script(request) and isinstance(response, HttpResponseRedirect) and response.url.startswith(_login_url()):
            return JsonResponse({"detail": "You have been signed out."}, status=HTTPStatus.UNAUTHORIZED)
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Sends a strict policy, with the additions that the admin theme needs on admin pages."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Adds the header. The policy of most responses to readers is the same, so it is built once."""
        is_strict = not is_admin(request) and not hasattr(response, "_csp_replace")
        if is_strict and not settings.DEBUG:
            response.headers.setdefault(HEADER, _strict_policy())
            return response
        return super().process_response(request, response)

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002  # django-csp's signature
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if is_admin(request):
            parts.replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


class IsolationHeadersMiddleware:
    """Says what browsers may do with a response: which features a page may use, and who may load it.

    Readers' pages, embeds, images and the API are for all sites. The admin's responses are for itself alone, and no
    browser or proxy keeps them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.permissions_policy = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = self.permissions_policy
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin" if is_admin(request) else "cross-origin"
        if is_admin(request):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith(_admin_prefix())


@cache  # URLs do not change
def _admin_prefix() -> str:
    return reverse("admin:index")


@cache  # likewise
def _login_url() -> str:
    return reverse("admin:login")


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _is_account_page(request: HttpRequest) -> bool:
    return request.path_info.startswith((_account_prefix(), _login_url()))


def _is_always_open(request: HttpRequest) -> bool:
    """Whether the page is for signing in and out, enrolment, or the script that asks about the session."""
    return _is_account_page(request) or request.path_info in _open_urls()


def _signed_in_elsewhere(request: HttpRequest) -> bool:
    """Whether this session began at the single sign-on, which asks for second factors itself."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    return any(record.get("method") == "socialaccount" for record in records)


@cache  # likewise
def _account_prefix() -> str:
    return f"{reverse('admin:index')}account/"


@cache  # likewise
def _open_urls() -> frozenset[str]:
    return frozenset(map(reverse, ("admin:logout", "admin:jsi18n", "session", "session-signed-in")))


@cache  # settings do not change
def _strict_policy() -> str:
    return str(build_policy())


class PublicGZipMiddleware(GZipMiddleware):
    """Compresses what readers get: it contains no secrets that an attacker could infer from its length (BREACH)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if is_admin(request) else super().process_response(request, response)


class FirstBlockMiddleware:
    """Makes the first blocks of a file that the admin streams at once, so that an early error gets a status of its own.

    The API does so itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse) and is_admin(request):
            blocks = iter(response)
            response.streaming_content = chain([b"".join(islice(blocks, 2))], blocks)  # the header, and rows
        return response


class ChangeFeedMiddleware:
    """Updates the change feed and the audit log after every request that may have changed something.

    Services do so themselves; this covers admin forms that save rows without a service.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in SAFE_METHODS:
            process_after_commit()
            seal_after_commit()
        return response


class ReadReplicaMiddleware:
    """Lets readers' requests read from the replica, and calls their view again with the writer if the replica fails.

    Only views that say so (`reads_from_replica`) may read from it, and only for who is not signed in: editors see at
    once what they have written.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with reading_from(WRITER):
            response = self.get_response(request)
            if _has_replica_failed(request):
                response = self.get_response(request)
            if response.streaming and is_reading_replica():
                response.streaming_content = _iterate(response.streaming_content, current_alias())  # type: ignore[attr-defined]  # of streaming responses
            return response

    def process_view(self, request: HttpRequest, view: Any, *_: object) -> None:
        view_class = getattr(view, "view_class", getattr(view, "cls", None))
        if (
            getattr(view_class, "reads_from_replica", False)
            and request.method in SAFE_METHODS
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not _has_replica_failed(request)
            and REPLICA_MONITOR.is_usable()
        ):
            read_from_replica()

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_replica_failure(exception):
            return None
        REPLICA_MONITOR.suspend(f"a request failed: {exception}".partition("\n")[0])
        read_from_writer()
        request.has_replica_failed = True  # type: ignore[attr-defined]  # ours
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)  # for `__call__`, which replaces it


def _has_replica_failed(request: HttpRequest) -> bool:
    return getattr(request, "has_replica_failed", False)


def _iterate(blocks: Iterable[bytes], alias: str) -> Iterator[bytes]:
    """Reads each block from this database: the server asks for them when the middleware has returned."""
    iterator = iter(blocks)
    while True:
        with reading_from(alias):
            try:
                block = next(iterator)
            except StopIteration:
                return
        yield block
