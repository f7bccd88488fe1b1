"""The facets of a list: what its rows are, how many of each, and the URL of the list with those alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy

from claims.pages.search.filter_labels import filter_label, value_label
from claims.pages.search.list_parameters import ListParameters
from claims.resources.counts.count_by import GroupCount
from claims.resources.counts.facets import FacetCounts, count_facets
from claims.search.parameter_values import ChoiceValue, ListValue
from claims.templatetags.pages import status_label

FACET_LABELS = {
    "verdict": gettext_lazy("Verdict"),
    "topic": gettext_lazy("Topic"),
    "speaker": gettext_lazy("Speaker"),
    "publisher": gettext_lazy("Publisher"),
    "month": gettext_lazy("Month"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
}
MAX_FACET_VALUES = 8


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value, and the query string of the list with it, or of that without it if it `is_selected`."""

    label: str
    query: str
    filter: str
    value: str
    count: int | None = None
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    label: str
    values: list[FacetValue]


def counted_facets(parameters: ListParameters) -> tuple[list[Facet], FacetCounts]:
    """Counts the rows of a list by each dimension of its resource, in one SQL statement."""
    resource = parameters.resource
    names = [name for name in FACET_LABELS if name in resource.dimensions]
    counts = count_facets(resource, names, parameters.values, limit=MAX_FACET_VALUES)
    facets = []
    for name, groups in counts.groups.items():
        values = [_counted_value(parameters, name, group) for group in groups.groups]
        # One value alone narrows nothing, unless it can be given up again.
        if len(values) > 1 or groups.without_value or any(value.is_selected for value in values):
            facets.append(Facet(str(FACET_LABELS[name]), values))
    return [facet for facet in facets if facet.values], counts


def choice_facets(parameters: ListParameters, names: Iterable[str]) -> list[Facet]:
    """Returns facets for filters with few values, which are not counted."""
    facets = []
    for name in names:
        value_type = parameters.resource.filterset_class.base_filters[name].value
        item = value_type.item if isinstance(value_type, ListValue) else value_type
        if not isinstance(item, ChoiceValue):
            raise TypeError(f"the filter {name} has no closed set of values")
        facets.append(Facet(filter_label(name), [_choice(parameters, name, value) for value in item.values]))
    return facets


def facet_value_label(facet: str, value: str, label: str) -> str:
    """Returns what a value is called, in the language of the page; `label` is its name in the database."""
    if facet == "month":
        month = parse_date(f"{value}-01")
        return capfirst(date_format(month, "F Y")) if month else value
    if facet == "language":
        try:
            return capfirst(str(get_language_info(value)["name_translated"]))
        except KeyError:
            return value
    return value_label(facet, value) if facet == "kind" else label


def _counted_value(parameters: ListParameters, facet: str, group: GroupCount) -> FacetValue:
    label = status_label(group) if facet == "verdict" else facet_value_label(facet, group.value, group.label)
    selected_by = group.query_parameters()
    is_selected = all(parameters.query.getlist(name) == values for name, values in selected_by.items())
    query = parameters.with_filters({name: [] for name in selected_by} if is_selected else selected_by)
    return FacetValue(label, query, next(iter(selected_by)), group.value, group.count, is_selected)


def _choice(parameters: ListParameters, name: str, value: str) -> FacetValue:
    is_selected = value in parameters.query.getlist(name)
    query = parameters.without(name, value) if is_selected else parameters.with_filters({name: [value]})
    return FacetValue(value_label(name, value), query, name, value, is_selected=is_selected)
