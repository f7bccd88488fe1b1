"""The API's description of itself (OpenAPI 3.1): what drf-spectacular cannot see from the views."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from claims.api import problems
from claims.api.exports import forms_of
from claims.search.values import MAX_ID, Sha256, Switch

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
    "required": ["id", "url", "retracted_at", "reason"],
    "properties": {
        "id": {"type": "integer"},
        "url": {"type": "string", "format": "uri"},
        "retracted_at": {"type": "string", "format": "date-time"},
        "reason": {"type": ["string", "null"]},
    },
}
SCHEMAS = {"Problem": _PROBLEM, "ParameterProblem": _PARAMETER_PROBLEM, "RetractedClaim": _STUB}


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
            if parameter["in"] == "path" and parameter["name"] == "sha256":
                parameter["schema"] = Sha256.schema
            elif parameter["in"] == "path":
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
        operation["responses"] |= _problem("400", "A parameter cannot be what it is here.", "ParameterProblem")
        operation["responses"] |= _problem("406", "It cannot be had in a form that is accepted.")
        is_detail = any(parameter["in"] == "path" for parameter in parameters)
        first = operation.get("description", "").split("\n")[0]
        is_row = is_detail and bool(self._kind())
        operation["summary"] = f"One of the {operation['tags'][0]}, by its id." if is_row else first
        if is_detail:
            operation["responses"] |= _problem("404", "There is none, or readers may not see it.")
            self._add_where_it_went(operation)
        if self._kind():
            self._add_forms(operation, detail=is_detail)
        return operation

    def _add_where_it_went(self, operation: dict[str, Any]) -> None:
        kind = self._kind()
        if kind == "claims":
            operation["responses"] |= _problem("410", "It was public and is retracted: a stub.", "RetractedClaim")
        if kind == "speakers":
            location = {"description": "Its address.", "schema": {"type": "string", "format": "uri"}}
            operation["responses"]["302"] = {
                "description": "It was merged into another speaker.",
                "headers": {"Location": location},
            }

    def _kind(self) -> str:
        """Which list it is, or of which list a row; "" where it is neither."""
        return str(getattr(self.view, "kind", "")) if hasattr(self.view, "basename") else ""

    def _add_forms(self, operation: dict[str, Any], *, detail: bool) -> None:
        """Every form it can be had in; what a form does not take is said of it."""
        content = operation["responses"]["200"]["content"]
        for form in forms_of(self._kind(), detail=detail)[1:]:
            content[form.media_type] = {"schema": {"type": "string"} | form.described}
        if detail:
            return
        written = {
            "raw": "As CSV: leave text that a spreadsheet would run as a formula as it is.",
            "bom": "As CSV: start with a byte order mark, which Excel needs.",
        }
        for name, about in written.items():
            operation["parameters"].append(
                {"name": name, "in": "query", "description": about, "schema": dict(Switch.schema)}
            )


def add_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the schemas of the problem documents."""
    result.setdefault("components", {}).setdefault("schemas", {}).update(SCHEMAS)
    return result


def _problem(status: str, about: str, schema: str = "Problem") -> dict[str, Any]:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {status: {"description": about, "content": content}}
