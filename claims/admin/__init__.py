"""The editors' face: Django's admin. One module a model; what is done is done by `claims.services`."""

from claims.admin import (
    administration,
    amendment,
    claim,
    comment,
    correction,
    merge,
    quote,
    rating,
    reader_key,
    relation,
    saved_view,
    source,
    speaker,
    topic,
    verification,
)

__all__ = [
    "administration",
    "amendment",
    "claim",
    "comment",
    "correction",
    "merge",
    "quote",
    "rating",
    "reader_key",
    "relation",
    "saved_view",
    "source",
    "speaker",
    "topic",
    "verification",
]
