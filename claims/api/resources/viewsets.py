"""The viewsets: a list and its rows for each public resource, in all formats that suit it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from claims.api.http import renderers
from claims.api.http.file_slots import FILE_SLOTS
from claims.api.http.problems import ParameterProblem
from claims.api.query import pagination, updated_since
from claims.api.query.highlight import HIGHLIGHT, with_highlights
from claims.api.query.openapi_parameters import UPDATED_SINCE
from claims.api.resources import whole_lists
from claims.api.resources.base import StrictView
from claims.export.syndication import web_annotation
from claims.export.tabular import csvw
from claims.http.list_pages import ReadRows, parse_ordering, prepared_list
from claims.http.rate_limit import client_network
from claims.models import ResourceKind
from claims.resources import RESOURCES
from claims.resources.resource import Resource
from claims.resources.sql.sql_serializer import (
    MAX_FIELD_NAMES,
    SQLSerializer,
    UnknownFieldError,
    expandable_names,
    sql_serializer_for,
)
from claims.resources.sql.sql_table import SQLTable
from claims.search.filterset import repeatable_names
from claims.search.parameter_values import MAX_ID
from claims.search.suggestions import must_be_one_of
from claims.services.changefeed.processor import process_pending

_FIELD_PARAMETERS = ("fields", "expand")  # not for formats with columns of their own


class ResourceViewSet(StrictView, ReadOnlyModelViewSet[Any]):
    """The list of a resource, and its rows.

    A request goes one way: the filters choose the rows, the paginator a page of them, the SQL serializer reads it, and
    the renderer writes it.
    """

    resource: ClassVar[Resource]
    lookup_value_converter: ClassVar = "int"

    def get_renderers(self) -> list[Any]:
        return [renderer() for renderer in renderers_for(self.resource, detail=bool(self.detail))]

    # No docstrings on `list` and `retrieve`: the schema would show them in place of the class's.

    def list(self, request: Request, *_: object, **__: object) -> Any:
        renderer: Any = request.accepted_renderer
        csv_options = whole_lists.parse_csv_options(request)
        if isinstance(renderer, renderers.WholeListRenderer):
            return FILE_SLOTS.respond(client_network(request), lambda: self.whole_list(request, csv_options))
        self.check_format_parameters(request)
        if UPDATED_SINCE in request.query_params and renderer.format == "json":
            updated_since.reject_parameters(request)
            rows = self.filter_queryset(self.get_queryset())
            kind = ResourceKind(self.resource.name)
            return updated_since.changes_response(request, kind, rows, self.row_reader(request))
        ordering = parse_ordering(request.query_params, self.resource)
        is_prepared = ordering and "count" not in request.query_params
        page_rows = (
            prepared_list(request.query_params, self.resource) if is_prepared else None
        ) or self.filter_queryset(self.get_queryset())
        read = self.row_reader(request)
        return self.paginator.page_response(request, page_rows, ordering, read)  # type: ignore[union-attr]  # lists have one

    def retrieve(self, request: Request, *_: object, **__: object) -> Response:
        self.check_format_parameters(request)
        pk = self.kwargs["pk"]
        rows = self.sql_serializer().rows(self.get_queryset().filter(pk=pk)) if pk <= MAX_ID else []
        if not rows:
            updated_since.raise_if_gone(ResourceKind(self.resource.name), pk)
            raise NotFound
        return Response(rows[0])

    def whole_list(self, request: Request, csv_options: dict[str, bool]) -> Any:
        """Returns all rows as a file, or the metadata of the CSV with them."""
        renderer: Any = request.accepted_renderer
        format_name = renderer.format
        self.check_format_parameters(request)
        self.reject_parameters(request, [*pagination.PAGE_PARAMETERS, HIGHLIGHT])
        by_relevance = request.query_params.get("ordering") == "relevance"
        if by_relevance or (ordering := parse_ordering(request.query_params, self.resource)) is None:
            raise ParameterProblem({"ordering": f"relevance is not allowed with format={format_name}"})
        whole_list = self.get_queryset()
        rows = self.filter_queryset(whole_list)
        if format_name == csvw.SUFFIX:
            url = whole_lists.list_file_url(request, self.resource, "csv")
            return Response(csvw.csvw_metadata(self.resource.name, self.table().columns, url=url))
        if format_name == "jsonl":
            return whole_lists.json_lines_response(request, self.resource, rows, ordering, self.sql_serializer())
        if format_name == "xlsx":
            return whole_lists.workbook_response(request, self.resource, rows, ordering)
        filtered = None if rows is whole_list else rows
        return whole_lists.csv_response(request, self.resource, filtered, ordering, self.table(), **csv_options)

    def get_queryset(self) -> QuerySet[Model]:
        return self.resource.rows()

    @property
    def default_response_headers(self) -> dict[str, str]:
        return super().default_response_headers | {"Vary": "Accept"}

    def before_reading(self, request: Request) -> None:
        if UPDATED_SINCE in request.query_params:
            process_pending()

    def accepted_parameters(self) -> tuple[set[str], set[str]]:
        known, repeatable = super().accepted_parameters()
        repeatable = repeatable | {"fields"} | ({"expand"} if expandable_names(self.serializer_class) else set())
        known |= repeatable
        if web_annotation.FORMAT in self.resource.page_formats:
            known |= {"target"}
        if self.detail:
            return known, repeatable
        filterset = self.resource.filterset_class
        known |= {*filterset.base_filters, *pagination.PAGE_PARAMETERS, "ordering", *whole_lists.CSV_OPTIONS}
        if self.resource.searched_fields:
            known.add(HIGHLIGHT)
        return known, repeatable | repeatable_names(filterset)

    def check_format_parameters(self, request: Request) -> None:
        """Raises ParameterProblem for parameters that only other formats take."""
        renderer: Any = request.accepted_renderer
        self.reject_parameters(request, () if renderer.selects_fields else (*_FIELD_PARAMETERS, HIGHLIGHT))
        if renderer.format != web_annotation.FORMAT:
            self.reject_parameters(request, ["target"])
        elif (target := request.query_params.get("target", web_annotation.SNAPSHOT)) not in web_annotation.TARGETS:
            raise ParameterProblem({"target": must_be_one_of(target, web_annotation.TARGETS)})

    def reject_parameters(self, request: Request, names: Sequence[str]) -> None:
        format_name = request.accepted_renderer.format
        if rejected := [name for name in names if name in request.query_params]:
            raise ParameterProblem(dict.fromkeys(rejected, f"not allowed with format={format_name}"))

    def row_reader(self, request: Request) -> ReadRows:
        return with_highlights(request, self.resource, self.sql_serializer().rows_with_positions)

    def sql_serializer(self) -> SQLSerializer:
        """Returns the SQL serializer for the requested fields. Raises ParameterProblem for unknown ones."""
        names = self.requested_names()
        needed = getattr(self.request.accepted_renderer, "row_fields", {}).get(self.resource.name)
        try:
            return sql_serializer_for(self.serializer_class, names.get("fields", needed), names.get("expand", ()))
        except UnknownFieldError as error:
            raise ParameterProblem(error.messages, known={"known_fields": error.known_fields}) from error

    def table(self) -> SQLTable:
        """Returns the table with the requested columns. Raises ParameterProblem for unknown ones."""
        names = self.requested_names()
        try:
            return self.resource.table_of(names.get("fields", ()), names.get("expand", ()))
        except UnknownFieldError as error:
            raise ParameterProblem(error.messages, known={"known_fields": error.known_fields}) from error

    def requested_names(self) -> dict[str, tuple[str, ...]]:
        """Returns the names in `fields` and `expand`. Raises ParameterProblem for too many."""
        parameters = {name: ",".join(self.request.query_params.getlist(name)) for name in _FIELD_PARAMETERS}
        names = {parameter: tuple(value.split(",")) for parameter, value in parameters.items() if value}
        if too_long := [parameter for parameter, values in names.items() if len(values) > MAX_FIELD_NAMES]:
            raise ParameterProblem(dict.fromkeys(too_long, f"takes at most {MAX_FIELD_NAMES} names"))
        return names


def renderers_for(resource: Resource, *, detail: bool) -> list[type[renderers.JSONRenderer]]:
    """Returns the renderers of a resource's list, or of its rows if `detail`. The first is the default."""
    available: list[type[renderers.JSONRenderer]] = [renderers.JSONRenderer]
    if not detail:
        available += [
            renderers.CSVRenderer,
            renderers.JSONLinesRenderer,
            renderers.NDJSONRenderer,
            renderers.XLSXRenderer,
        ]
    page_renderers: list[type[renderers.JSONRenderer]] = [renderers.WebAnnotationRenderer, renderers.JSONLDRenderer]
    if not detail:
        page_renderers.append(renderers.AtomRenderer)
    return available + [renderer for renderer in page_renderers if renderer.format in resource.page_formats]


def suffixes_for(resource: Resource, *, detail: bool) -> list[str]:
    """Returns the formats besides JSON, which have URLs of their own."""
    return list(dict.fromkeys(renderer.format for renderer in renderers_for(resource, detail=detail)[1:]))


class CSVMetadataViewSet(ResourceViewSet):
    """The columns of the CSV with the same parameters, as CSV on the Web metadata."""

    def get_renderers(self) -> list[Any]:
        return [renderers.CSVMetadataRenderer()]


def viewset_for(resource: Resource, base: type[ResourceViewSet] = ResourceViewSet) -> type[ResourceViewSet]:
    attributes = {
        "__doc__": resource.description if base is ResourceViewSet else base.__doc__,
        "resource": resource,
        "serializer_class": resource.serializer_class,
    }
    return type(f"{resource.model.__name__}{base.__name__.removeprefix('Resource')}", (base,), attributes)


VIEWSETS = {name: viewset_for(resource) for name, resource in RESOURCES.items()}
CSV_METADATA_VIEWSETS = {name: viewset_for(resource, CSVMetadataViewSet) for name, resource in RESOURCES.items()}
