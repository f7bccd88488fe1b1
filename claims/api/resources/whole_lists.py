"""Whole lists as files: CSV, JSON Lines and XLSX."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote as percent_encode
from urllib.parse import unquote_to_bytes

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse
from rest_framework.request import Request

from claims.api.http.problems import ParameterProblem
from claims.export.tabular import csvw, jsonl, resource_csv, xlsx
from claims.resources.permalinks import list_path
from claims.resources.resource import Resource
from claims.resources.sql.prepared_query import iter_blocks
from claims.resources.sql.sql_serializer import SQLSerializer
from claims.resources.sql.sql_table import SQLTable
from claims.search.keyset import KeysetOrdering
from claims.search.parameter_values import BooleanValue

MAX_WORKBOOK_ROWS = 50_000  # a workbook is complete before its first byte is sent
EXPORT_BLOCK_SIZE = 500  # rows per query where they are read as JSON: small enough for the first to be sent at once
CSV_OPTIONS = ("raw", "bom")
_CONTENT_TYPES = {"csv": "text/csv; charset=utf-8; header=present", "xlsx": xlsx.MEDIA_TYPE}


def parse_csv_options(request: Request) -> dict[str, bool]:
    """Returns the options of a CSV, by name. Raises ParameterProblem."""
    options = dict.fromkeys(CSV_OPTIONS, False)
    for name in options.keys() & request.query_params.keys():
        try:
            options[name] = BooleanValue().to_python(request.query_params[name])
        except ValidationError as error:
            raise ParameterProblem({name: str(error.message)}) from error
    return options


def csv_response(
    request: Request,
    resource: Resource,
    rows: QuerySet[Model] | None,
    ordering: KeysetOrdering,
    table: SQLTable,
    *,
    raw: bool,
    bom: bool,
) -> StreamingHttpResponse:
    stream = resource_csv.stream_csv(resource, rows, ordering=ordering, raw=raw, bom=bom, table=table)
    return _file_response(request, resource, start_stream(request, stream))


def json_lines_response(
    request: Request,
    resource: Resource,
    rows: QuerySet[Model],
    ordering: KeysetOrdering,
    sql_serializer: SQLSerializer,
) -> StreamingHttpResponse:
    blocks = iter_blocks(sql_serializer.rows_with_positions, rows, ordering, size=EXPORT_BLOCK_SIZE)
    stream = jsonl.stream_json_lines([row for _, _, row in block] for block in blocks)
    return _file_response(request, resource, start_stream(request, stream))


def workbook_response(
    request: Request, resource: Resource, rows: QuerySet[Model], ordering: KeysetOrdering
) -> StreamingHttpResponse:
    """Returns a complete workbook. Raises ParameterProblem if the rows do not fit into one."""
    if rows.order_by().values("pk")[: MAX_WORKBOOK_ROWS + 1].count() > MAX_WORKBOOK_ROWS:
        message = f"xlsx holds at most {MAX_WORKBOOK_ROWS:,} rows: filter the list, or use csv or jsonl"
        raise ParameterProblem({"format": message})
    if request.method == "HEAD":
        return _file_response(request, resource, iter(()))
    blocks = resource_csv.typed_blocks(resource, rows, ordering=ordering)
    try:
        workbook = xlsx.write_workbook(resource.name, resource.table.header, blocks)
    except xlsx.WorkbookLimitError as error:
        raise ParameterProblem({"format": f"xlsx cannot hold this list. {error}"}) from error
    with workbook:
        return _file_response(request, resource, iter([workbook.read()]))


def list_file_url(request: Request, resource: Resource, suffix: str) -> str:
    """Returns the URL of this list in the format of the suffix, with the parameters as they were sent.

    What does not belong into a URL is percent-encoded.
    """
    parameters = request.META.get("QUERY_STRING", "").encode("latin-1").split(b"&")  # bytes, as WSGI has them
    kept = [part for part in parameters if part and unquote_to_bytes(part.partition(b"=")[0]) != b"format"]
    query = percent_encode(b"&".join(kept), safe="/%[]=:;$&()+,!?*@'~")
    return request.build_absolute_uri(list_path(resource.name).rstrip("/") + f".{suffix}") + (query and f"?{query}")


def _file_response(request: Request, resource: Resource, stream: Iterator[bytes]) -> StreamingHttpResponse:
    format_name = request.accepted_renderer.format
    headers = {"Content-Disposition": f'attachment; filename="{resource.name}.{format_name}"'}
    if format_name == "csv":
        # The metadata is of this URL, however the format was asked for.
        headers["Content-Location"] = list_file_url(request, resource, "csv")
        metadata_url = list_file_url(request, resource, csvw.SUFFIX)
        headers["Link"] = f'<{metadata_url}>; rel="describedby"; type="{csvw.MEDIA_TYPE}"'
    content_type = _CONTENT_TYPES.get(format_name, request.accepted_renderer.media_type)
    return StreamingHttpResponse(stream, content_type=content_type, headers=headers)


def start_stream(request: Request, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Makes the header and the first rows at once, so that an early error becomes a problem document.

    A later error breaks off the connection: no client takes a part for the whole.
    """
    if request.method == "HEAD":
        return iter(())
    return _chain(b"".join(islice(blocks, 2)), blocks)


def _chain(first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from blocks  # closed together with this generator when a client disconnects
