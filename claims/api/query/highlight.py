"""The parameter `highlight`: where the words of `q` stand in the fields of each row."""

from typing import Any

import orjson
from django.core.exceptions import ValidationError
from rest_framework.request import Request

from claims.api.http.problems import ParameterProblem
from claims.api.query.openapi_parameters import query_parameter
from claims.http.list_pages import ReadRows
from claims.resources.resource import Resource
from claims.resources.sql.sql_serializer import JSONRow, load_row
from claims.search.full_text_query import FullTextQuery
from claims.search.highlights import match_spans
from claims.search.parameter_values import BooleanValue

HIGHLIGHT = "highlight"


def with_highlights(request: Request, resource: Resource, read: ReadRows) -> ReadRows:
    """Returns `read`, or, if the request has `highlight=1`, what adds `highlight` to the rows that it reads.

    Filters are checked elsewhere. Raises ParameterProblem.
    """
    if not _is_on(request):
        return read
    if "q" not in request.query_params:
        raise ParameterProblem({HIGHLIGHT: "requires `q`"})
    values, _errors = resource.filterset_class.parse(request.query_params)
    query: FullTextQuery = values["q"]

    def read_highlighted(rows: Any) -> list[tuple[Any, int, JSONRow]]:
        return [(value, pk, _highlight(resource, query, row)) for value, pk, row in read(rows)]

    return read_highlighted


def highlight_parameter() -> dict[str, object]:
    description = "Also return, in `highlight`, where the words of `q` stand in the row's own texts. Requires `q`."
    return query_parameter(HIGHLIGHT, description, dict(BooleanValue.schema))


def highlight_schema(resource: Resource) -> dict[str, object]:
    position: dict[str, object] = {"type": "integer", "minimum": 0}
    span = {"type": "array", "items": position, "minItems": 2, "maxItems": 2}
    return {
        "type": "object",
        "description": f"With `{HIGHLIGHT}=true`, for each of these fields that the row has: `[start, end]` of each"
        " match (Unicode code points, end exclusive). None outside the places of `q_in`.",
        "properties": {name: {"type": "array", "items": span} for name in resource.searched_fields.values()},
    }


def _is_on(request: Request) -> bool:
    if HIGHLIGHT not in request.query_params:
        return False
    try:
        is_on: bool = BooleanValue().to_python(request.query_params[HIGHLIGHT])
    except ValidationError as error:
        raise ParameterProblem({HIGHLIGHT: str(error.message)}) from error
    return is_on


def _highlight(resource: Resource, query: FullTextQuery, row: JSONRow) -> JSONRow:
    decoded = load_row(row)
    decoded[HIGHLIGHT] = {
        name: match_spans(query, decoded[name] or "") if query.searches(place) else []
        for place, name in resource.searched_fields.items()
        if name in decoded
    }
    return JSONRow(orjson.dumps(decoded))
