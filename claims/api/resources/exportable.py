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
from claims.export.tabular import api_tables, claim_rows, claims_csv, csvw, jsonl, xlsx
from claims.export.tabular.columns import Column
from claims.resources.resource import Resource
from claims.search.keyset import KeysetOrdering
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
        rows = self.export_queryset(format_name)
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
        if self.resource.name == "claims":
            return claims_csv.stream_claims_csv(rows, ordering=self.claims_ordering(), raw=raw, bom=bom)
        table = api_tables.API_TABLES[self.resource.name]
        return api_tables.stream_api_csv(table, self.iter_decoded_blocks(rows), raw=raw, bom=bom)

    def iter_decoded_blocks(self, rows: QuerySet[Model]) -> Iterator[Any]:
        """Yields all these rows as the API's objects, in blocks."""
        return ([renderers.decode_row(row) for row in block] for block in self.iter_blocks(rows, EXPORT_BLOCK_SIZE))

    def workbook_response(self, request: Request, rows: QuerySet[Model], options: dict[str, Any]) -> HttpResponseBase:
        """Returns a complete workbook. Raises ParameterProblem if the rows do not fit into one."""
        if rows.order_by().values("pk")[: MAX_WORKBOOK_ROWS + 1].count() > MAX_WORKBOOK_ROWS:
            message = f"xlsx holds at most {MAX_WORKBOOK_ROWS:,} rows: filter the list, or use csv or jsonl"
            raise ParameterProblem({"format": message})
        if request.method == "HEAD":
            return StreamingHttpResponse([], **options)
        if self.resource.name == "claims":
            blocks = claim_rows.iter_typed_claim_blocks(rows, ordering=self.claims_ordering())
        else:
            blocks = api_tables.API_TABLES[self.resource.name].typed_blocks(self.iter_decoded_blocks(rows))
        header = [column.name for column in table_columns(self.resource.name)]
        try:
            workbook = xlsx.write_workbook(self.resource.name, header, blocks)
        except xlsx.WorkbookLimitError as error:
            raise ParameterProblem({"format": f"xlsx cannot hold this list. {error}"}) from error
        with workbook:
            return StreamingHttpResponse([workbook.read()], **options)

    def claims_ordering(self) -> KeysetOrdering:
        return self.requested_ordering() or claim_rows.DEFAULT_ORDERING

    def export_queryset(self, format_name: str) -> QuerySet[Model]:
        """Returns the filtered rows. Tables of claims have columns of their own, and need the claims' status."""
        rows: Any = self.get_queryset()
        is_claim_table = self.resource.name == "claims" and format_name != "jsonl"
        return self.filter_queryset(rows.with_status() if is_claim_table else rows)


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


def table_columns(resource: str) -> tuple[Column, ...]:
    """Returns the columns of a list's CSV and workbook."""
    return claim_rows.CLAIM_COLUMNS if resource == "claims" else api_tables.API_TABLES[resource].columns


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
