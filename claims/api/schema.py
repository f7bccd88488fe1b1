"""The API's description of itself (OpenAPI 3.1): what drf-spectacular cannot see from the views."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from claims.api import problems
from claims.api.renderers import CSVRenderer
from claims.api.tombstones import TOMBSTONE
from claims.models import Cause
from claims.search.values import MAX_ID, Switch

_PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
_PARAMETER_PROBLEM = {
    "allOf": [{"$ref": "#/components/schemas/Problem"}],
    "properties": {
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "known_parameters": {"type": "array", "items": {"type": "string"}},
    },
}
_STUB = {
    "allOf": [{"$ref": "#/components/schemas/Problem"}],
    "required": ["id", "url", "cause", "at"],
    "properties": {
        "id": {"type": "integer"},
        "url": {"type": "string", "format": "uri"},
        "cause": {"type": "string", "enum": list(Cause.values)},
        "at": {"type": "string", "format": "date-time", "description": "Since when readers see it no more."},
        "retracted_at": {"type": "string", "format": "date-time", "description": "Of a retracted claim."},
        "reason": {"type": ["string", "null"], "description": "Of a retracted claim: why, in an editor's words."},
    },
}
SCHEMAS = {"Problem": _PROBLEM, "ParameterProblem": _PARAMETER_PROBLEM, "Gone": _STUB, "Tombstone": TOMBSTONE}


class ReadersSchema(AutoSchema):
    """With the problems each address may answer with, and the forms it can be had in."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """The operation."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        operation.pop("security", None)
        for status, response in operation["responses"].items():
            response["description"] = response.get("description") or ("As asked for." if status == "200" else "")
        parameters = operation.setdefault("parameters", [])
        for parameter in parameters:
            if parameter["in"] == "path":
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
        operation["responses"] |= _problem("400", "A parameter cannot be what it is here.", "ParameterProblem")
        operation["responses"] |= _problem("406", "It cannot be had in a form that is accepted.")
        is_detail = any(parameter["in"] == "path" for parameter in parameters)
        first = operation.get("description", "").split("\n")[0]
        operation["summary"] = f"One of the {operation['tags'][0]}, by its id." if is_detail else first
        if is_detail:
            operation["responses"] |= _problem("404", "There is none, or readers may not see it.")
            self._add_where_it_went(operation)
        if self._streams():
            self._add_csv(operation)
        return operation

    def _add_where_it_went(self, operation: dict[str, Any]) -> None:
        operation["responses"] |= _problem("410", "It was public and is no more: a stub.", "Gone")
        kind = getattr(self.view, "basename", "")
        if kind in {"api-claims", "api-speakers"}:
            location = {"description": "Its address.", "schema": {"type": "string", "format": "uri"}}
            operation["responses"]["301"] = {
                "description": "It was merged into another, which is there.",
                "headers": {"Location": location},
            }

    def _streams(self) -> bool:
        return CSVRenderer in getattr(self.view, "renderer_classes", []) and self._is_list_view()

    def _add_csv(self, operation: dict[str, Any]) -> None:
        written = {
            "raw": "As CSV: leave text that a spreadsheet would run as a formula as it is.",
            "bom": "As CSV: start with a byte order mark, which Excel needs.",
        }
        for name, about in written.items():
            operation["parameters"].append(
                {"name": name, "in": "query", "description": about, "schema": dict(Switch.schema)}
            )
        operation["responses"]["200"]["content"]["text/csv"] = {"schema": {"type": "string"}}


def add_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the schemas of the problem documents."""
    result.setdefault("components", {}).setdefault("schemas", {}).update(SCHEMAS)
    return result


def _problem(status: str, about: str, schema: str = "Problem") -> dict[str, Any]:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {status: {"description": about, "content": content}}
