"""The parts of the OpenAPI document that belong to no single operation: components, errors, and who serves it."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from claims.api.http import problems
from claims.api.query.openapi_parameters import (
    REJECTION_REASON_SCHEMA,
    TOMBSTONE_SCHEMA,
    component_name,
    field_component,
)
from claims.models import RemovalCause
from claims.resources import RESOURCES
from claims.resources.sql.sql_serializer import all_field_names

OpenAPIObject = dict[str, Any]

_PROBLEM_PROPERTIES: OpenAPIObject = {
    "type": {"type": "string", "format": "uri"},
    "title": {"type": "string"},
    "status": {"type": "integer"},
    "detail": {"type": "string"},
}


def _problem_with(properties: OpenAPIObject, required: tuple[str, ...] = ()) -> OpenAPIObject:
    """Returns the schema of a problem with these members too. No `allOf`: some generators would leave out its type."""
    return {
        "type": "object",
        "description": "RFC 9457",
        "required": [*_PROBLEM_PROPERTIES, *required],
        "properties": _PROBLEM_PROPERTIES | properties,
    }


_PARAMETER_PROBLEM = _problem_with(
    {
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "known_parameters": {"type": "array", "items": {"type": "string"}},
        "known_fields": {"type": "array", "items": {"type": "string"}},
    }
)
_GONE = _problem_with(
    {
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
    required=("id", "url", "cause", "at"),
)
PROBLEM_SCHEMAS = {
    "Problem": _problem_with({}),
    "ParameterProblem": _PARAMETER_PROBLEM,
    "Gone": _GONE,
    "Tombstone": TOMBSTONE_SCHEMA,
}


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


def complete(result: OpenAPIObject, **_: object) -> OpenAPIObject:
    """Completes the generated document (a postprocessing hook of drf-spectacular)."""
    components = result.setdefault("components", {})
    schemas: OpenAPIObject = components.setdefault("schemas", {})
    schemas.update(PROBLEM_SCHEMAS)
    for resource in RESOURCES.values():
        names = all_field_names(resource.serializer_class)
        schemas[field_component(resource.serializer_class)] = {"type": "string", "enum": names}
    components["responses"] = ERROR_RESPONSES
    _make_fields_optional(schemas)
    _strip_read_only(result)
    _name_enum_members(result)
    result["info"] |= _info()
    result["security"] = [*({name: []} for name in components["securitySchemes"]), {}]  # none is accepted as well
    result["servers"] = [{"url": settings.FACTBASE_BASE_URL}]
    return result


def _info() -> OpenAPIObject:
    info: OpenAPIObject = {"title": settings.FACTBASE_SITE_NAME}
    info["contact"] = {"name": settings.FACTBASE_PUBLISHER, "url": settings.FACTBASE_BASE_URL}
    if settings.FACTBASE_CONTACT:
        info["contact"]["email"] = settings.FACTBASE_CONTACT
    if licence := settings.FACTBASE_DATA_LICENCE:
        is_url = licence.startswith(("http://", "https://"))
        info["license"] = {"name": licence, "url" if is_url else "identifier": licence}
    return info


def _make_fields_optional(schemas: OpenAPIObject) -> None:
    """No field of a resource's row is required, nor of the objects in it: `fields` leaves out what it does not name."""
    names = {component_name(resource.serializer_class) for resource in RESOURCES.values()}
    visited: set[str] = set()
    while names:
        name = names.pop()
        visited.add(name)
        schemas[name].pop("required", None)
        names |= set(_referenced_names(schemas[name])) - visited


def _referenced_names(node: object) -> Iterator[str]:
    for part in _objects_in(node):
        if isinstance(reference := part.get("$ref"), str):
            yield reference.rpartition("/")[2]


def _name_enum_members(document: OpenAPIObject) -> None:
    """Names the members of enumerations for generators that would make one name of several values, or none of one.

    `quotes_url` and `quotes.url` would both be QUOTES_URL, and an empty text has no name at all.
    """
    for part in _objects_in(document):
        values = part.get("enum")
        if isinstance(values, list) and any(re.search(r"\W", str(value)) or value == "" for value in values):
            part["x-enum-varnames"] = [_member_name(str(value)) for value in values]


def _member_name(value: str) -> str:
    return re.sub(r"\W", "_", value.replace(".", "_dot_")).upper() or "EMPTY"


def _strip_read_only(document: OpenAPIObject) -> None:
    """Everything can only be read: generators need not make other types to write."""
    for part in _objects_in(document["components"]["schemas"]):
        if part.get("readOnly") is True:
            del part["readOnly"]


def _objects_in(node: object) -> Iterator[OpenAPIObject]:
    """Yields all JSON objects in this one or in this array, itself included."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _objects_in(item)
