"""Query parameters of a list: checks them and filters by them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from claims.api.http.problems import ParameterProblem
from claims.api.query.openapi_parameters import list_parameter


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
        parameters = []
        for name, row_filter in view.resource.filterset_class.base_filters.items():
            schema = row_filter.value.json_schema()
            parameter = {"name": name, "in": "query", "description": row_filter.description, "schema": schema}
            parameters.append(list_parameter(parameter) if row_filter.value.is_list else parameter)
        return parameters
