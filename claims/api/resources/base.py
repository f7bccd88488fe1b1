"""The base views: read-only, strict about parameters, with ETags and rate limit headers."""

from collections.abc import Iterator
from functools import cached_property, partial
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.http import etags
from claims.api.http.problems import NotModified, ParameterProblem
from claims.api.query import pagination
from claims.api.query.db_version import current_version
from claims.api.query.filter_backend import check_parameters, filter_parameters
from claims.api.query.page_query import ListQuery
from claims.api.query.tombstones import UPDATED_SINCE
from claims.api.resources import updated_since
from claims.models import ResourceKind
from claims.resources.resource import Resource
from claims.resources.sql.field_selection import MAX_FIELD_NAMES, UnknownFieldError, expandable_names
from claims.resources.sql.prepared_query import iter_blocks
from claims.resources.sql.sql_serializer import JSONRow, SQLSerializer, sql_serializer_for
from claims.search.full_text import compile_full_text_query
from claims.search.keyset import (
    KeysetOrdering,
)
from claims.search.parameter_values import MAX_ID
from claims.services.changefeed.processor import process_pending

RowBlocks = Iterator[list[JSONRow]]


class RateLimitedView(APIView):
    """Adds the rate limit headers, and answers OPTIONS with the `Allow` header alone."""

    def finalize_response(self, request: Request, response: Response, *args: object, **kwargs: object) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if state := getattr(request, "rate_limit_state", None):
            for name, value in state.headers().items():
                response.headers[name] = value
        return response

    def options(self, *_: object, **__: object) -> Any:
        # Not rendered: the renderer of the documentation page would look for a template.
        response = HttpResponse(status=204)
        del response.headers["Content-Type"]
        return response


class StrictView(RateLimitedView):
    """Rejects unknown parameters, and sets the ETag and the caching headers."""

    http_method_names = ["get", "head", "options"]
    validator: str | None = None

    def accepted_parameters(self) -> tuple[set[str], set[str]]:
        """Returns the names of the accepted query parameters, and of those that may be repeated."""
        return {"format"}, set()

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        known, repeatable = self.accepted_parameters()
        check_parameters(request, known=known, repeatable=repeatable)

        self.before_reading(request)
        # Before any row is read: see `claims.api.http.etags`.
        self.validator = etags.compute_validator(request, current_version())
        if response := etags.not_modified_response(request, self.validator):
            raise NotModified(response)

    def before_reading(self, request: Request) -> None:
        """Hook for what has to happen before the database version is read."""

    def finalize_response(self, request: Request, response: Any, *args: object, **kwargs: object) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        etags.set_cache_headers(response)
        set_etag = partial(etags.set_etag, request, validator=self.validator)
        if isinstance(response, Response):
            response.add_post_render_callback(set_etag)
        else:
            set_etag(response)
        return response


class ResourceViewSet(StrictView, ReadOnlyModelViewSet[Any]):
    """The list of a resource, and its rows."""

    resource: ClassVar[Resource]
    lookup_value_converter: ClassVar = "int"

    def get_queryset(self) -> QuerySet[Model]:
        return self.resource.rows()

    def before_reading(self, request: Request) -> None:
        if UPDATED_SINCE in request.query_params:
            process_pending()

    def list(self, request: Request, *_: object, **__: object) -> Response:
        # No docstring: the schema would show it in place of the class's.
        if UPDATED_SINCE in request.query_params and request.accepted_renderer.format == "json":
            return updated_since.changes_response(self, request)
        response: Response = self.paginator.page_response(self)  # type: ignore[union-attr]  # lists have a paginator
        return response

    def retrieve(self, request: Request, *_: object, **__: object) -> Response:
        # No docstring, as above.
        pk = self.kwargs["pk"]
        rows = self.sql_serializer().rows(self.get_queryset().filter(pk=pk)) if pk <= MAX_ID else []
        if not rows:
            updated_since.raise_if_gone(ResourceKind(self.resource.name), min(pk, MAX_ID))
            raise NotFound
        return Response(rows[0])

    def sql_serializer(self) -> SQLSerializer:
        """Returns the SQL serializer for the requested fields. Raises ParameterProblem for unknown ones."""
        parameters = {name: self.request.query_params.get(name) for name in ("fields", "expand")}
        names = {parameter: tuple(value.split(",")) for parameter, value in parameters.items() if value}
        if too_long := [parameter for parameter, values in names.items() if len(values) > MAX_FIELD_NAMES]:
            raise ParameterProblem(dict.fromkeys(too_long, f"takes at most {MAX_FIELD_NAMES} names"))
        try:
            return sql_serializer_for(self.serializer_class, names.get("fields"), names.get("expand", ()))
        except UnknownFieldError as error:
            raise ParameterProblem({error.parameter: str(error)}) from error

    @cached_property
    def list_query(self) -> ListQuery | None:
        """The prepared query for the requested list; None if it is filtered by more than full text."""
        filters = self.request.query_params.keys() & self.resource.filterset_class.base_filters.keys()
        if not self.resource.has_prepared_pages or not filters <= {"q"}:
            return None
        if not filters:
            return ListQuery(self.resource.released)
        values, errors = self.resource.filterset_class.parse(self.request.query_params)
        full_text = None if errors else compile_full_text_query(values["q"])
        return ListQuery(self.resource.released, full_text) if full_text else None

    def requested_ordering(self) -> KeysetOrdering | None:
        """Returns the requested ordering; None for relevance. Raises ParameterProblem."""
        name = self.request.query_params.get("ordering", next(iter(self.resource.orderings)))
        if name not in self.resource.orderings:
            raise ParameterProblem({"ordering": f"must be one of {', '.join(self.resource.orderings)}"})
        if self.resource.orderings[name] is None and "q" not in self.request.query_params:
            raise ParameterProblem({"ordering": "relevance requires `q`"})
        return self.resource.orderings[name]

    def iter_blocks(self, queryset: QuerySet[Model], size: int) -> RowBlocks:
        """Yields all these rows in the requested order, in blocks of `size`."""
        ordering = self.requested_ordering() or self.resource.default_ordering
        for block in iter_blocks(self.sql_serializer().rows_with_positions, queryset, ordering, size=size):
            yield [row for _, _, row in block]

    def accepted_parameters(self) -> tuple[set[str], set[str]]:
        known, repeatable = super().accepted_parameters()
        known |= {"fields"} | ({"expand"} if expandable_names(self.serializer_class) else set())
        if self.detail:
            return known, repeatable
        filters, repeatable_filters = filter_parameters(self.resource.filterset_class)
        return known | filters | set(pagination.PAGE_PARAMETERS) | {"ordering"}, repeatable | repeatable_filters
