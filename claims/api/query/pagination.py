"""Keyset pagination of the API's lists: the page in the body, its neighbours linked there and in a header."""

from django.core.signing import Signer
from django.db.models import Model, QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.http.problems import ParameterProblem
from claims.api.query import openapi_parameters
from claims.api.query.openapi_parameters import COUNT_MODES, MAX_EXACT_ROWS
from claims.http.cursors import MAX_CURSOR_LENGTH, Cursor, CursorCodec
from claims.http.list_pages import MAX_PAGE_SIZE, PAGE_SIZE, ReadRows, Rows, read_list_page
from claims.resources.sql.list_query import ListQuery
from claims.search.keyset import KeysetOrdering
from claims.search.suggestions import must_be_one_of

PAGE_PARAMETERS = ("cursor", "page_size", "count")
CURSOR_SIGNER = Signer(salt="claims.api.cursor")
LIST_CURSORS = CursorCodec(CURSOR_SIGNER, "must come from a `next` or `previous` link of this list")


class KeysetPagination(BasePagination):
    """Pages with signed cursors, each valid for one list in one ordering."""

    def page_response(self, request: Request, rows: Rows, ordering: KeysetOrdering | None, read: ReadRows) -> Response:
        """Returns the requested page of these rows; without an ordering, by relevance to the full-text query.

        Its neighbours are linked in the body and in a `Link` header (RFC 8288).
        """
        count_mode = request.query_params.get("count")
        page = read_list_page(request.query_params, rows, ordering, read, LIST_CURSORS)
        first: Cursor | None = [] if page.next or page.previous else None
        next_url, previous_url, first_url = LIST_CURSORS.urls(
            request.build_absolute_uri(request.path), request.query_params, page.next, page.previous, first
        )
        data: dict[str, object] = {"next": next_url, "previous": previous_url}
        data |= page.extra
        if count_mode and not isinstance(rows, ListQuery):
            data |= _count_rows(rows, count_mode)
        data["results"] = page.rows
        urls = {"next": next_url, "prev": previous_url, "first": first_url}
        link = ", ".join(f'<{url}>; rel="{relation}"' for relation, url in urls.items() if url)
        return Response(data, headers={"Link": link} if link else None)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, object]]:
        return openapi_parameters.page_parameters(
            view, max_cursor=MAX_CURSOR_LENGTH, page_size=PAGE_SIZE, max_page_size=MAX_PAGE_SIZE
        )

    def get_paginated_response_schema(self, schema: dict[str, object]) -> dict[str, object]:
        return openapi_parameters.page_schema(schema)


def _count_rows(rows: QuerySet[Model], mode: str) -> dict[str, object]:
    """Returns the members `count` and `count_is_estimate` of a response, for `count=exact` or `count=estimate`."""
    if mode not in COUNT_MODES:
        raise ParameterProblem({"count": must_be_one_of(mode, COUNT_MODES)})
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
