"""Search over claims, quotes and speakers at once."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.http.list_pages import prepared_list
from claims.pages.common.page import Page
from claims.pages.common.page_view import PageView
from claims.pages.common.rows import APIRow, read_rows
from claims.pages.search.filter_labels import filter_label
from claims.pages.search.list_parameters import ListParameters
from claims.pages.search.lists import ClaimListView, QuoteListView, SpeakerListView
from claims.resources.permalinks import list_page_path
from claims.resources.resource import Resource
from claims.resources.sql.sql_serializer import load_row, sql_serializer_for
from claims.search.full_text import list_ordering
from claims.search.keyset import order_by_keyset

MAX_SPEAKERS = 5
MAX_RESULTS = 10


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The first rows of a list that match, and the URL of all of them."""

    title: str
    row_template: str
    rows: list[APIRow]
    has_more: bool
    list_path: str


class SearchPageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        path = reverse("page-search")
        typed = request.GET.get("q", "").strip()
        query = QueryDict(mutable=True)
        if typed:
            query["q"] = typed
        parameters = ListParameters.parse(query, ClaimListView.resource)
        is_search = bool(typed) and not parameters.errors
        return Page(
            template="claims/pages/search/search.html",
            title=_("Search"),
            path=f"{path}?{query.urlencode()}" if is_search else path,
            is_indexed=not typed,
            status=HTTPStatus.BAD_REQUEST if parameters.errors else HTTPStatus.OK,
            context={
                "parameters": parameters,
                "search_query": parameters.values.get("q"),
                "is_search": is_search,
                "results": _search(query) if is_search else [],
                "errors": [(filter_label(name), message) for name, message in parameters.errors.items()],
            },
        )


def _search(query: QueryDict) -> list[SearchResults]:
    lists = ((SpeakerListView, MAX_SPEAKERS), (ClaimListView, MAX_RESULTS), (QuoteListView, MAX_RESULTS))
    results = []
    for view, limit in lists:
        rows = _first_rows(view.resource, query, view.fields, limit + 1)
        list_path = list_page_path(view.resource.name, q=query["q"])
        if rows:
            results.append(
                SearchResults(str(view.title), view.row_template, rows[:limit], len(rows) > limit, list_path)
            )
    return results


def _first_rows(resource: Resource, query: QueryDict, fields: tuple[str, ...] | None, limit: int) -> list[APIRow]:
    ordering = resource.default_ordering
    if prepared := prepared_list(query, resource):
        page = prepared.page(prepared.ordering(ordering), None, backwards=False, size=limit)
        read = sql_serializer_for(resource.serializer_class, fields).rows_with_positions
        return [load_row(row) for _value, _pk, row in read(page)]
    values, _errors = resource.filterset_class.parse(query)
    rows = resource.filterset_class.apply(resource.rows(), values)
    return read_rows(resource, order_by_keyset(rows, list_ordering(rows, ordering))[:limit], fields=fields)
