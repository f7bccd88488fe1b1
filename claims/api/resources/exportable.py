"""Resources in other formats than JSON: whole lists as CSV, JSON Lines or XLSX; pages as JSON-LD, annotations, Atom."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.http import renderers
from claims.api.http.problems import ParameterProblem
from claims.api.query import pagination
from claims.api.resources.base import ResourceViewSet
from claims.export.tabular import csvw, jsonl, resource_csv, xlsx
from claims.resources.resource import Resource
from claims.search.parameter_values import BooleanValue

MAX_WORKBOOK_ROWS = 50_000  # a workbook is complete before its first byte is sent
EXPORT_BLOCK_SIZE = 500  # rows per query where they are read as JSON: small enough for the first to be sent at once
_FIELD_PARAMETERS = ["fields", "expand"]  # not for formats with columns of their own
_CSV_OPTIONS = ["raw", "bom"]
# The last line of a file that could not be completed. The server logs the error and ends the response like any other,
# so the file itself must tell, people and programs: an unclosed quotation mark is an error in both formats.
_INCOMPLETE_NOTICE = "INCOMPLETE: an error occurred while this file was written. Download it again."
_INCOMPLETE_MARKERS = {"csv": f'"{_INCOMPLETE_NOTICE}'.encode(), "jsonl": f'{{"error": "{_INCOMPLETE_NOTICE}'.encode()}
_CONTENT_TYPES = {"csv": "text/csv; charset=utf-8; header=present", "xlsx": xlsx.MEDIA_TYPE}


class ExportableViewSet(ResourceViewSet):
    """A resource in all formats that suit it: see `renderers_for`."""

    def get_renderers(self) -> list[Any]:
        return [renderer() for renderer in renderers_for(self.resource, detail=bool(self.detail))]

    @property
    def default_response_headers(self) -> dict[str, str]:
        return super().default_response_headers | {"Vary": "Accept"}

    def accepted_parameters(self) -> tuple[set[str], set[str]]:
        known, repeatable = super().accepted_parameters()
        return (known if self.detail else known | set(_CSV_OPTIONS)), repeatable

    def retrieve(self, request: Request, *args: object, **kwargs: object) -> Response:
        # No docstring: the schema would show it in place of the class's.
        self.reject_parameters(request, _FIELD_PARAMETERS if request.accepted_renderer.format != "json" else [])
        return super().retrieve(request, *args, **kwargs)

    def list(self, request: Request, *args: object, **kwargs: object) -> Any:
        # No docstring, as above.
        format_name = request.accepted_renderer.format
        is_whole_list = isinstance(request.accepted_renderer, renderers.WholeListRenderer)
        csv_options = {name: _parse_boolean(request, name) for name in _CSV_OPTIONS}
        page_parameters = pagination.PAGE_PARAMETERS if is_whole_list else ()
        field_parameters = _FIELD_PARAMETERS if format_name not in {"json", "jsonl"} else ()
        self.reject_parameters(request, [*page_parameters, *field_parameters])
        if not is_whole_list:
            return super().list(request, *args, **kwargs)
        if request.query_params.get("ordering") == "relevance":
            raise ParameterProblem({"ordering": f"relevance is not allowed with format={format_name}"})
        headers = {"Content-Disposition": f'attachment; filename="{self.resource.name}.{format_name}"'}
        if format_name in _CONTENT_TYPES:
            metadata_url = request.build_absolute_uri(reverse(f"api-{self.resource.name}-csvw"))
            headers["Link"] = f'<{metadata_url}>; rel="describedby"; type="{csvw.MEDIA_TYPE}"'
        content_type = _CONTENT_TYPES.get(format_name, request.accepted_renderer.media_type)
        options = {"content_type": content_type, "headers": headers}
        rows = self.filter_queryset(self.get_queryset())
        if format_name == "xlsx":
            return self.workbook_response(request, rows, options)
        if request.method == "HEAD":
            return StreamingHttpResponse([], **options)
        stream = self.stream(format_name, rows, **csv_options)
        return StreamingHttpResponse(start_stream(stream, marker=_INCOMPLETE_MARKERS[format_name]), **options)

    def reject_parameters(self, request: Request, names: Iterable[str]) -> None:
        format_name = request.accepted_renderer.format
        if rejected := [name for name in names if name in request.query_params]:
            raise ParameterProblem(dict.fromkeys(rejected, f"not allowed with format={format_name}"))

    def stream(self, format_name: str, rows: QuerySet[Model], *, raw: bool, bom: bool) -> Iterator[bytes]:
        """Yields the bytes of the whole list as CSV or JSON Lines."""
        if format_name == "jsonl":
            return jsonl.stream_json_lines(self.iter_blocks(rows, EXPORT_BLOCK_SIZE))
        return resource_csv.stream_csv(self.resource, rows, ordering=self.requested_ordering(), raw=raw, bom=bom)

    def workbook_response(self, request: Request, rows: QuerySet[Model], options: dict[str, Any]) -> HttpResponseBase:
        """Returns a complete workbook. Raises ParameterProblem if the rows do not fit into one."""
        if rows.order_by().values("pk")[: MAX_WORKBOOK_ROWS + 1].count() > MAX_WORKBOOK_ROWS:
            message = f"xlsx holds at most {MAX_WORKBOOK_ROWS:,} rows: filter the list, or use csv or jsonl"
            raise ParameterProblem({"format": message})
        if request.method == "HEAD":
            return StreamingHttpResponse([], **options)
        blocks = resource_csv.typed_blocks(self.resource, rows, ordering=self.requested_ordering())
        try:
            workbook = xlsx.write_workbook(self.resource.name, self.resource.table.header, blocks)
        except xlsx.WorkbookLimitError as error:
            raise ParameterProblem({"format": f"xlsx cannot hold this list. {error}"}) from error
        with workbook:
            return StreamingHttpResponse([workbook.read()], **options)


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
    available += [renderer for renderer in page_renderers if renderer.format in resource.page_formats]
    return available


def start_stream(blocks: Iterator[bytes], *, marker: bytes) -> Iterator[bytes]:
    """Makes the header and the first rows at once, so that an early error becomes a problem document.

    A later error appends the marker: see `_INCOMPLETE_NOTICE`.
    """
    first = b"".join(islice(blocks, 2))
    return _stream_with_marker(first, blocks, marker)


def _stream_with_marker(first: bytes, blocks: Iterator[bytes], marker: bytes) -> Iterator[bytes]:
    yield first
    try:
        yield from blocks  # closed together with this generator when a client disconnects
    except Exception:
        yield marker
        raise


def _parse_boolean(request: Request, name: str) -> bool:
    try:
        value: bool = BooleanValue().to_python(request.query_params.get(name, "0"))
    except ValidationError as error:
        raise ParameterProblem({name: str(error.message)}) from error
    return value
