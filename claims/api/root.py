"""Everything but the resources: the root, the schema, the documentation, and unknown URLs."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SCHEMA_KWARGS, SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.http.problems import Redirect
from claims.api.resources.base import RateLimitedView, StrictView
from claims.api.resources.viewsets import suffixes_for
from claims.resources import RESOURCES
from claims.resources.sql.sql_serializer import all_field_names, expandable_names

_LINKS_SCHEMA = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}


class RootView(StrictView):
    """Entry point of the API."""

    @extend_schema(responses={200: _LINKS_SCHEMA}, operation_id="root", tags=["about"])
    def get(self, request: Request) -> Response:
        """URLs of the resources, their CSV metadata, the schema and the documentation, by name."""
        lists = {name: f"api-{name}-list" for name in RESOURCES}
        csv_metadata = {f"{name}.csv-metadata": f"api-{name}-csvw" for name in RESOURCES}
        views = lists | csv_metadata | {"schema": "api-schema", "docs": "api-docs"}
        return Response({name: request.build_absolute_uri(reverse(view)) for name, view in views.items()})


class SchemaView(RateLimitedView, SpectacularAPIView):
    """The OpenAPI 3.1 schema."""

    http_method_names = ["get", "head", "options"]

    @extend_schema(**SCHEMA_KWARGS)
    def get(self, request: Request, *_: object, **__: object) -> HttpResponse:
        renderer = request.accepted_renderer
        return HttpResponse(
            render_schema(renderer.format, request.build_absolute_uri("/").rstrip("/")),
            content_type=f"{renderer.media_type}; charset=utf-8",
            headers={"Content-Disposition": f'inline; filename="factbase.{renderer.format}"'},
        )


@lru_cache(maxsize=16)  # of code and settings, which stay as they are while the process lives; hosts are few and known
def render_schema(format_name: str, server: str) -> str | bytes:
    """Renders the schema once a process, as it takes a second, in the language of the API for everybody."""
    renderer = {renderer.format: renderer for renderer in SchemaView.renderer_classes}[format_name]()
    with translation.override(settings.LANGUAGE_CODE):
        document = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]  # drf-spectacular's
        return renderer.render(document | {"servers": [{"url": server}]}, renderer_context={})


class DocsView(RateLimitedView, SpectacularSwaggerSplitView):
    """The documentation page, with a form to try every operation."""

    http_method_names = ["get", "head", "options"]
    url_name = "api-schema"
    template_name = "claims/api/docs.html"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # drf-spectacular's
        if isinstance(response.data, dict):
            response.data |= {
                "api": settings.FACTBASE_BASE_URL + reverse("api-root").rstrip("/"),
                "per_minute": settings.FACTBASE_READS_PER_MINUTE,
                "per_key": settings.FACTBASE_KEY_READS_PER_MINUTE,
                "lists": [
                    {
                        "name": resource.name,
                        "suffixes": suffixes_for(resource, detail=False),
                        "fields": all_field_names(resource.serializer_class),
                        "expand": expandable_names(resource.serializer_class),
                    }
                    for resource in RESOURCES.values()
                ],
            }
        return response


@extend_schema(exclude=True)
class NotFoundView(StrictView):
    """Any other URL."""

    def initial(self, request: Request, *_: object, **__: object) -> None:
        """Raises Redirect if only a trailing slash is missing, else NotFound."""
        path = request.path_info
        if not path.endswith("/") and _resolves(f"{path}/"):
            query = request.META.get("QUERY_STRING", "")
            raise Redirect(f"{request.path}/" + (f"?{query}" if query else ""))
        raise NotFound

    def get(self, _: Request, rest: str) -> Response:
        raise NotFound(rest)  # not reached: `initial` raises


def _resolves(path: str) -> bool:
    try:
        return resolve(path).url_name != "api-not-found"
    except Resolver404:
        return False
