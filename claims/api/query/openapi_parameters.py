"""What the parameters of pages and fields are, and what a page looks like, as OpenAPI has it."""

from typing import Any

from claims.api.query.counting import COUNT_MODES, MAX_EXACT_ROWS
from claims.api.query.field_selection import MAX_FIELD_NAMES as MOST_NAMES
from claims.api.query.field_selection import all_field_names, expandable_names
from claims.api.query.ranking import MOST
from claims.api.query.tombstones import CHANGE_PROPERTIES


def page_parameters(view: Any, *, max_cursor: int, page_size: int, max_page_size: int) -> list[dict[str, Any]]:
    """The parameters of a list's pages."""
    first = next(iter(view.orderings))
    cut = f" `relevance` needs `q`, and ranks {MOST:,} rows: `ranking_is_cut` says whether there are more."
    return [
        _query_parameter(
            "cursor",
            "A place in the list, as `next` and `previous` give it.",
            {"type": "string", "minLength": 1, "maxLength": max_cursor},
        ),
        _query_parameter(
            "page_size",
            "How many rows at most.",
            {"type": "integer", "minimum": 1, "maximum": max_page_size, "default": page_size},
        ),
        _query_parameter(
            "ordering",
            f"In which order; without, `{first}`.{cut if 'relevance' in view.orderings else ''}",
            {"type": "string", "enum": list(view.orderings), "default": first},
        ),
        _query_parameter(
            "count",
            f"Count the rows of the whole list too: `exact`ly, or by an `estimate`, which is exact up to {MAX_EXACT_ROWS:,}.",
            {"type": "string", "enum": list(COUNT_MODES)},
        ),
    ]


def field_parameters(view: Any) -> list[dict[str, Any]]:
    """The parameters that choose what comes of a row."""
    serializer = view.serializer_class
    parameters = [
        _name_list_parameter(
            "fields", "Only these fields; those of an object within by a dot.", all_field_names(serializer)
        ),
    ]
    if expandable_names(serializer):
        parameters.append(
            _name_list_parameter(
                "expand", "In full what else comes as a summary, or not at all.", expandable_names(serializer)
            )
        )
    return parameters


def page_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """The answer."""
    neighbour = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["next", "previous", "results"],
        "properties": {
            "next": neighbour | {"description": "The address of the next page."},
            "previous": neighbour | {"description": "The address of the page before."},
            "ranking_is_cut": {
                "type": "boolean",
                "description": f"With `ordering=relevance`: whether more rows fit than the {MOST:,} that are ranked.",
            },
            "count": {"type": "integer", "minimum": 0, "description": "With `count=`: rows in the whole list."},
            "count_is_estimate": {"type": "boolean", "description": "Whether that is estimated."},
            "results": schema,
            **CHANGE_PROPERTIES,
        },
    }


def _name_list_parameter(name: str, about: str, known: list[str]) -> dict[str, Any]:
    schema = {"type": "array", "items": {"type": "string", "enum": known}, "minItems": 1, "maxItems": MOST_NAMES}
    return _query_parameter(name, f"{about} Separated by commas.", schema) | {"style": "form", "explode": False}


def _query_parameter(name: str, about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": about, "schema": schema}
