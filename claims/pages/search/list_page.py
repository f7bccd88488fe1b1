"""The page of a list: its rows, with search, filters and paging, every state at a URL of its own."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

from django.core.signing import Signer
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from claims.http.cursors import CursorCodec, InvalidParameterError
from claims.http.list_pages import ListPage, prepared_list, read_list_page
from claims.pages.common.page import Alternate, Page, atom_alternate, csv_alternate, json_alternate
from claims.pages.common.page_view import PageView
from claims.pages.search.facets import Facet, choice_facets, counted_facets
from claims.pages.search.filter_labels import ORDERING_LABELS, filter_label, value_label
from claims.pages.search.list_parameters import ListParameters
from claims.resources.counts.facets import FacetCounts
from claims.resources.permalinks import list_url
from claims.resources.resource import Resource
from claims.resources.sql.sql_serializer import load_row, sql_serializer_for

LIST_CURSORS = CursorCodec(Signer(salt="claims.pages.cursor"), gettext_lazy("must come from a link of this list"))


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the URL of the list without it."""

    label: str
    value: str
    remove_url: str


class ListPageView(PageView):
    """The list of a resource. `fields` are those of its rows that `row_template` shows.

    `date_filters` are the names of filters by date that the form offers; the other filters are set by the links of
    facets: those that the resource can be counted by, and `choice_filters`, which have few values and no counts.
    """

    resource: ClassVar[Resource]
    template: ClassVar[str] = "claims/pages/search/list.html"
    row_template: ClassVar[str]
    fields: ClassVar[tuple[str, ...] | None] = None
    title: ClassVar[Any]
    lead: ClassVar[Any] = ""
    search_label: ClassVar[Any] = gettext_lazy("Search")
    empty_text: ClassVar[Any]
    date_filters: ClassVar[tuple[str, ...]] = ()
    choice_filters: ClassVar[tuple[str, ...]] = ()

    @property
    def is_searchable(self) -> bool:
        return "q" in self.resource.filterset_class.base_filters

    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        parameters = ListParameters.parse(request.GET, self.resource)
        path, errors = reverse(f"page-{self.resource.name}"), dict(parameters.errors)
        list_page = ListPage([], None, None, {})
        if not errors:
            try:
                list_page = self._read(parameters)
            except InvalidParameterError as error:
                errors |= error.messages
        facets, counts = ([], None) if errors else self._facets(parameters)
        urls = LIST_CURSORS.urls(path, parameters.query, list_page.next, list_page.previous)
        query = parameters.query.urlencode(safe=",")
        is_whole_list = not parameters.query
        return Page(
            template=self.template,
            title=str(self.title),
            path=f"{path}?{query}" if query and not errors else path,
            description=str(self.lead),
            alternates=self._alternates(parameters) if not errors else (),
            is_indexed=is_whole_list and not errors,
            status=HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK,
            context={
                "list": self,
                "list_path": path,
                "rows": [load_row(row) for row in list_page.rows],
                "ranking_is_cut": list_page.extra.get("ranking_is_cut", False),
                "next_url": urls[0],
                "previous_url": urls[1],
                "errors": [(filter_label(name), message) for name, message in errors.items()],
                "parameters": parameters,
                "search_query": parameters.values.get("q"),
                "chips": self._chips(parameters, facets, path),
                "facets": facets,
                "counts": counts,
                "date_fields": [
                    (name, filter_label(name), parameters.query.get(name, "")) for name in self.date_filters
                ],
                "hidden_fields": [(name, value) for name, value in parameters.filters if name not in self.date_filters],
                "orderings": self._orderings(parameters),
            },
        )

    def _facets(self, parameters: ListParameters) -> tuple[list[Facet], FacetCounts | None]:
        facets = choice_facets(parameters, self.choice_filters)
        if not self.resource.dimensions:
            return facets, None
        counted, counts = counted_facets(parameters)
        return facets + counted, counts

    def _read(self, parameters: ListParameters) -> ListPage:
        query, resource = parameters.page_query(), self.resource
        rows: Any = prepared_list(query, resource) if parameters.ordering else None
        if rows is None:
            rows = resource.filterset_class.apply(resource.rows(), parameters.values)
        read = sql_serializer_for(resource.serializer_class, self.fields).rows_with_positions
        return read_list_page(query, rows, parameters.ordering, read, LIST_CURSORS)

    def _alternates(self, parameters: ListParameters) -> tuple[Alternate, ...]:
        """Returns the same list, in other formats: feeds are always sorted by time, files never by relevance."""
        unordered = parameters.list_query(ordered=False)
        ordered = unordered if parameters.ordering is None else parameters.list_query()
        alternates = [
            json_alternate(self._list_url(parameters.list_query())),
            csv_alternate(self._list_url("format=csv", ordered)),
        ]
        if "atom" in self.resource.page_formats:
            alternates.append(atom_alternate(self._list_url("format=atom", unordered)))
        return tuple(alternates)

    def _list_url(self, *queries: str) -> str:
        query = "&".join(filter(None, queries))
        return f"{list_url(self.resource.name)}?{query}" if query else list_url(self.resource.name)

    @staticmethod
    def _chips(parameters: ListParameters, facets: list[Facet], path: str) -> list[Chip]:
        # The rows' own names, such as that of a speaker, are known from the facets.
        labels = {(value.filter, value.value): value.label for facet in facets for value in facet.values}
        return [
            Chip(
                filter_label(name),
                labels.get((name, value)) or value_label(name, value),
                f"{path}?{parameters.without(name, value)}".rstrip("?"),
            )
            for name, value in parameters.filters
        ]

    def _orderings(self, parameters: ListParameters) -> list[tuple[str, str, bool]]:
        """Returns the name and label of each ordering, and whether it is the current one."""
        default, *_ = self.resource.orderings
        current = parameters.query.get("ordering", default)
        return [
            (name, str(ORDERING_LABELS[name]), name == current)
            for name in self.resource.orderings
            if name in ORDERING_LABELS and (name != "relevance" or parameters.search)
        ]
