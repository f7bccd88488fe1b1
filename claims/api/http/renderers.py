"""How what is answered is written, and which way of writing is asked for."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

import orjson
from django.http.request import MediaType
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from claims.api.http.problems import ParameterProblem
from claims.api.query.sql_serializer import decode_row
from claims.export.syndication import atom, jsonld, web_annotation
from claims.export.tabular import jsonl, xlsx


class JSONRenderer(BaseRenderer):
    """JSON in UTF-8; what JSON has no number for (NaN) is null."""

    described: ClassVar[dict[str, Any]] = {"type": "object"}  # as JSON Schema, where a serializer does not say it
    media_type = "application/json"
    format = "json"
    charset = None  # RFC 8259: JSON has none to state

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002  # DRF's signature
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002  # DRF's signature
    ) -> bytes:
        """The bytes."""
        return b"" if data is None else orjson.dumps(data, default=str)


class WholeListRenderer(JSONRenderer):
    """A form in which a list can be had as a whole. The list makes its bytes itself: see `claims.api.resources.exportable`."""

    described: ClassVar[dict[str, Any]] = {
        "type": "string",
        "description": "The whole filtered list, whichever page is asked for: `cursor` and `page_size` have no place.",
    }


class CSVRenderer(WholeListRenderer):
    """A table as text."""

    media_type = "text/csv"
    format = "csv"


class JSONLinesRenderer(WholeListRenderer):
    """The rows as JSON gives them, one a line."""

    media_type = jsonl.MEDIA_TYPE
    format = "jsonl"


class NDJSONRenderer(JSONLinesRenderer):
    """The same by its other name."""

    media_type = "application/x-ndjson"


class XLSXRenderer(WholeListRenderer):
    """A table as an Excel workbook."""

    media_type = xlsx.MEDIA_TYPE
    format = "xlsx"


class PageRenderer(JSONRenderer, ABC):
    """Another way to say what a page of a list says in JSON."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002  # DRF's signature
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The bytes."""
        context = renderer_context or {}
        rows = [decode_row(row) for row in data["results"]]
        return self.page(context["view"].kind, rows, PageLinks(context["request"], data))

    @abstractmethod
    def page(self, kind: str, rows: list[Mapping[str, Any]], place: "PageLinks") -> bytes:
        """A page of a list."""


class PageAndRowRenderer(PageRenderer):
    """The same, which has a way to say a row by itself too."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The bytes."""
        view = (renderer_context or {})["view"]
        if view.detail:
            return self.row(view.kind, decode_row(data))
        return super().render(data, accepted_media_type, renderer_context)

    @abstractmethod
    def row(self, kind: str, row: Mapping[str, Any]) -> bytes:
        """One row."""


class PageLinks:
    """Where a page is among the pages of its list."""

    def __init__(self, request: Request, page: Mapping[str, Any]) -> None:
        self.at = request.build_absolute_uri()
        query = request.query_params.copy()
        query.pop("cursor", None)
        asked = f"?{query.urlencode()}" if query else ""
        self.first = request.build_absolute_uri(f"{request.path}{asked}")
        self.following: str | None = page["next"]
        self.before: str | None = page["previous"]


class JSONLDRenderer(PageAndRowRenderer):
    """schema.org's vocabulary as JSON-LD."""

    media_type = jsonld.MEDIA_TYPE
    format = "jsonld"

    def row(self, kind: str, row: Mapping[str, Any]) -> bytes:
        """A document of its own."""
        return orjson.dumps(jsonld.jsonld_document(kind, row), default=str)

    def page(self, kind: str, rows: list[Mapping[str, Any]], place: PageLinks) -> bytes:
        """An ItemList."""
        return orjson.dumps(jsonld.jsonld_page(kind, rows, address=place.at), default=str)


class WebAnnotationRenderer(PageAndRowRenderer):
    """Quotes as Web Annotations."""

    media_type = web_annotation.MEDIA_TYPE
    format = web_annotation.FORMAT

    def row(self, kind: str, row: Mapping[str, Any]) -> bytes:  # noqa: ARG002  # quotes only
        """An Annotation."""
        return orjson.dumps(web_annotation.annotation_document(row), default=str)

    def page(self, kind: str, rows: list[Mapping[str, Any]], place: PageLinks) -> bytes:  # noqa: ARG002  # quotes only
        """An AnnotationPage of a collection."""
        page = web_annotation.annotation_page(
            rows, at=place.at, first=place.first, following=place.following, before=place.before
        )
        return orjson.dumps(page, default=str)


class AtomRenderer(PageRenderer):
    """A feed of what is newest."""

    described: ClassVar[dict[str, Any]] = {"type": "string", "description": "RFC 4287, with the pages of RFC 5005."}
    media_type = atom.MEDIA_TYPE
    format = "atom"

    def page(self, kind: str, rows: list[Mapping[str, Any]], place: PageLinks) -> bytes:
        """A page of the feed."""
        return atom.render_feed(
            kind, rows, at=place.at, first=place.first, following=place.following, before=place.before
        )


class ContentNegotiation(DefaultContentNegotiation):
    """What is asked for by suffix or `format=`, else what is most wanted of what is accepted (RFC 9110)."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Of two that are wanted as much, the one that is named more exactly, then the one that is offered first."""
        offered = list(renderers)
        asked = request.query_params.get(self.settings.URL_FORMAT_OVERRIDE)
        if format_suffix and asked and asked != format_suffix:
            raise ParameterProblem({"format": f"must be {format_suffix} where the address ends in that, or left out"})
        wanted = format_suffix or asked
        if wanted:
            (first, *_) = self.filter_renderers(offered, wanted)
            return first, first.media_type
        best = _best_offer(tuple(each.media_type for each in offered), tuple(self.get_accept_list(request)))
        if best is None:
            raise NotAcceptable(available_renderers=offered)
        return offered[best], offered[best].media_type

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str) -> list[BaseRenderer]:  # noqa: A002  # DRF's
        """Those of that name."""
        offered = list(renderers)
        named = [renderer for renderer in offered if renderer.format == format]
        if not named:
            names = dict.fromkeys(renderer.format for renderer in offered)
            raise ParameterProblem({"format": f"must be one of {', '.join(names)}"})
        return named


@lru_cache(maxsize=200)
def _best_offer(offered: tuple[str, ...], tokens: tuple[str, ...]) -> int | None:
    """The place of what is most wanted; None if nothing is."""
    try:
        accepted = [MediaType(token) for token in tokens]
    except ValueError:  # one that is too long to be read
        return None
    quality, _, place = max((*_match_quality(MediaType(each), accepted), -place) for place, each in enumerate(offered))
    return -place if quality else None


def _match_quality(offered: MediaType, accepted: list[MediaType]) -> tuple[float, int]:
    """How much it is wanted, from 0 to 1, and how exactly it was named: the most exact name counts.

    Parameters of what is accepted that the offer does not have (a charset) are passed over.
    """
    parameters = offered.params.items()
    exact, quality = max(
        (
            (each.specificity, each.quality)
            for each in accepted
            if each.main_type in {"*", offered.main_type}
            and each.sub_type in {"*", offered.sub_type}
            and parameters <= each.params.items()
        ),
        default=(0, 0.0),
    )
    return quality, exact + len(parameters)
