"""Keyset pagination: every page costs the same at any depth, and no row comes twice or is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.http.problems import ParameterProblem
from claims.api.query import openapi_parameters
from claims.api.query.openapi_parameters import COUNT_MODES, MAX_EXACT_ROWS
from claims.resources.sql.prepared_query import IdQuery, ListQuery
from claims.resources.sql.sql_serializer import JSONRow
from claims.search.full_text import MAX_RANKED_CANDIDATES, list_ordering, rank_by_relevance
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
MAX_CURSOR_LENGTH = 4000  # characters: a signed name of 200 non-ASCII letters takes up to 3400
PAGE_PARAMETERS = ("cursor", "page_size", "count")
CURSOR_SIGNER = Signer(salt="claims.api.cursor")

Rows = QuerySet[Any] | ListQuery
ReadRows = Callable[[QuerySet[Any] | IdQuery], list[tuple[Any, int, JSONRow]]]  # each behind its keyset position
Cursor = list[Any]  # a scope and a position in it; empty at the start of a list


def parse_page_size(request: Request) -> int:
    text = request.query_params.get("page_size", str(PAGE_SIZE))
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MAX_PAGE_SIZE):
        raise ParameterProblem({"page_size": f"must be a whole number from 1 to {MAX_PAGE_SIZE}"})
    return int(text)


@dataclass(frozen=True, slots=True)
class CursorCodec:
    """Writes and reads signed cursors. A cursor holds a scope (the list and its ordering) and a position there."""

    signer: Signer
    error_message: str

    def read(self, request: Request, scope: str, length: int) -> list[Any] | None:
        """Returns the position in the request's cursor; None without one.

        Raises ParameterProblem unless the cursor is signed, has this scope, and a position of this length.
        """
        cursor = request.query_params.get("cursor")
        if cursor is None:
            return None
        position: list[Any]
        try:
            cursor_scope, *position = self.signer.unsign_object(cursor[:MAX_CURSOR_LENGTH])
        except (BadSignature, ValueError):
            cursor_scope, position = None, []
        if cursor_scope != scope or len(position) != length:
            raise ParameterProblem({"cursor": self.error_message})
        return position

    def urls(self, request: Request, *cursors: Cursor | None) -> list[str | None]:
        """Returns the list's URL at each of these cursors, given as scope and position; an empty one is the start."""
        pairs = [(name, value) for name, values in request.query_params.lists() for value in values if name != "cursor"]
        query = urlencode(pairs, safe=",") if any(cursor is not None for cursor in cursors) else ""
        return [None if cursor is None else self._url(request, query, cursor) for cursor in cursors]

    def _url(self, request: Request, query: str, cursor: Cursor) -> str:
        signed = f"cursor={self.signer.sign_object(cursor)}" if cursor else ""
        query = "&".join(filter(None, (query, signed)))
        return request.build_absolute_uri(f"{request.path}?{query}" if query else request.path)


LIST_CURSORS = CursorCodec(CURSOR_SIGNER, "must come from a `next` or `previous` link of this list")


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The rows of a page and the cursors of its neighbours: scope and position, None where there is no such page."""

    rows: list[JSONRow]
    next: Cursor | None
    previous: Cursor | None
    extra: dict[str, object]


class KeysetPagination(BasePagination):
    """Pages with signed cursors, each valid for one list in one ordering."""

    def page_response(self, request: Request, rows: Rows, ordering: KeysetOrdering | None, read: ReadRows) -> Response:
        """Returns the requested page of these rows; without an ordering, by relevance to the full-text query.

        Its neighbours are linked in the body and in a `Link` header (RFC 8288).
        """
        count_mode = request.query_params.get("count")
        page = _keyset_page(request, rows, ordering, read) if ordering else _relevance_page(request, rows, read)
        first: Cursor | None = [] if page.next or page.previous else None
        next_url, previous_url, first_url = LIST_CURSORS.urls(request, page.next, page.previous, first)
        data: dict[str, object] = {"next": next_url, "previous": previous_url}
        data |= page.extra
        if count_mode and not isinstance(rows, ListQuery):
            data |= _count_rows(rows, count_mode)
        data["results"] = page.rows
        urls = {"next": next_url, "prev": previous_url, "first": first_url}
        link = ", ".join(f'<{url}>; rel="{relation}"' for relation, url in urls.items() if url)
        return Response(data, headers={"Link": link} if link else None)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, object]]:
        pages = openapi_parameters.page_parameters(
            view, max_cursor=MAX_CURSOR_LENGTH, page_size=PAGE_SIZE, max_page_size=MAX_PAGE_SIZE
        )
        return pages + openapi_parameters.field_parameters(view)

    def get_paginated_response_schema(self, schema: dict[str, object]) -> dict[str, object]:
        return openapi_parameters.page_schema(schema)


def _keyset_page(request: Request, rows: Rows, ordering: KeysetOrdering, read: ReadRows) -> ResultPage:
    size = parse_page_size(request)
    ordering = rows.ordering(ordering) if isinstance(rows, ListQuery) else list_ordering(rows, ordering)
    scope = f"{rows.model.__name__} {' '.join(ordering)}"
    cursor = LIST_CURSORS.read(request, scope, 3)
    position, backwards = None, False
    if cursor:
        backwards, value, pk = cursor
        position = parse_position_value(rows.model, ordering, value), pk
    page: Any
    if isinstance(rows, ListQuery):  # one row more than the page has tells whether there is another page
        page = rows.page(ordering, position, backwards=backwards, size=size + 1)
    else:
        remaining = filter_after_position(rows, ordering, position, backwards=backwards) if position else rows
        page = order_by_keyset(remaining, ordering, backwards=backwards)[: size + 1]
    page_rows = read(page)
    has_more = len(page_rows) > size
    page_rows = page_rows[:size]
    if backwards:
        page_rows.reverse()

    def neighbour(*, before: bool) -> Cursor | None:
        return _neighbour_cursor(scope, [(value, pk) for value, pk, _ in page_rows], ordering, position, before=before)

    return ResultPage(
        rows=[row for _, _, row in page_rows],
        next=neighbour(before=False) if has_more or (position and backwards) else None,
        previous=neighbour(before=True) if (has_more and backwards) or (position and not backwards) else None,
        extra={},
    )


def _neighbour_cursor(
    scope: str,
    positions: list[KeysetPosition],
    ordering: KeysetOrdering,
    position: KeysetPosition | None,
    *,
    before: bool,
) -> Cursor | None:
    """Returns the cursor of the page after the one with rows at these positions, or `before` it."""
    if positions:
        value, pk = positions[0] if before else positions[-1]
    elif position is None:
        return None  # an empty list has one page
    else:
        # All rows here are gone by now: the way back starts at the row from which the page was reached.
        value, pk = position_before(ordering, position, backwards=before)
        value = value.isoformat() if hasattr(value, "isoformat") else value
    return [scope, before, value, pk]


def _relevance_page(request: Request, rows: Any, read: ReadRows) -> ResultPage:
    """Returns a page of the best matches. They are ranked for each page anew, so the position is a number."""
    size = parse_page_size(request)
    scope = f"{rows.model.__name__} relevance"
    cursor = LIST_CURSORS.read(request, scope, 1)
    start = cursor[0] if cursor else 0
    ids, is_cut = _rank_ids(rows, request.query_params["q"])
    page_ids = ids[start : start + size]
    page = order_by_keyset(rows.filter(pk__in=page_ids), ("id", "id"))
    rows_by_id = {pk: row for _, pk, row in read(page)}
    return ResultPage(
        rows=[rows_by_id[pk] for pk in page_ids if pk in rows_by_id],
        next=[scope, start + size] if start + size < len(ids) else None,
        previous=[scope, max(start - size, 0)] if start else None,
        extra={"ranking_is_cut": is_cut},
    )


def _rank_ids(rows: QuerySet[Model], query: str) -> tuple[list[int], bool]:
    """Returns the ids of these rows by relevance, best first, and whether there were more than could be ranked.

    `rows` are already filtered by the query.
    """
    ranked = rank_by_relevance(rows.model, query, limit=MAX_RANKED_CANDIDATES)
    matching = set(rows.order_by().filter(pk__in=ranked.ids).values_list("pk", flat=True))
    return [pk for pk in ranked.ids if pk in matching], ranked.is_truncated


def _count_rows(rows: QuerySet[Model], mode: str) -> dict[str, object]:
    """Returns the members `count` and `count_is_estimate` of a response, for `count=exact` or `count=estimate`."""
    if mode not in COUNT_MODES:
        raise ParameterProblem({"count": f"must be one of {', '.join(COUNT_MODES)}"})
    rows = rows.order_by("-id")
    if mode == "exact":
        return {"count": rows.count(), "count_is_estimate": False}
    newest_ids = list(rows.values_list("pk", flat=True)[: MAX_EXACT_ROWS + 1])
    if len(newest_ids) <= MAX_EXACT_ROWS:
        return {"count": len(newest_ids), "count_is_estimate": False}
    # Assumes that the newest rows are as dense among the ids as all are.
    first_id = rows.model._base_manager.order_by("id").values_list("pk", flat=True)[0]
    density = MAX_EXACT_ROWS / (newest_ids[0] - newest_ids[-1])
    return {"count": round(density * (newest_ids[0] - first_id + 1)), "count_is_estimate": True}
