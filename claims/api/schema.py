"""The OpenAPI 3.1 schema: what drf-spectacular cannot derive from the views."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent

from claims.api.http import problems
from claims.api.query import openapi_parameters
from claims.api.query.openapi_parameters import REJECTION_REASON_SCHEMA, TOMBSTONE_SCHEMA
from claims.api.resources import examples
from claims.api.resources.viewsets import renderers_for
from claims.models import RemovalCause
from claims.resources import RESOURCES
from claims.search.parameter_values import MAX_ID, Sha256Value

OpenAPIObject = dict[str, Any]

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
        "at": {"type": "string", "format": "date-time", "description": "When it ceased to be public."},
        "rejection_reason": REJECTION_REASON_SCHEMA,
        "corrections": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Correction"},
            "description": "For a claim, a quote or a verdict: what became of it, and why; the newest first.",
        },
        "superseded_by": {
            "type": ["object", "null"],
            "required": ["id", "url"],
            "properties": {"id": {"type": "integer"}, "url": {"type": "string", "format": "uri"}},
            "description": "For a superseded verdict: the current one, if there is one.",
        },
        "retracted_at": {"type": "string", "format": "date-time", "description": "For a retracted claim."},
        "reason": {"type": ["string", "null"], "description": "For a retracted claim: the editor's reason."},
    },
}
PROBLEM_SCHEMAS = {
    "Problem": _PROBLEM,
    "ParameterProblem": _PARAMETER_PROBLEM,
    "Gone": _GONE,
    "Tombstone": TOMBSTONE_SCHEMA,
}


class KeyAuthenticationScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # it registers itself
    target_class = "claims.api.http.throttling.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> OpenAPIObject:
        description = "An API key, available from an editor of this site. Optional: it raises the rate limit."
        return {"type": "http", "scheme": "bearer", "description": description}


class APISchema(AutoSchema):
    """Adds the error responses, the formats, the examples and the selection of fields."""

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: ComponentRegistry
    ) -> OpenAPIObject | None:
        operation: OpenAPIObject | None = super().get_operation(path, path_regex, path_prefix, method, registry)
        if operation is None:
            return None
        for status, response in operation["responses"].items():
            response["description"] = response.get("description") or ("OK" if status == "200" else "")
        parameters = operation.setdefault("parameters", [])
        parameters += getattr(self.view, "schema_parameters", list)()
        for parameter in parameters:
            if parameter["in"] == "path" and parameter["name"] == "sha256":
                parameter["schema"] = Sha256Value.schema
            elif parameter["in"] == "path":
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
        operation["responses"] |= _problem_response("400", "A parameter is unknown or invalid.", "ParameterProblem")
        operation["responses"] |= _problem_response("406", "None of the accepted media types is available.")
        is_detail = any(parameter["in"] == "path" for parameter in parameters)
        first = operation.get("description", "").split("\n")[0]
        is_row = is_detail and bool(self._resource_name())
        operation["summary"] = f"One of the {operation['tags'][0]}, by id." if is_row else first
        if is_detail:
            operation["responses"] |= _problem_response("404", "It does not exist or is not public.")
            self._add_removal_responses(operation)
        self._add_field_selection(operation)
        if self._resource_name():
            self._add_formats(operation, detail=is_detail)
        self._add_example(operation)
        operation["responses"] |= {"401": {"$ref": "#/components/responses/NoKey"}}
        operation["responses"] |= {"429": {"$ref": "#/components/responses/TooMany"}}
        return operation

    def _add_example(self, operation: OpenAPIObject) -> None:
        row = examples.example_rows().get(self._resource_name())
        content = operation["responses"].get("200", {}).get("content", {}).get("application/json")
        if row and content:
            page = {"next": None, "previous": None, "results": [row]}
            content["examples"] = {"made_up": {"value": page if self._is_list_view() else row}}

    def _add_removal_responses(self, operation: OpenAPIObject) -> None:
        operation["responses"] |= _problem_response("410", "It is no longer public.", "Gone")
        if self._resource_name() in {"claims", "speakers"}:
            location = {"description": "URL of the other one.", "schema": {"type": "string", "format": "uri"}}
            operation["responses"]["301"] = {
                "description": "It was merged into another one.",
                "headers": {"Location": location},
            }

    def _add_field_selection(self, operation: OpenAPIObject) -> None:
        view: Any = self.view
        if not hasattr(view, "resource"):
            return
        if not self._is_list_view():
            operation["parameters"] += openapi_parameters.field_parameters(self.view)
        content = operation["responses"]["200"]["content"]["application/json"]
        schema = content["schema"]
        name = view.serializer_class.__name__.removesuffix("Serializer")
        if self._is_list_view():
            component = self.registry[schema["$ref"].rpartition("/")[2], ResolvedComponent.SCHEMA].schema
            component["properties"]["results"]["items"] = _partial_schema(name)
        else:
            content["schema"] = _partial_schema(name)

    def _resource_name(self) -> str:
        """Returns the name of the resource; empty for a view that is none."""
        resource = getattr(self.view, "resource", None)
        return resource.name if resource else ""

    def _add_formats(self, operation: OpenAPIObject, *, detail: bool) -> None:
        content = operation["responses"]["200"]["content"]
        for renderer in renderers_for(RESOURCES[self._resource_name()], detail=detail)[1:]:
            content[renderer.media_type] = {"schema": {"type": "string"} | renderer.schema}
        if detail:
            return
        operation["parameters"] += openapi_parameters.csv_parameters()


def add_problem_schemas(result: OpenAPIObject, **_: object) -> OpenAPIObject:
    """Adds the schemas and responses of problem documents (a postprocessing hook)."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update(PROBLEM_SCHEMAS)
    components["responses"] = ERROR_RESPONSES
    return result


def _string_header(name: str, description: str) -> OpenAPIObject:
    return {name: {"description": description, "schema": {"type": "string"}}}


ERROR_RESPONSES = {
    "NoKey": {
        "description": "The API key is invalid or revoked.",
        "headers": _string_header("WWW-Authenticate", "The scheme that a key is sent with."),
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    },
    "TooMany": {
        "description": "Too many requests.",
        "headers": _string_header("Retry-After", "Seconds until the next request is accepted.")
        | _string_header("RateLimit-Policy", "The quota: `q` requests in `w` seconds.")
        | _string_header("RateLimit", "Remaining requests (`r`), and seconds until the full quota is available (`t`)."),
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    },
}


def _partial_schema(name: str) -> OpenAPIObject:
    part = {"type": "object", "minProperties": 1, "description": "With `fields`: the selected members only."}
    return {"anyOf": [{"$ref": f"#/components/schemas/{name}"}, part]}


def _problem_response(status: str, description: str, schema: str = "Problem") -> OpenAPIObject:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {status: {"description": description, "content": content}}
