"""What the parameters of pages and fields are, and what a page looks like, as OpenAPI has it."""

from typing import Any

from claims.api.counting import FEW, WAYS
from claims.api.ranking import MOST
from claims.api.selection import MOST as MOST_NAMES
from claims.api.selection import all_names, expandable
from claims.api.tombstones import PROPERTIES


def of_list(view: Any, *, max_cursor: int, page_size: int, max_page_size: int) -> list[dict[str, Any]]:
    """The parameters of a list's pages."""
    first = next(iter(view.orderings))
    cut = f" `relevance` needs `q`, and ranks {MOST:,} rows: `ranking_is_cut` says whether there are more."
    return [
        _parameter(
            "cursor",
            "A place in the list, as `next` and `previous` give it.",
            {"type": "string", "minLength": 1, "maxLength": max_cursor},
        ),
        _parameter(
            "page_size",
            "How many rows at most.",
            {"type": "integer", "minimum": 1, "maximum": max_page_size, "default": page_size},
        ),
        _parameter(
            "ordering",
            f"In which order; without, `{first}`.{cut if 'relevance' in view.orderings else ''}",
            {"type": "string", "enum": list(view.orderings), "default": first},
        ),
        _parameter(
            "count",
            f"Count the rows of the whole list too: `exact`ly, or by an `estimate`, which is exact up to {FEW:,}.",
            {"type": "string", "enum": list(WAYS)},
        ),
    ]


def of_fields(view: Any) -> list[dict[str, Any]]:
    """The parameters that choose what comes of a row."""
    serializer = view.serializer_class
    parameters = [
        _names("fields", "Only these fields; those of an object within by a dot.", all_names(serializer)),
    ]
    if expandable(serializer):
        parameters.append(
            _names("expand", "In full what else comes as a summary, or not at all.", expandable(serializer))
        )
    return parameters


def page(schema: dict[str, Any]) -> dict[str, Any]:
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
            **PROPERTIES,
        },
    }


def _names(name: str, about: str, known: list[str]) -> dict[str, Any]:
    schema = {"type": "array", "items": {"type": "string", "enum": known}, "minItems": 1, "maxItems": MOST_NAMES}
    return _parameter(name, f"{about} Separated by commas.", schema) | {"style": "form", "explode": False}


def _parameter(name: str, about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": about, "schema": schema}
