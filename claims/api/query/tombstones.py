"""The OpenAPI schemas of what a list adds to its rows with `updated_since`."""

from claims.models import RemovalCause

UPDATED_SINCE = "updated_since"
NO_LONGER_MATCHES = "other"  # cause of a tombstone for a row that still exists but does not match the filters now
TOMBSTONE_SCHEMA: dict[str, object] = {
    "type": "object",
    "description": "A row to delete from a copy of the list. `other`: it exists, but no longer matches the filters.",
    "required": ["id", "url", "cause", "at"],
    "properties": {
        "id": {"type": "integer"},
        "url": {"type": "string", "format": "uri"},
        "cause": {"type": "string", "enum": [*RemovalCause.values, NO_LONGER_MATCHES]},
        "at": {"type": "string", "format": "date-time"},
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
