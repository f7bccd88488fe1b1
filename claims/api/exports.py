"""The forms a list can be had in: as a whole in one answer, or page by page as something else than JSON."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from claims.api import pagination
from claims.api import renderers as forms
from claims.api.plan import parts
from claims.api.problems import ParameterProblem
from claims.api.resource import Resource
from claims.export import annotation, atom, csv, csvw, jsonl, linked, listings, xlsx
from claims.export import claims as flat
from claims.export.columns import Column
from claims.search.keyset import Ordering
from claims.search.values import Switch

MOST_ROWS = 50_000  # of a workbook, which is made before the first byte is sent
BLOCK = 500  # rows that are read at once of those as JSON gives them: the first are there at once
_PAGED = [*pagination.PARAMETERS, "count"]  # what has no meaning for a whole list
_CHOSEN = ["fields", "expand"]  # what a form with columns of its own cannot follow
_HOW = ["raw", "bom"]  # how CSV is written
# The last line of what could not be written to its end. The server logs what went wrong and ends the answer as any
# other, so the file itself must say so, to people and to programs: a quote mark that nothing closes is an error to both
# formats' readers.
_NOT_COMPLETE = "THIS LIST IS NOT COMPLETE: something went wrong while it was written. Ask for it again."
_BROKEN = {"csv": f'"{_NOT_COMPLETE}'.encode(), "jsonl": f'{{"error": "{_NOT_COMPLETE}'.encode()}
_TYPES = {"csv": "text/csv; charset=utf-8; header=present", "xlsx": xlsx.MEDIA_TYPE}


class Exported(Resource):
    """A list that can be had as a whole as CSV, JSON Lines or a workbook, and where it fits as JSON-LD and the like."""

    @property
    def kind(self) -> str:
        """Its name."""
        return str(self.basename).removeprefix("api-")

    def get_renderers(self) -> list[Any]:
        """The forms that there are."""
        return [form() for form in forms_of(self.kind, detail=bool(self.detail))]

    @property
    def default_response_headers(self) -> dict[str, str]:
        """There are several forms of nearly everything."""
        return super().default_response_headers | {"Vary": "Accept"}

    def parameters(self) -> tuple[set[str], set[str]]:
        """Those of the list, and how the CSV is written."""
        known, several = super().parameters()
        return (known if self.detail else known | set(_HOW)), several

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        # No docstring: the schema would show it in place of the view's.
        self.refuse(request, _CHOSEN if request.accepted_renderer.format != "json" else [])
        return super().retrieve(request, *args, **kwargs)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        # No docstring, as above.
        form = request.accepted_renderer.format
        whole = isinstance(request.accepted_renderer, forms.WholeListRenderer)
        how = {name: _switch(request, name) for name in _HOW}
        self.refuse(request, [*(_PAGED if whole else []), *(_CHOSEN if form not in {"json", "jsonl"} else [])])
        if whole and request.query_params.get("ordering") == "relevance":
            raise ParameterProblem({"ordering": "cannot be relevance for a whole list: take newest or oldest"})
        if not whole:
            return super().list(request, *args, **kwargs)
        headers = {"Content-Disposition": f'attachment; filename="{self.kind}.{form}"'}
        if form in _TYPES:
            description = request.build_absolute_uri(reverse(f"api-{self.kind}-csvw"))
            headers["Link"] = f'<{description}>; rel="describedby"; type="{csvw.MEDIA_TYPE}"'
        content = {"content_type": _TYPES.get(form, request.accepted_renderer.media_type), "headers": headers}
        rows = self.whole(form)
        if form == "xlsx":
            return self.workbook(request, rows, content)
        if request.method == "HEAD":
            return StreamingHttpResponse([], **content)
        return StreamingHttpResponse(begun(self.written(form, rows, **how), broken=_BROKEN[form]), **content)

    def refuse(self, request: Request, names: Iterable[str]) -> None:
        """Refuse these parameters."""
        form = request.accepted_renderer.format
        if given := [name for name in names if name in request.query_params]:
            raise ParameterProblem(dict.fromkeys(given, f"has no place here with the form {form}"))

    def written(self, form: str, rows: QuerySet[Any], *, raw: bool, bom: bool) -> Iterator[bytes]:
        """The bytes of the whole list."""
        if form == "jsonl":
            return jsonl.lines(self.blocks(rows, BLOCK))
        if self.kind == "claims":
            return csv.blocks(rows, ordering=self.whole_ordering(), raw=raw, bom=bom)
        return listings.as_csv(listings.LISTINGS[self.kind], self.read(rows), raw=raw, bom=bom)

    def read(self, rows: QuerySet[Any]) -> Iterator[Any]:
        """All these rows, for forms that are not JSON."""
        return ([parts(row) for row in block] for block in self.blocks(rows, BLOCK))

    def workbook(self, request: Request, rows: QuerySet[Any], content: dict[str, Any]) -> HttpResponseBase:
        """All of it or nothing: what does not fit is refused before anything is made."""
        if rows.order_by().values("pk")[: MOST_ROWS + 1].count() > MOST_ROWS:
            raise _too_much(f"takes at most {MOST_ROWS:,} rows, and there are more")
        if request.method == "HEAD":
            return StreamingHttpResponse([], **content)
        if self.kind == "claims":
            values = flat.dated(rows, ordering=self.whole_ordering())
        else:
            values = listings.LISTINGS[self.kind].dated(self.read(rows))
        try:
            made = xlsx.workbook(self.kind, [column.name for column in columns_of(self.kind)], values)
        except xlsx.DoesNotFitError as error:
            raise _too_much(f"cannot hold this. {error}") from error
        with made:
            return StreamingHttpResponse([made.read()], **content)

    def whole_ordering(self) -> Ordering:
        """The order of a whole list."""
        return self.asked_ordering() or flat.ORDERING

    def whole(self, form: str) -> QuerySet[Any]:
        """The rows asked for. A table of claims has columns of its own, and is made of claims with their status."""
        rows: Any = self.get_queryset()
        return self.filter_queryset(rows.with_status() if self.kind == "claims" and form != "jsonl" else rows)


def forms_of(kind: str, *, detail: bool) -> list[type[forms.JSONRenderer]]:
    """The forms in which a list of this kind can be had, or one of its rows; the first is given unasked."""
    there: list[type[forms.JSONRenderer]] = [forms.JSONRenderer]
    if not detail:
        there += [forms.CSVRenderer, forms.JSONLinesRenderer, forms.NDJSONRenderer, forms.XLSXRenderer]
    if kind in annotation.KINDS:
        there.append(forms.AnnotationRenderer)
    if kind in linked.NODES:
        there.append(forms.LinkedDataRenderer)
    if kind in atom.ENTRIES and not detail:
        there.append(forms.AtomRenderer)
    return there


def columns_of(kind: str) -> tuple[Column, ...]:
    """The columns of a list's CSV and workbook."""
    return flat.COLUMNS if kind == "claims" else listings.LISTINGS[kind].columns


def begun(blocks: Iterator[bytes], *, broken: bytes) -> Iterator[bytes]:
    """The same, with the line of names and the first rows made already: what fails at once fails as a problem.

    What fails later leaves a mark: see `_BROKEN`.
    """
    first = b"".join(islice(blocks, 2))
    return _marked(first, blocks, broken)


def _marked(first: bytes, blocks: Iterator[bytes], broken: bytes) -> Iterator[bytes]:
    yield first
    try:
        yield from blocks  # which is closed with this where a reader goes away
    except Exception:
        yield broken
        raise


def _too_much(message: str) -> ParameterProblem:
    return ParameterProblem({"format": f"xlsx {message}: narrow the list by its filters, or take csv or jsonl"})


def _switch(request: Request, name: str) -> bool:
    text = request.query_params.get(name, "0")
    switch = Switch()
    if not switch.pattern.fullmatch(text):
        raise ParameterProblem({name: f"must be {switch.expected}"})
    return switch.parsed(text)
