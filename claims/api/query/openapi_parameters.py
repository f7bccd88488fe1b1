"""The OpenAPI descriptions of paging, field selection and change tracking."""

from collections.abc import Iterable
from typing import Any

from claims.export.syndication import web_annotation
from claims.models import RejectionReason, RemovalCause
from claims.resources.sql.sql_serializer import MAX_FIELD_NAMES, SerializerClass, expandable_names
from claims.search.full_text import MAX_RANKED_CANDIDATES
from claims.search.parameter_values import BooleanValue

UPDATED_SINCE = "updated_since"
NO_LONGER_MATCHES = "other"  # cause of a tombstone for a row that still exists but does not match the filters now
REJECTION_REASON_SCHEMA = {
    "type": "string",
    "enum": [*RejectionReason.values, ""],
    "description": "For a rejected quote: why. Empty if it is not known.",
}
TOMBSTONE_SCHEMA: dict[str, object] = {
    "type": "object",
    "description": "A row to delete from a copy of the list. `other`: it exists, but no longer matches the filters.",
    "required": ["id", "url", "cause", "at"],
    "properties": {
        "id": {"type": "integer"},
        "url": {"type": "string", "format": "uri"},
        "cause": {"type": "string", "enum": [*RemovalCause.values, NO_LONGER_MATCHES]},
        "at": {"type": "string", "format": "date-time"},
        "rejection_reason": REJECTION_REASON_SCHEMA,
        "merged_into": {
            "type": "object",
            "required": ["id", "url"],
            "properties": {"id": {"type": "integer"}, "url": {"type": "string", "format": "uri"}},
        },
    },
}
CHANGE_PROPERTIES: dict[str, object] = {
    "tombstones": {
        "type": "array",
        "items": {"$ref": "#/components/schemas/Tombstone"},
        "description": f"With `{UPDATED_SINCE}`: rows that are gone, or no longer match the other filters.",
    },
    UPDATED_SINCE: {
        "type": "string",
        "format": "date-time",
        "description": f"With `{UPDATED_SINCE}`, on the last page: the value to send next time.",
    },
}


COUNT_MODES = ("exact", "estimate")
MAX_EXACT_ROWS = 10_000  # up to here, an estimated count is exact too


def component_name(serializer: SerializerClass) -> str:
    """Returns the name of a serializer's schema."""
    name: str = serializer.__name__
    return name.removesuffix("Serializer")


def field_component(serializer: SerializerClass) -> str:
    """Returns the name of the schema of the names that `fields` takes."""
    return f"{component_name(serializer)}Field"


# No parameter has a `default`: generated clients and forms would send it where it is not allowed.
def page_parameters(view: Any, *, max_cursor: int, page_size: int, max_page_size: int) -> list[dict[str, object]]:
    return [
        query_parameter(
            "cursor",
            "A position in the list, as found in `next` and `previous`.",
            {"type": "string", "minLength": 1, "maxLength": max_cursor},
        ),
        query_parameter(
            "page_size",
            f"Maximum number of rows per page. Default: {page_size}.",
            {"type": "integer", "minimum": 1, "maximum": max_page_size},
        ),
        ordering_parameter(view.resource.orderings),
    ]


def ordering_parameter(orderings: Iterable[str]) -> dict[str, object]:
    names = list(orderings)
    ordering = f"Sort order. Default: `{names[0]}`."
    if "relevance" in names:
        ordering += (
            f" `relevance` requires `q` and ranks at most {MAX_RANKED_CANDIDATES:,} rows;"
            " `ranking_is_cut` tells whether there are more."
        )
    return query_parameter("ordering", ordering, {"type": "string", "enum": names})


def count_parameter() -> dict[str, object]:
    return query_parameter(
        "count",
        "Also count the rows of the whole list: `exact`, or `estimate`, which is faster on long lists"
        f" and exact up to {MAX_EXACT_ROWS:,} rows.",
        {"type": "string", "enum": list(COUNT_MODES)},
    )


def field_parameters(view: Any) -> list[dict[str, object]]:
    serializer = view.serializer_class
    parameters = [
        _name_list_parameter(
            "fields",
            "Return only these fields. Use a dot for nested ones.",
            {"$ref": f"#/components/schemas/{field_component(serializer)}"},
        ),
    ]
    if expandable := expandable_names(serializer):
        items: dict[str, object] = {"type": "string", "enum": expandable}
        parameters.append(_name_list_parameter("expand", "Return these related objects in full.", items))
    return parameters


def csv_parameters() -> list[dict[str, object]]:
    return [
        query_parameter(
            "raw", "Do not escape text that a spreadsheet would run as a formula.", dict(BooleanValue.schema)
        ),
        query_parameter("bom", "Start with a byte order mark, for Excel.", dict(BooleanValue.schema)),
    ]


def annotation_parameter() -> dict[str, object]:
    return query_parameter(
        "target",
        "What is annotated: this site's snapshot of the text (the default), or the publisher's article at its URL.",
        {"type": "string", "enum": list(web_annotation.TARGETS)},
    )


def page_schema(results_schema: dict[str, object]) -> dict[str, object]:
    link = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["next", "previous", "results"],
        "properties": {
            "next": link | {"description": "URL of the next page."},
            "previous": link | {"description": "URL of the previous page."},
            "ranking_is_cut": {
                "type": "boolean",
                "description": "With `ordering=relevance`: whether more rows match than the"
                f" {MAX_RANKED_CANDIDATES:,} that are ranked.",
            },
            "count": {"type": "integer", "description": "With `count`: rows in the whole list."},
            "count_is_estimate": {"type": "boolean", "description": "With `count`: whether it is an estimate."},
            "results": results_schema,
            **CHANGE_PROPERTIES,
        },
    }


def list_parameter(parameter: dict[str, object]) -> dict[str, object]:
    """Returns the parameter, its values repeated by generated clients; the server takes them joined by commas too."""
    description = f"{parameter['description']} Repeat the parameter, or join values by commas."
    return parameter | {"description": description, "style": "form", "explode": True}


def _name_list_parameter(name: str, description: str, items: dict[str, object]) -> dict[str, object]:
    schema = {"type": "array", "items": items, "minItems": 1, "maxItems": MAX_FIELD_NAMES}
    return list_parameter(query_parameter(name, description, schema))


def query_parameter(name: str, description: str, schema: dict[str, object]) -> dict[str, object]:
    return {"name": name, "in": "query", "description": description, "schema": schema}
