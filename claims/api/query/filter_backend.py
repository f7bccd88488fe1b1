"""Query parameters of a list: checks them and filters by them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from claims.api.http.problems import ParameterProblem
from claims.search.filterset import repeatable_names


class FilterBackend(BaseFilterBackend):
    """Filters by the view's `filterset_class`. Raises ParameterProblem for invalid values."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        if view.detail:
            return queryset
        values, errors = view.resource.filterset_class.parse(request.query_params)
        if errors:
            raise ParameterProblem(errors)
        filtered: QuerySet[Any] = view.resource.filterset_class.apply(queryset, values)
        return filtered

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, object]]:
        return [
            {
                "name": name,
                "in": "query",
                "description": row_filter.description,
                "schema": row_filter.value.json_schema(),
            }
            for name, row_filter in view.resource.filterset_class.base_filters.items()
        ]


def check_parameters(request: Request, *, known: set[str], repeatable: set[str]) -> None:
    """Raises ParameterProblem for a parameter that is unknown, empty, or repeated without being `repeatable`."""
    messages = {}
    for name, values in request.query_params.lists():
        if name not in known:
            messages[name] = "unknown parameter"
        elif "" in values:
            messages[name] = "must not be empty"
        elif len(values) > 1 and name not in repeatable:
            messages[name] = "may be given only once"
    if messages:
        is_any_unknown = any(name not in known for name in messages)
        raise ParameterProblem(messages, known=sorted(known) if is_any_unknown else None)


def filter_parameters(filterset: Any) -> tuple[set[str], set[str]]:
    """Returns the names of a list's filters, and of those that may be repeated."""
    return set(filterset.base_filters), repeatable_names(filterset)
