"""Query parameters of a list: checks them and filters by them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from claims.api.http.problems import ParameterProblem
from claims.api.query.openapi_parameters import UPDATED_SINCE, list_parameter
from claims.resources.resource import Resource


class FilterBackend(BaseFilterBackend):
    """Filters by the view's `filterset_class`. Raises ParameterProblem for invalid values."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        if view.detail:
            return queryset
        filtered: QuerySet[Any] = view.resource.filterset_class.apply(queryset, parse_filters(view.resource, request))
        return filtered

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, object]]:
        return self.parameters_of(view.resource)

    @staticmethod
    def parameters_of(resource: Resource) -> list[dict[str, object]]:
        parameters: list[dict[str, object]] = []
        for name, row_filter in resource.filterset_class.base_filters.items():
            schema = row_filter.value.json_schema()
            parameter: dict[str, object] = {
                "name": name,
                "in": "query",
                "description": row_filter.description,
                "schema": schema,
            }
            parameters.append(list_parameter(parameter) if row_filter.value.is_list else parameter)
        return parameters


def parse_filters(resource: Resource, request: Request) -> dict[str, Any]:
    """Returns the values of the request's filters by their names. Raises ParameterProblem."""
    filterset = resource.filterset_class
    values, errors = filterset.parse(request.query_params)
    if not values.get(UPDATED_SINCE):  # what is gone may have been the last with its topic
        errors |= filterset.unknown_values(values)
    if errors:
        raise ParameterProblem(errors)
    return values
