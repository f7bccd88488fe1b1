"""What a list says besides its rows to who asks what changed, as the schema has it."""

from typing import Any

from claims.models import RemovalCause

UPDATED_SINCE = "updated_since"
NO_LONGER_MATCHES = (
    "other"  # the cause of a tombstone that is one under the filters given: the row is there, and answers no more
)
TOMBSTONE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "What a copy of the list lets go of. `other`: it is there, but does not answer the filters now.",
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
# What a list has besides, if it was asked what changed.
CHANGE_PROPERTIES: dict[str, Any] = {
    "tombstones": {
        "type": "array",
        "items": {"$ref": "#/components/schemas/Tombstone"},
        "description": f"With `{UPDATED_SINCE}`: what is gone since, or does not answer the other filters any more.",
    },
    UPDATED_SINCE: {
        "type": "string",
        "format": "date-time",
        "description": f"With `{UPDATED_SINCE}`: where there is no `next`, the moment to ask from next time.",
    },
}
