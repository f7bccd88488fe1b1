"""The API's description of itself (OpenAPI 3.1): what drf-spectacular cannot see from the views."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from claims.api.http import problems
from claims.api.query import openapi_parameters
from claims.api.query.tombstones import TOMBSTONE_SCHEMA
from claims.api.resources import examples
from claims.api.resources.exportable import renderers_for
from claims.models import RemovalCause
from claims.search.parameter_values import MAX_ID, BooleanValue, Sha256Value

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
_GONE = {
    "allOf": [{"$ref": "#/components/schemas/Problem"}],
    "required": ["id", "url", "cause", "at"],
    "properties": {
        "id": {"type": "integer"},
        "url": {"type": "string", "format": "uri"},
        "cause": {"type": "string", "enum": list(RemovalCause.values)},
        "at": {"type": "string", "format": "date-time", "description": "Since when readers see it no more."},
        "retracted_at": {"type": "string", "format": "date-time", "description": "Of a retracted claim."},
        "reason": {"type": ["string", "null"], "description": "Of a retracted claim: why, in an editor's words."},
    },
}
PROBLEM_SCHEMAS = {
    "Problem": _PROBLEM,
    "ParameterProblem": _PARAMETER_PROBLEM,
    "Gone": _GONE,
    "Tombstone": TOMBSTONE_SCHEMA,
}


class KeyAuthenticationScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # it registers itself
    """How a key is sent."""

    target_class = "claims.api.http.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:  # noqa: ARG002  # drf-spectacular's
        """As OpenAPI has it."""
        about = "An API key, which an editor gives you. Nothing here needs one; with one you may ask more often."
        return {"type": "http", "scheme": "bearer", "description": about}


class APISchema(AutoSchema):
    """With the problems each address may answer with, and the forms it can be had in."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """The operation."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        for status, response in operation["responses"].items():
            response["description"] = response.get("description") or ("As asked for." if status == "200" else "")
        parameters = operation.setdefault("parameters", [])
        for parameter in parameters:
            if parameter["in"] == "path" and parameter["name"] == "sha256":
                parameter["schema"] = Sha256Value.schema
            elif parameter["in"] == "path":
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
        operation["responses"] |= _problem_schema("400", "A parameter cannot be what it is here.", "ParameterProblem")
        operation["responses"] |= _problem_schema("406", "It cannot be had in a form that is accepted.")
        is_detail = any(parameter["in"] == "path" for parameter in parameters)
        first = operation.get("description", "").split("\n")[0]
        is_row = is_detail and bool(self._kind())
        operation["summary"] = f"One of the {operation['tags'][0]}, by its id." if is_row else first
        if is_detail:
            operation["responses"] |= _problem_schema("404", "There is none, or readers may not see it.")
            self._add_where_it_went(operation)
        self._add_choice_of_fields(operation)
        if self._kind():
            self._add_forms(operation, detail=is_detail)
        self._add_example(operation)
        operation["responses"] |= {"401": {"$ref": "#/components/responses/NoKey"}}
        operation["responses"] |= {"429": {"$ref": "#/components/responses/TooMany"}}
        return operation

    def _add_example(self, operation: dict[str, Any]) -> None:
        row = examples.example_rows().get(self._kind())
        given = operation["responses"].get("200", {}).get("content", {}).get("application/json")
        if row and given:
            page = {"next": None, "previous": None, "results": [row]}
            given["examples"] = {"made_up": {"value": page if self._is_list_view() else row}}

    def _add_where_it_went(self, operation: dict[str, Any]) -> None:
        operation["responses"] |= _problem_schema("410", "It was public and is no more: a stub.", "Gone")
        if self._kind() in {"claims", "speakers"}:
            location = {"description": "Its address.", "schema": {"type": "string", "format": "uri"}}
            operation["responses"]["301"] = {
                "description": "It was merged into another, which is there.",
                "headers": {"Location": location},
            }

    def _add_choice_of_fields(self, operation: dict[str, Any]) -> None:
        """With `fields`, an object has only some of its members."""
        view: Any = self.view
        if not hasattr(view, "orderings"):
            return
        if not self._is_list_view():
            operation["parameters"] += openapi_parameters.field_parameters(self.view)
        content = operation["responses"]["200"]["content"]["application/json"]
        whole = content["schema"]
        name = view.serializer_class.__name__.removesuffix("Serializer")
        if self._is_list_view():
            component = self.registry[whole["$ref"].rpartition("/")[2], ResolvedComponent.SCHEMA].schema
            component["properties"]["results"]["items"] = _partial_schema(name)
        else:
            content["schema"] = _partial_schema(name)

    def _kind(self) -> str:
        """Which list it is, or of which list a row; "" where it is neither."""
        return str(getattr(self.view, "kind", "")) if hasattr(self.view, "basename") else ""

    def _add_forms(self, operation: dict[str, Any], *, detail: bool) -> None:
        """Every form it can be had in; what a form does not take is said of it."""
        content = operation["responses"]["200"]["content"]
        for form in renderers_for(self._kind(), detail=detail)[1:]:
            content[form.media_type] = {"schema": {"type": "string"} | form.described}
        if detail:
            return
        written = {
            "raw": "As CSV: leave text that a spreadsheet would run as a formula as it is.",
            "bom": "As CSV: start with a byte order mark, which Excel needs.",
        }
        for name, about in written.items():
            operation["parameters"].append(
                {"name": name, "in": "query", "description": about, "schema": dict(BooleanValue.schema)}
            )


def add_problem_schemas(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the schemas of the problem documents."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update(PROBLEM_SCHEMAS)
    components["responses"] = ERROR_RESPONSES
    return result


def _string_header(name: str, about: str) -> dict[str, Any]:
    """A header."""
    return {name: {"description": about, "schema": {"type": "string"}}}


ERROR_RESPONSES = {
    "NoKey": {
        "description": "The key that was sent opens nothing.",
        "headers": _string_header("WWW-Authenticate", "What a key is sent as."),
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    },
    "TooMany": {
        "description": "Too many requests in a minute.",
        "headers": _string_header("Retry-After", "Seconds until the next one may come.")
        | _string_header("RateLimit-Policy", "How many requests (`q`) in how many seconds (`w`).")
        | _string_header(
            "RateLimit", "How many may follow at once (`r`), and in how many seconds it is all of them (`t`)."
        ),
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    },
}


def _partial_schema(name: str) -> dict[str, Any]:
    """The whole object, or with `fields` a part of it."""
    part = {"type": "object", "minProperties": 1, "description": "With `fields`: these of its members, and no others."}
    return {"anyOf": [{"$ref": f"#/components/schemas/{name}"}, part]}


def _problem_schema(status: str, about: str, schema: str = "Problem") -> dict[str, Any]:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {status: {"description": about, "content": content}}
