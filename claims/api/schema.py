"""The OpenAPI 3.1 schema: what drf-spectacular cannot derive from the views."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent

from claims.api.http import problems, renderers
from claims.api.query import openapi_parameters
from claims.api.query.highlight import HIGHLIGHT, highlight_parameter, highlight_schema
from claims.api.resources import examples
from claims.search.parameter_values import MAX_ID, Sha256Value

OpenAPIObject = dict[str, Any]


class KeyAuthenticationScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # it registers itself
    target_class = "claims.api.http.throttling.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> OpenAPIObject:
        description = "An API key, available from an editor of this site. Optional: it raises the rate limit."
        return {"type": "http", "scheme": "bearer", "description": description}


class APISchema(AutoSchema):
    """Adds the error responses, the formats, the examples and the selection of fields.

    Each operation is of one format, so that generated clients know what it returns: `quotes/` is JSON, and the URLs
    with a suffix, such as `quotes.csv`, are operations of their own. (The server also takes `format=` and `Accept`.)
    """

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
        operation["summary"] = operation.get("description", "").split("\n")[0]
        if is_detail:
            operation["responses"] |= _problem_response("404", "It does not exist or is not public.")
            self._add_removal_responses(operation)
        if self._resource_name() and is_detail:
            operation["summary"] = f"One of the {self._resource_name()}, by id."
        self._describe_response(operation)
        operation["responses"] |= {"401": {"$ref": "#/components/responses/NoKey"}}
        operation["responses"] |= {"429": {"$ref": "#/components/responses/TooMany"}}
        return operation

    def get_operation_id(self) -> str:
        view: Any = self.view
        name: str = getattr(view, "operation_id", "")
        if self._suffix() and not name:
            name = f"{self._resource_name()}_retrieve" if view.detail else self._resource_name()
        suffix = self._suffix().removesuffix(".json").replace("-", "_")
        return "_".join(filter(None, (name, suffix))) if name else str(super().get_operation_id())

    def get_tags(self) -> list[str]:
        return [self._resource_name() or getattr(self.view, "tag", "")]

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Returns nothing: the document has it for all. For an operation, some generators would require the key."""
        super().get_auth()  # registers the scheme
        return []

    def map_renderers(self, attribute: str) -> list[str]:
        media_types: list[str] = super().map_renderers(attribute)
        return media_types[:1]

    def _describe_response(self, operation: OpenAPIObject) -> None:
        """Describes the one format that is returned, and the parameters that it takes."""
        renderer = self._renderer()
        if self._suffix():
            operation["summary"] = f"{renderer.title}. {operation['summary']}"
            schema = {"type": "string"} | renderer.schema
            operation["responses"]["200"]["content"] = {renderer.media_type: {"schema": schema}}
        elif self._resource_name():
            self._describe_rows(operation)
        if self._resource_name():
            self._add_parameters(operation, renderer)
        if example := getattr(self.view, "schema_example", None):
            operation["responses"]["200"]["content"]["application/json"]["examples"] = {"made_up": {"value": example()}}

    def _add_parameters(self, operation: OpenAPIObject, renderer: renderers.JSONRenderer) -> None:
        """Adds the parameters that the format takes, and removes those that it does not take."""
        view: Any = self.view
        parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
        if isinstance(renderer, renderers.WholeListRenderer):
            del parameters["cursor"], parameters["page_size"]
            orderings = [name for name, keyset in view.resource.orderings.items() if keyset]
            parameters["ordering"] = openapi_parameters.ordering_parameter(orderings)
        elif self._is_list_view() and not self._suffix():
            parameters["count"] = openapi_parameters.count_parameter()
            if view.resource.searched_fields:
                parameters[HIGHLIGHT] = highlight_parameter()
        operation["parameters"] = [*parameters.values()]
        if renderer.selects_fields:
            operation["parameters"] += openapi_parameters.field_parameters(view)
        if self._suffix() in {renderers.CSVRenderer.format, renderers.CSVMetadataRenderer.format}:
            operation["parameters"] += openapi_parameters.csv_parameters()
        if self._suffix() == renderers.WebAnnotationRenderer.format:
            operation["parameters"].append(openapi_parameters.annotation_parameter())

    def _describe_rows(self, operation: OpenAPIObject) -> None:
        """Adds an example, and types what `expand` returns.

        A field that can be expanded has the type of the whole object, of which it has a part otherwise: no field is
        required, as `fields` may leave out any.
        """
        view: Any = self.view
        row_schema = self.registry[
            openapi_parameters.component_name(view.serializer_class), ResolvedComponent.SCHEMA
        ].schema
        for name, make_field in getattr(view.serializer_class, "expandable", {}).items():
            reference = self.resolve_serializer(make_field(), "response").ref
            field = row_schema["properties"][name]
            for keyword in field.keys() & {"allOf", "oneOf"}:
                field[keyword] = [reference if "$ref" in part else part for part in field[keyword]]
        if view.resource.searched_fields:
            row_schema["properties"][HIGHLIGHT] = highlight_schema(view.resource)
        row = examples.example_rows()[self._resource_name()]
        page = {"next": None, "previous": None, "results": [row]}
        content = operation["responses"]["200"]["content"]["application/json"]
        content["examples"] = {"made_up": {"value": page if self._is_list_view() else row}}

    def _add_removal_responses(self, operation: OpenAPIObject) -> None:
        operation["responses"] |= _problem_response("410", "It is no longer public.", "Gone")
        if self._resource_name() in {"claims", "speakers"}:
            location = {"description": "URL of the other one.", "schema": {"type": "string", "format": "uri"}}
            operation["responses"]["301"] = {
                "description": "It was merged into another one.",
                "headers": {"Location": location},
            }

    def _resource_name(self) -> str:
        """Returns the name of the resource; empty for a view that is none."""
        resource = getattr(self.view, "resource", None)
        return resource.name if resource else ""

    def _renderer(self) -> renderers.JSONRenderer:
        """Returns the renderer of the operation's format; the first is JSON."""
        available: Any = self.view.get_renderers()
        renderer: renderers.JSONRenderer = next(
            (renderer for renderer in available if renderer.format == self._suffix()), available[0]
        )
        return renderer

    def _suffix(self) -> str:
        suffix: str = getattr(self.view, "suffix_format", "")
        return suffix


def _problem_response(status: str, description: str, schema: str = "Problem") -> OpenAPIObject:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {status: {"description": description, "content": content}}
