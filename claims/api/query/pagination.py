"""Pages of a list: by keyset, so that a page at any depth costs the same and no row comes twice or is lost."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.http.problems import ParameterProblem
from claims.api.query import openapi_parameters, page_query, ranking
from claims.api.query.counting import count_rows
from claims.api.query.sql_serializer import JSONRow
from claims.search.full_text import list_ordering
from claims.search.keyset import (
    KeysetOrdering,
    KeysetPosition,
    filter_after_position,
    order_by_keyset,
    parse_position_value,
    position_before,
)

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200
MAX_CURSOR_LENGTH = 4000  # characters: a name of 200 letters beyond ASCII, signed, takes 3400 at most
PAGE_PARAMETERS = ("cursor", "page_size", "count")
CURSOR_SIGNER = Signer(salt="claims.api.cursor")


def parse_page_size(request: Request) -> int:
    """How many rows a page is to have at most."""
    text = request.query_params.get("page_size", str(PAGE_SIZE))
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MAX_PAGE_SIZE):
        raise ParameterProblem({"page_size": f"must be a whole number from 1 to {MAX_PAGE_SIZE}"})
    return int(text)


@dataclass(frozen=True, slots=True)
class CursorCodec:
    """Places in lists, signed, as readers hand them back; what is said of one that is none of them."""

    signer: Signer
    refusal: str

    def place(self, request: Request, scope: str, parts: int) -> list[Any] | None:
        """The place in the list of this scope that the cursor names, of so many parts; None for the beginning."""
        cursor = request.query_params.get("cursor")
        if cursor is None:
            return None
        place: list[Any]
        try:
            found, *place = self.signer.unsign_object(cursor[:MAX_CURSOR_LENGTH])
        except (BadSignature, ValueError):
            found, place = None, []
        if found != scope or len(place) != parts:
            raise ParameterProblem({"cursor": self.refusal})
        return place

    def addresses(self, request: Request, *places: list[Any] | None) -> list[str | None]:
        """The addresses of the list from these places on, scopes first; of its beginning for an empty place."""
        pairs = [(name, value) for name, values in request.query_params.lists() for value in values if name != "cursor"]
        asked = urlencode(pairs, safe=",") if any(place is not None for place in places) else ""
        return [None if place is None else self._address(request, asked, place) for place in places]

    def _address(self, request: Request, asked: str, place: list[Any]) -> str:
        cursor = f"cursor={self.signer.sign_object(place)}" if place else ""
        query = "&".join(filter(None, (asked, cursor)))
        return request.build_absolute_uri(f"{request.path}?{query}" if query else request.path)


LIST_CURSORS = CursorCodec(CURSOR_SIGNER, "must be one that this list gave out: follow `next` and `previous`")


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The rows of a page, and the places from which its neighbours go on; None where there is none."""

    rows: list[JSONRow]
    next: list[Any] | None
    previous: list[Any] | None
    more: dict[str, Any]


class KeysetPagination(BasePagination):
    """A cursor is a place in a list, signed, and good for that list in that order only."""

    def answer(self, view: Any) -> Response:
        """The page asked for, with its neighbours in the body and in a `Link` header (RFC 8288)."""
        request: Request = view.request
        ordering = view.asked_ordering()
        walked = None if ordering is None else view.walk
        counted = request.query_params.get("count")
        rows = None if walked and not counted else view.filter_queryset(view.get_queryset())
        page = _relevance_page(rows, view) if ordering is None else _keyset_page(walked or rows, view, ordering)
        first: list[Any] | None = [] if page.next or page.previous else None
        following, before, beginning = LIST_CURSORS.addresses(request, page.next, page.previous, first)
        data: dict[str, Any] = {"next": following, "previous": before}
        data |= page.more
        if counted and rows is not None:
            data |= count_rows(rows, counted)
        data["results"] = page.rows
        links = {"next": following, "prev": before, "first": beginning}
        written = ", ".join(f'<{address}>; rel="{name}"' for name, address in links.items() if address)
        return Response(data, headers={"Link": written} if written else None)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """As OpenAPI has it."""
        pages = openapi_parameters.page_parameters(
            view, max_cursor=MAX_CURSOR_LENGTH, page_size=PAGE_SIZE, max_page_size=MAX_PAGE_SIZE
        )
        return pages + openapi_parameters.field_parameters(view)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """As OpenAPI has it."""
        return openapi_parameters.page_schema(schema)


def _keyset_page(rows: Any, view: Any, ordering: KeysetOrdering) -> ResultPage:
    """Of rows, or of a list that is kept ready."""
    size = parse_page_size(view.request)
    is_ready = isinstance(rows, page_query.ListQuery)
    ordering = page_query.page_ordering(rows, ordering) if is_ready else list_ordering(rows, ordering)
    model = view.model
    scope = f"{model.__name__} {' '.join(ordering)}"
    place = LIST_CURSORS.place(view.request, scope, 3)
    position, backwards = None, False
    if place:
        backwards, value, pk = place
        position = parse_position_value(model, ordering, value), pk
    wanted = size + 1  # whether there is more
    asked: Any
    if is_ready:
        asked = page_query.build_page_query(rows, ordering, position, backwards=backwards, size=wanted)
    else:
        left = filter_after_position(rows, ordering, position, backwards=backwards) if position else rows
        asked = order_by_keyset(left, ordering, backwards=backwards)[:wanted]
    found = view.plan().placed(asked)
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()

    def neighbour(*, before: bool) -> list[Any] | None:
        return _neighbour_cursor(scope, [place for place, _ in found], ordering, position, before=before)

    return ResultPage(
        rows=[row for _, row in found],
        next=neighbour(before=False) if more or (position and backwards) else None,
        previous=neighbour(before=True) if (more and backwards) or (position and not backwards) else None,
        more={},
    )


def _neighbour_cursor(
    scope: str, places: list[KeysetPosition], ordering: KeysetOrdering, position: KeysetPosition | None, *, before: bool
) -> list[Any] | None:
    """Where the page after these places begins, or ends the one before them."""
    if places:
        value, pk = places[0] if before else places[-1]
    elif position is None:
        return None  # there is no neighbour to an empty list
    else:
        # All that was here has gone meanwhile: the way back starts at the row from which it was reached.
        value, pk = position_before(ordering, position, backwards=before)
        value = value.isoformat() if hasattr(value, "isoformat") else value
    return [scope, before, value, pk]


def _relevance_page(queryset: Any, view: Any) -> ResultPage:
    """A page of what fits best: the ranks are found anew for each page, so a place in them is a number."""
    size = parse_page_size(view.request)
    scope = f"{queryset.model.__name__} relevance"
    place = LIST_CURSORS.place(view.request, scope, 1)
    start = place[0] if place else 0
    ids, is_cut = ranking.rank_ids(queryset, view.request.query_params["q"])
    wanted = ids[start : start + size]
    found = {
        pk: row for (_, pk), row in view.plan().placed(order_by_keyset(queryset.filter(pk__in=wanted), ("id", "id")))
    }
    return ResultPage(
        rows=[found[pk] for pk in wanted if pk in found],
        next=[scope, start + size] if start + size < len(ids) else None,
        previous=[scope, max(start - size, 0)] if start else None,
        more={"ranking_is_cut": is_cut},
    )
