"""Which rows of a list are asked for: the filter set's parameters, each checked, and no others."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from claims.api.http.problems import ParameterProblem
from claims.search.filterset import repeatable_names


class FilterBackend(BaseFilterBackend):
    """Filters by the view's `filterset_class`; raises ParameterProblem for what cannot be asked."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """The rows asked for."""
        if view.detail:
            return queryset
        asked, wrong = view.filterset_class.read(request.query_params)
        if wrong:
            raise ParameterProblem(wrong)
        filtered: QuerySet[Any] = view.filterset_class.narrowed(queryset, asked)
        return filtered

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """As OpenAPI has it."""
        return [
            {"name": name, "in": "query", "description": parameter.about, "schema": parameter.value.described()}
            for name, parameter in view.filterset_class.base_filters.items()
        ]


def check_parameters(request: Request, *, known: set[str], several: set[str]) -> None:
    """Raise ParameterProblem for a parameter that is not known, empty, or there twice where once is all it takes."""
    messages = {}
    for name, values in request.query_params.lists():
        if name not in known:
            messages[name] = "is not known here"
        elif "" in values:
            messages[name] = "must not be empty"
        elif len(values) > 1 and name not in several:
            messages[name] = "is taken once only"
    if messages:
        unknown = any(name not in known for name in messages)
        raise ParameterProblem(messages, known=sorted(known) if unknown else None)


def filter_parameters(filterset: Any) -> tuple[set[str], set[str]]:
    """The names of a list's filters, and of those that may be given several times."""
    return set(filterset.base_filters), repeatable_names(filterset)
