"""The forms a list can be had in: as a whole in one answer, or page by page as something else than JSON."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from claims.api.http import renderers as forms
from claims.api.http.problems import ParameterProblem
from claims.api.query import pagination
from claims.api.query.sql_serializer import decode_row
from claims.api.resources.base import ResourceViewSet
from claims.export.syndication import atom, jsonld, web_annotation
from claims.export.tabular import api_tables, claims_csv, csvw, jsonl, xlsx
from claims.export.tabular import claim_rows as flat
from claims.export.tabular.columns import Column
from claims.search.keyset import KeysetOrdering
from claims.search.parameter_values import BooleanValue

MAX_WORKBOOK_ROWS = 50_000  # of a workbook, which is made before the first byte is sent
EXPORT_BLOCK_SIZE = 500  # rows that are read at once of those as JSON gives them: the first are there at once
_PAGE_PARAMETERS = [*pagination.PAGE_PARAMETERS, "count"]  # what has no meaning for a whole list
_FIELD_PARAMETERS = ["fields", "expand"]  # what a form with columns of its own cannot follow
_CSV_OPTIONS = ["raw", "bom"]  # how CSV is written
# The last line of what could not be written to its end. The server logs what went wrong and ends the answer as any
# other, so the file itself must say so, to people and to programs: a quote mark that nothing closes is an error to both
# formats' readers.
_INCOMPLETE_NOTICE = "THIS LIST IS NOT COMPLETE: something went wrong while it was written. Ask for it again."
_INCOMPLETE_MARKERS = {"csv": f'"{_INCOMPLETE_NOTICE}'.encode(), "jsonl": f'{{"error": "{_INCOMPLETE_NOTICE}'.encode()}
_CONTENT_TYPES = {"csv": "text/csv; charset=utf-8; header=present", "xlsx": xlsx.MEDIA_TYPE}


class ExportableViewSet(ResourceViewSet):
    """A list that can be had as a whole as CSV, JSON Lines or a workbook, and where it fits as JSON-LD and the like."""

    @property
    def kind(self) -> str:
        """Its name."""
        return str(self.basename).removeprefix("api-")

    def get_renderers(self) -> list[Any]:
        """The forms that there are."""
        return [form() for form in renderers_for(self.kind, detail=bool(self.detail))]

    @property
    def default_response_headers(self) -> dict[str, str]:
        """There are several forms of nearly everything."""
        return super().default_response_headers | {"Vary": "Accept"}

    def parameters(self) -> tuple[set[str], set[str]]:
        """Those of the list, and how the CSV is written."""
        known, several = super().parameters()
        return (known if self.detail else known | set(_CSV_OPTIONS)), several

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        # No docstring: the schema would show it in place of the view's.
        self.refuse(request, _FIELD_PARAMETERS if request.accepted_renderer.format != "json" else [])
        return super().retrieve(request, *args, **kwargs)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        # No docstring, as above.
        form = request.accepted_renderer.format
        whole = isinstance(request.accepted_renderer, forms.WholeListRenderer)
        how = {name: _parse_switch(request, name) for name in _CSV_OPTIONS}
        self.refuse(
            request,
            [*(_PAGE_PARAMETERS if whole else []), *(_FIELD_PARAMETERS if form not in {"json", "jsonl"} else [])],
        )
        if whole and request.query_params.get("ordering") == "relevance":
            raise ParameterProblem({"ordering": "cannot be relevance for a whole list: take newest or oldest"})
        if not whole:
            return super().list(request, *args, **kwargs)
        headers = {"Content-Disposition": f'attachment; filename="{self.kind}.{form}"'}
        if form in _CONTENT_TYPES:
            description = request.build_absolute_uri(reverse(f"api-{self.kind}-csvw"))
            headers["Link"] = f'<{description}>; rel="describedby"; type="{csvw.MEDIA_TYPE}"'
        content = {"content_type": _CONTENT_TYPES.get(form, request.accepted_renderer.media_type), "headers": headers}
        rows = self.whole(form)
        if form == "xlsx":
            return self.workbook(request, rows, content)
        if request.method == "HEAD":
            return StreamingHttpResponse([], **content)
        return StreamingHttpResponse(
            start_stream(self.written(form, rows, **how), broken=_INCOMPLETE_MARKERS[form]), **content
        )

    def refuse(self, request: Request, names: Iterable[str]) -> None:
        """Refuse these parameters."""
        form = request.accepted_renderer.format
        if given := [name for name in names if name in request.query_params]:
            raise ParameterProblem(dict.fromkeys(given, f"has no place here with the form {form}"))

    def written(self, form: str, rows: QuerySet[Any], *, raw: bool, bom: bool) -> Iterator[bytes]:
        """The bytes of the whole list."""
        if form == "jsonl":
            return jsonl.stream_json_lines(self.blocks(rows, EXPORT_BLOCK_SIZE))
        if self.kind == "claims":
            return claims_csv.stream_claims_csv(rows, ordering=self.whole_ordering(), raw=raw, bom=bom)
        return api_tables.stream_api_csv(api_tables.API_TABLES[self.kind], self.read(rows), raw=raw, bom=bom)

    def read(self, rows: QuerySet[Any]) -> Iterator[Any]:
        """All these rows, for forms that are not JSON."""
        return ([decode_row(row) for row in block] for block in self.blocks(rows, EXPORT_BLOCK_SIZE))

    def workbook(self, request: Request, rows: QuerySet[Any], content: dict[str, Any]) -> HttpResponseBase:
        """All of it or nothing: what does not fit is refused before anything is made."""
        if rows.order_by().values("pk")[: MAX_WORKBOOK_ROWS + 1].count() > MAX_WORKBOOK_ROWS:
            raise _workbook_problem(f"takes at most {MAX_WORKBOOK_ROWS:,} rows, and there are more")
        if request.method == "HEAD":
            return StreamingHttpResponse([], **content)
        if self.kind == "claims":
            values = flat.iter_typed_claim_blocks(rows, ordering=self.whole_ordering())
        else:
            values = api_tables.API_TABLES[self.kind].dated(self.read(rows))
        try:
            made = xlsx.write_workbook(self.kind, [column.name for column in table_columns(self.kind)], values)
        except xlsx.WorkbookLimitError as error:
            raise _workbook_problem(f"cannot hold this. {error}") from error
        with made:
            return StreamingHttpResponse([made.read()], **content)

    def whole_ordering(self) -> KeysetOrdering:
        """The order of a whole list."""
        return self.asked_ordering() or flat.DEFAULT_ORDERING

    def whole(self, form: str) -> QuerySet[Any]:
        """The rows asked for. A table of claims has columns of its own, and is made of claims with their status."""
        rows: Any = self.get_queryset()
        return self.filter_queryset(rows.with_status() if self.kind == "claims" and form != "jsonl" else rows)


def renderers_for(kind: str, *, detail: bool) -> list[type[forms.JSONRenderer]]:
    """The forms in which a list of this kind can be had, or one of its rows; the first is given unasked."""
    there: list[type[forms.JSONRenderer]] = [forms.JSONRenderer]
    if not detail:
        there += [forms.CSVRenderer, forms.JSONLinesRenderer, forms.NDJSONRenderer, forms.XLSXRenderer]
    if kind in web_annotation.ANNOTATED_RESOURCES:
        there.append(forms.WebAnnotationRenderer)
    if kind in jsonld.NODE_BUILDERS:
        there.append(forms.JSONLDRenderer)
    if kind in atom.FEEDS and not detail:
        there.append(forms.AtomRenderer)
    return there


def table_columns(kind: str) -> tuple[Column, ...]:
    """The columns of a list's CSV and workbook."""
    return flat.CLAIM_COLUMNS if kind == "claims" else api_tables.API_TABLES[kind].columns


def start_stream(blocks: Iterator[bytes], *, broken: bytes) -> Iterator[bytes]:
    """The same, with the line of names and the first rows made already: what fails at once fails as a problem.

    What fails later leaves a mark: see `_BROKEN`.
    """
    first = b"".join(islice(blocks, 2))
    return _stream_with_marker(first, blocks, broken)


def _stream_with_marker(first: bytes, blocks: Iterator[bytes], broken: bytes) -> Iterator[bytes]:
    yield first
    try:
        yield from blocks  # which is closed with this where a reader goes away
    except Exception:
        yield broken
        raise


def _workbook_problem(message: str) -> ParameterProblem:
    return ParameterProblem({"format": f"xlsx {message}: narrow the list by its filters, or take csv or jsonl"})


def _parse_switch(request: Request, name: str) -> bool:
    text = request.query_params.get(name, "0")
    switch = BooleanValue()
    if not switch.pattern.fullmatch(text):
        raise ParameterProblem({name: f"must be {switch.expected}"})
    return switch.parsed(text)
