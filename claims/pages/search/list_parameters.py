"""The query parameters of a list's page: those of the API's list, as forms and people write them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from claims.http.cursors import InvalidParameterError
from claims.http.list_pages import parse_ordering
from claims.resources.resource import Resource
from claims.search.keyset import KeysetOrdering

PAGE_SIZE = 25
MAX_SHOWN_LENGTH = 200  # characters of an invalid value that the form shows again
API_ONLY = {"updated_since"}  # lists with tombstones are for programs


@dataclass(frozen=True, slots=True)
class ListParameters:
    """The filters, the ordering and the cursor of a list's page.

    `query` has the parameters that mean something here, in one order, so that equal lists have equal URLs: unknown
    parameters (`utm_source`) and empty fields of a form are left out. `values` are those of the filters as Python
    values, `errors` what is wrong with the others.
    """

    resource: Resource
    query: QueryDict
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    ordering: KeysetOrdering | None = None
    search: str = ""  # as it was typed, valid or not

    @classmethod
    def parse(cls, query: QueryDict, resource: Resource) -> "ListParameters":
        cleaned = QueryDict(mutable=True)
        for name, texts in _known_parameters(query, resource):
            cleaned.setlist(name, texts)
        if "q" not in cleaned:  # a search that was emptied
            cleaned.pop("q_in", None)
            if cleaned.get("ordering") == "relevance":
                del cleaned["ordering"]
        values, errors = resource.filterset_class.parse(cleaned)
        ordering = None
        try:
            ordering = parse_ordering(cleaned, resource)
        except InvalidParameterError as error:
            errors |= error.messages
        search = cleaned.get("q", "")[:MAX_SHOWN_LENGTH]
        for name in errors:
            cleaned.pop(name, None)
        for name, value in values.items():
            row_filter = resource.filterset_class.base_filters[name]
            if row_filter.value.is_list and not row_filter.value.may_contain_commas:
                cleaned.setlist(name, list(map(str, value)))
        return cls(resource, cleaned, values, errors, ordering, search)

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The filters besides the search, a pair for each of their values."""
        names = [name for name in self.query if name in self.resource.filterset_class.base_filters and name != "q"]
        return [(name, value) for name in names for value in self.query.getlist(name)]

    def page_query(self) -> QueryDict:
        """Returns the query for the rows of this page."""
        query = self.query.copy()
        query["page_size"] = str(PAGE_SIZE)
        return query

    def with_filters(self, filters: Mapping[str, list[str]]) -> str:
        """Returns the query string of the first page of the list with these filters instead of those of their names."""
        query = self._first_page()
        for name, values in filters.items():
            query.setlist(name, values)
        return query.urlencode(safe=",")

    def without(self, name: str, value: str) -> str:
        """Returns the query string of the first page of the list without this value of a filter."""
        query = self._first_page()
        query.setlist(name, [other for other in query.getlist(name) if other != value])
        return query.urlencode()

    def list_query(self, *, ordered: bool = True) -> str:
        """Returns the query string of the whole list, in its ordering unless not `ordered`."""
        query = self._first_page()
        if not ordered:
            query.pop("ordering", None)
        return query.urlencode()

    def _first_page(self) -> QueryDict:
        query = self.query.copy()
        query.pop("cursor", None)
        return query


def _known_parameters(query: QueryDict, resource: Resource) -> Iterator[tuple[str, list[str]]]:
    filters = resource.filterset_class.base_filters
    for name in (*filters, "ordering", "cursor"):
        values = [value for value in dict.fromkeys(query.getlist(name)) if value.strip()]
        if values and name not in API_ONLY:
            yield name, values if name in filters and filters[name].value.is_list else values[-1:]
