"""What is not a list: the root, the description of the CSV, the documentation, and every other address."""

from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.http.problems import Redirect
from claims.api.http.renderers import JSONRenderer
from claims.api.resources.base import RateLimitedView, StrictView
from claims.api.resources.exportable import table_columns
from claims.api.resources.viewsets import RESOURCES
from claims.export.tabular import csvw

_LINKS_SCHEMA = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}


class RootView(StrictView):
    """Where everything is."""

    @extend_schema(responses={200: _LINKS_SCHEMA}, operation_id="root", tags=["about"])
    def get(self, request: Request) -> Response:
        """The lists, the schema and the documentation, by name."""
        lists = {name: f"api-{name}-list" for name in RESOURCES}
        described = {f"{name}.csv-metadata": f"api-{name}-csvw" for name in RESOURCES}
        others = described | {"schema": "api-schema", "docs": "api-docs"}
        return Response({name: request.build_absolute_uri(reverse(view)) for name, view in (lists | others).items()})


class CSVWRenderer(JSONRenderer):
    """JSON, by its name as a description of CSV."""

    media_type = csvw.MEDIA_TYPE


class CSVWView(StrictView):
    """What the columns of a list's CSV mean (CSV on the Web)."""

    kind = ""
    renderer_classes = [CSVWRenderer, JSONRenderer]

    @extend_schema(
        responses={(200, form): OpenApiTypes.OBJECT for form in (csvw.MEDIA_TYPE, JSONRenderer.media_type)},
        tags=["about"],
    )
    def get(self, _: Request) -> Response:
        """The metadata document."""
        return Response(csvw.csvw_metadata(self.kind, table_columns(self.kind)))


class SchemaView(RateLimitedView, SpectacularAPIView):
    """This API, as OpenAPI 3.1."""

    http_method_names = ["get", "head", "options"]


class DocsView(RateLimitedView, SpectacularSwaggerSplitView):
    """This API, for people: its schema with a form to try every address."""

    http_method_names = ["get", "head", "options"]
    url_name = "api-schema"
    template_name = "claims/api/docs.html"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """With examples that run as they stand on this site."""
        response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # drf-spectacular's
        if isinstance(response.data, dict):
            response.data |= {
                "api": settings.FACTBASE_BASE_URL + reverse("api-root").rstrip("/"),
                "per_minute": settings.FACTBASE_READS_PER_MINUTE,
                "per_key": settings.FACTBASE_KEY_READS_PER_MINUTE,
            }
        return response


@extend_schema(exclude=True)
class NotFoundView(StrictView):
    """Every other address."""

    def initial(self, request: Request, *_: Any, **__: Any) -> None:
        """Nothing is here, whatever is asked; only a slash may be missing."""
        path = request.path_info
        if not path.endswith("/") and _resolves(f"{path}/"):
            query = request.META.get("QUERY_STRING", "")
            raise Redirect(f"{request.path}/" + (f"?{query}" if query else ""))
        raise NotFound

    def get(self, _: Request, rest: str) -> Response:
        """Never reached: `initial` has refused it."""
        raise NotFound(rest)


def _resolves(path: str) -> bool:
    try:
        return resolve(path).url_name != "api-nothing"
    except Resolver404:
        return False
