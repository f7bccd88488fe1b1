"""The renderers: JSON, and the other formats that say the same."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import orjson
from django.http import QueryDict
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from claims.export.syndication import atom, jsonld, web_annotation
from claims.export.tabular import csvw, jsonl, xlsx
from claims.resources.sql.sql_serializer import load_row

Row = Mapping[str, Any]


class JSONRenderer(BaseRenderer):
    """JSON in UTF-8. What JSON has no number for (NaN) is null."""

    title: ClassVar = "JSON"
    schema: ClassVar[dict[str, Any]] = {"type": "object"}  # JSON Schema, where no serializer declares it
    media_type = "application/json"
    format = "json"
    selects_fields: ClassVar = True  # whether it takes `fields` and `expand`
    charset = None  # RFC 8259: JSON has no charset parameter

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # REST framework's signature
        renderer_context: Mapping[str, Any] | None = None,  # REST framework's signature
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str)


class WholeListRenderer(JSONRenderer):
    """A format that a whole list is streamed in. The bytes come from `claims.api.resources.whole_lists`."""

    schema: ClassVar[dict[str, Any]] = {
        "type": "string",
        "description": "The whole filtered list.",
    }


class CSVRenderer(WholeListRenderer):
    title = "CSV"
    media_type = "text/csv"
    format = "csv"
    selects_fields = True


class CSVMetadataRenderer(WholeListRenderer):
    """What a CSV has in its columns. Its only URLs are those with its suffix."""

    schema: ClassVar = {"type": "object", "additionalProperties": {}}
    title = "CSV metadata"
    media_type = csvw.MEDIA_TYPE
    format = csvw.SUFFIX


class JSONLinesRenderer(WholeListRenderer):
    title = "JSON Lines"
    media_type = jsonl.MEDIA_TYPE
    format = "jsonl"


class NDJSONRenderer(JSONLinesRenderer):
    """JSON Lines under its other media type."""

    media_type = "application/x-ndjson"


class XLSXRenderer(WholeListRenderer):
    schema: ClassVar = WholeListRenderer.schema | {"format": "binary"}
    selects_fields = False
    title = "Excel workbook"
    media_type = xlsx.MEDIA_TYPE
    format = "xlsx"


class PageRenderer(JSONRenderer, ABC):
    """A format that renders the pages of a list.

    `row_fields` are the fields that it needs of each resource's rows; all, for a resource that is not among them.
    """

    row_fields: ClassVar[Mapping[str, tuple[str, ...] | None]] = {}

    selects_fields = False

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # REST framework's signature
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        context = renderer_context or {}
        rows = [load_row(row) for row in data["results"]]
        return self.render_page(context["view"].resource.name, rows, PageLinks(context["request"], data))

    @abstractmethod
    def render_page(self, resource: str, rows: list[Row], links: "PageLinks") -> bytes: ...


class PageAndRowRenderer(PageRenderer):
    """A format that renders pages, and single rows as documents of their own."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        view = (renderer_context or {})["view"]
        if view.detail:
            return self.render_row(view.resource.name, load_row(data), view.request.query_params)
        return super().render(data, accepted_media_type, renderer_context)

    @abstractmethod
    def render_row(self, resource: str, row: Row, query: QueryDict) -> bytes: ...


class PageLinks:
    """The URLs of a page, of its neighbours, and of the first page of the list; and the page's query."""

    def __init__(self, request: Request, page: Mapping[str, Any]) -> None:
        self.this = request.build_absolute_uri()
        self.query = request.query_params
        query = request.query_params.copy()
        query.pop("cursor", None)
        query_string = f"?{query.urlencode()}" if query else ""
        self.first = request.build_absolute_uri(f"{request.path}{query_string}")
        self.next: str | None = page["next"]
        self.previous: str | None = page["previous"]


class JSONLDRenderer(PageAndRowRenderer):
    title = "JSON-LD"
    media_type = jsonld.MEDIA_TYPE
    format = "jsonld"

    def render_row(self, resource: str, row: Row, query: QueryDict) -> bytes:
        return orjson.dumps(jsonld.jsonld_document(resource, row), default=str)

    def render_page(self, resource: str, rows: list[Row], links: PageLinks) -> bytes:
        return orjson.dumps(jsonld.jsonld_page(resource, rows, url=links.this), default=str)


class WebAnnotationRenderer(PageAndRowRenderer):
    """Quotes as Web Annotations."""

    title = "Web Annotations"
    media_type = web_annotation.MEDIA_TYPE
    format = web_annotation.FORMAT

    def render_row(self, resource: str, row: Row, query: QueryDict) -> bytes:  # quotes only
        document = web_annotation.annotation_document(row, query.get("target", web_annotation.SNAPSHOT))
        return orjson.dumps(document, default=str)

    def render_page(self, resource: str, rows: list[Row], links: PageLinks) -> bytes:  # quotes only
        page = web_annotation.annotation_page(
            rows,
            links.query.get("target", web_annotation.SNAPSHOT),
            url=links.this,
            first=links.first,
            next_url=links.next,
            previous_url=links.previous,
        )
        return orjson.dumps(page, default=str)


class AtomRenderer(PageRenderer):
    schema: ClassVar[dict[str, Any]] = {
        "type": "string",
        "description": "An Atom feed (RFC 4287), paged as in RFC 5005.",
    }
    title = "Atom feed"
    media_type = atom.MEDIA_TYPE
    format = "atom"
    row_fields = {name: feed.fields for name, feed in atom.FEEDS.items()}

    def render_page(self, resource: str, rows: list[Row], links: PageLinks) -> bytes:
        return atom.render_feed(
            resource, rows, url=links.this, first=links.first, next_url=links.next, previous_url=links.previous
        )
