"""The editors' face: Django's admin. One module a model; what is done is done by `claims.services`."""

from claims.admin import (
    administration,
    amendment,
    claim,
    correction,
    merge,
    quote,
    rating,
    relation,
    source,
    speaker,
    topic,
    verification,
)

__all__ = [
    "administration",
    "amendment",
    "claim",
    "correction",
    "merge",
    "quote",
    "rating",
    "relation",
    "source",
    "speaker",
    "topic",
    "verification",
]
