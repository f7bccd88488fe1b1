"""The base view of readers' pages: canonical URLs, removed rows, ETags and the API's cache rules."""

from abc import ABC, abstractmethod
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from claims.http import etags
from claims.http.content_version import current_version
from claims.models import ResourceKind
from claims.pages.common.page import Page, json_alternate
from claims.resources.permalinks import page_path, permalink
from claims.resources.sql.sql_serializer import load_row
from claims.services.changefeed.removals import Removal, find_removal

HTML = "text/html"


class PageMovedError(Exception):
    """The page is at another path."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class PublicView(View, ABC):
    """A response that everybody gets alike: it sets no cookie.

    Its ETag is valid while nothing that readers see has changed; `validator_parts` are what it shows besides.
    """

    http_method_names = ["get", "head", "options"]
    media_type = HTML
    reads_from_replica = True

    @abstractmethod
    def respond(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Returns the response. Raises Http404."""

    def validator_parts(self) -> tuple[str, ...]:
        return ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        # Before any row is read: see `claims.http.etags`.
        validator = etags.compute_validator(request, current_version(), self.media_type, *self.validator_parts())
        if not_modified := etags.not_modified_response(request, validator):
            etags.set_cache_headers(not_modified)
            return not_modified
        response = self.respond(request, **kwargs)
        etags.set_cache_headers(response)
        set_etag = partial(etags.set_etag, request, validator=validator)
        if isinstance(response, TemplateResponse):
            response.add_post_render_callback(set_etag)
            return response
        return set_etag(response) or response


class PageView(PublicView):
    """A page. A request for another path than the page's own is redirected to that."""

    @abstractmethod
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        """Returns the page. Raises Http404, or PageMovedError."""

    def respond(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            page = self.page(request, **kwargs)
        except PageMovedError as moved:
            return _redirect(request, moved.path)
        if request.path != page.path.partition("?")[0]:
            return _redirect(request, page.path)
        return TemplateResponse(
            request,
            page.template,
            {"page": page, "canonical_url": f"{settings.FACTBASE_BASE_URL}{page.path}", **page.context},
            status=page.status,
        )


def _redirect(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query and "?" not in path else path)


def removed_page(kind: ResourceKind, pk: int) -> Page:
    """Returns the page that says why a row is gone.

    Raises Http404 if the row never was public, and PageMovedError if it was merged into another.
    """
    removal = find_removal(kind, pk)
    if removal is None:
        raise Http404
    if removal.merged_into:
        raise PageMovedError(page_path(kind, removal.merged_into))
    return Page(
        template="claims/pages/removed.html",
        title=removal_title(removal),
        path=page_path(kind, pk),
        alternates=(json_alternate(permalink(kind, pk)),),
        context={"removal": removal, "corrections": [load_row(row) for row in removal.corrections]},
        is_indexed=False,
        status=410,
    )


def removal_title(removal: Removal) -> str:
    if removal.is_retracted_claim:
        return _("Claim retracted")
    return {
        ResourceKind.CLAIMS: _("Claim withdrawn"),
        ResourceKind.QUOTES: _("Quote withdrawn"),
        ResourceKind.SPEAKERS: _("Speaker no longer public"),
        ResourceKind.SOURCES: _("Source no longer public"),
    }.get(removal.kind, _("No longer public"))
