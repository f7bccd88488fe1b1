"""Counts of a list's rows by a property, with the list's filters, as JSON and CSV."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import QueryDict
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.http.problems import ParameterProblem
from claims.api.http.renderers import JSONRenderer
from claims.api.query.filter_backend import FilterBackend, parse_filters
from claims.api.query.openapi_parameters import UPDATED_SINCE, csv_parameters, query_parameter
from claims.api.resources.base import StrictView
from claims.api.resources.whole_lists import CSV_OPTIONS, parse_csv_options
from claims.export.tabular.csv_format import BOM, format_csv
from claims.export.tabular.csv_injection import guard_formula
from claims.resources import RESOURCES
from claims.resources.counts.count_by import GroupCount, count_by
from claims.resources.permalinks import list_url
from claims.resources.resource import Resource
from claims.search.filterset import repeatable_names
from claims.search.suggestions import must_be_one_of
from claims.services.changefeed.processor import process_pending

DEFAULT_LIMIT, MAX_LIMIT = 100, 1000
_COLUMNS = ("value", "label", "count", "url")


class CountSerializer(serializers.Serializer[Any]):
    """The number of rows with a value."""

    value = serializers.CharField(help_text="The value as the filter takes it: an id, a slug, a name, a month.")
    label = serializers.CharField(help_text="The value for people: a speaker's or topic's name.")  # type: ignore[assignment]  # a field, not the option
    count = serializers.IntegerField(min_value=1)
    url = serializers.URLField(help_text="URL of the list of these rows.")


class CountsSerializer(serializers.Serializer[Any]):
    """Numbers of rows by value, the largest first."""

    by = serializers.CharField(help_text="What the rows are counted by.")
    values = serializers.IntegerField(min_value=0, help_text="Number of values, including those beyond `limit`.")
    without_value = serializers.IntegerField(min_value=0, help_text="Number of rows that have no value.")
    results = CountSerializer(many=True)


class CountsCSVRenderer(JSONRenderer):
    """The same rows as CSV."""

    title = "CSV"
    schema: ClassVar[dict[str, Any]] = {"type": "string"}
    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"  # type: ignore[assignment]  # JSON has none

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # REST framework's signature
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        options = parse_csv_options((renderer_context or {})["request"])
        guard = (lambda cell: cell) if options["raw"] else guard_formula
        rows = [[guard(row[name]) for name in _COLUMNS] for row in data["results"]]
        return ((BOM if options["bom"] else "") + format_csv([_COLUMNS, *rows])).encode()


class CountsView(StrictView):
    """Counts of the rows of a list."""

    counted: ClassVar[Resource]
    renderer_classes = [JSONRenderer, CountsCSVRenderer]

    @property
    def operation_id(self) -> str:
        return f"{self.counted.name}_counts"

    @property
    def tag(self) -> str:
        return self.counted.name

    @extend_schema(responses=CountsSerializer)
    def get(self, request: Request, **_: object) -> Response:
        """How many rows of the list have which speaker, topic, publisher, verdict, kind, month or language.

        The largest numbers come first. All filters of the list apply. Each row has the URL of the list of what it
        counts.
        """
        by, limit = self.requested_dimension(), self.requested_limit()
        parse_csv_options(request)
        counts = count_by(self.counted, by, parse_filters(self.counted, request), limit=limit)
        return Response(
            {
                "by": by,
                "values": counts.group_count,
                "without_value": counts.without_value,
                "results": [self.count_data(group) for group in counts.groups],
            }
        )

    def count_data(self, group: GroupCount) -> dict[str, object]:
        parameters = QueryDict(mutable=True)
        filters = self.counted.filterset_class.base_filters
        for name, values in self.request.query_params.lists():
            if name in filters and name not in group.selected_by:
                parameters.setlist(name, values)
        for name, texts in group.query_parameters().items():
            parameters.setlist(name, texts)
        url = f"{list_url(self.counted.name)}?{parameters.urlencode(safe=',')}"
        return {"value": group.value, "label": group.label, "count": group.count, "url": url}

    def requested_dimension(self) -> str:
        """Raises ParameterProblem."""
        by: str = self.request.query_params.get("by", "")
        if by not in self.counted.dimensions:
            raise ParameterProblem({"by": must_be_one_of(by, list(self.counted.dimensions))})
        return by

    def requested_limit(self) -> int:
        """Raises ParameterProblem."""
        text = self.request.query_params.get("limit", str(DEFAULT_LIMIT))
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_LIMIT)) and 1 <= int(text) <= MAX_LIMIT):
            raise ParameterProblem({"limit": f"must be a whole number from 1 to {MAX_LIMIT}"})
        return int(text)

    def before_reading(self, request: Request) -> None:
        if UPDATED_SINCE in request.query_params:
            process_pending()

    def accepted_parameters(self) -> tuple[set[str], set[str]]:
        known, repeatable = super().accepted_parameters()
        filterset = self.counted.filterset_class
        return known | {"by", "limit", *CSV_OPTIONS, *filterset.base_filters}, repeatable | repeatable_names(filterset)

    def schema_parameters(self) -> list[dict[str, object]]:
        """Returns the OpenAPI descriptions of the query parameters."""
        dimensions = self.counted.dimensions
        meanings = "; ".join(f"`{name}`: {dimension.description}" for name, dimension in dimensions.items())
        limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}
        by = query_parameter("by", f"What to count by. {meanings}.", {"type": "string", "enum": list(dimensions)})
        return [
            by | {"required": True},
            query_parameter("limit", f"Maximum number of values. Default: {DEFAULT_LIMIT}.", limit),
            *FilterBackend.parameters_of(self.counted),
            *(csv_parameters() if self.suffix_format == CountsCSVRenderer.format else ()),
        ]


def counts_view_for(resource: Resource) -> type[CountsView]:
    return type(
        f"{resource.model.__name__}CountsView", (CountsView,), {"counted": resource, "__doc__": CountsView.__doc__}
    )


COUNT_VIEWS = {name: counts_view_for(resource) for name, resource in RESOURCES.items() if resource.dimensions}
