"""A made-up row of each resource, as an example in the OpenAPI schema: made from its serializer and these values."""

from typing import Any

from django.db.models import Model
from rest_framework import serializers

from claims.models import (
    Claim,
    ClaimRelation,
    CorrectedField,
    Correction,
    Evidence,
    EvidenceCopy,
    ExternalReview,
    Position,
    Quote,
    Rating,
    Snapshot,
    Source,
    SourceRelation,
    Speaker,
    Topic,
    Verification,
)
from claims.resources import RESOURCES
from claims.resources.fields import ListURLField, PermalinkField
from claims.resources.permalinks import list_url
from claims.resources.sql.sql_serializer import BoundField, SerializerClass

EXAMPLE_TIMESTAMP = "2025-05-16T09:30:00Z"
EXAMPLE_DATE = "2025-05-15"
EXAMPLE_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_QUOTE = "The river has not been this high since 1993"
# The values of fields that `_default` does not suit.
_VALUES: dict[type[Model], dict[str, Any]] = {
    Quote: {
        "id": 31,
        "text": _QUOTE,
        "exact": _QUOTE,
        "spans": [[120, 120 + len(_QUOTE)]],
        "start": 120,
        "end": 120 + len(_QUOTE),
        "prefix": "on Thursday. “",
        "suffix": "”, said Lena Ford",
        "cue": "said",
        "mention": "Lena Ford",
        "mention_kind": "name",
        "role": "hydrologist",
        "snapshot_sha256": EXAMPLE_SHA256,
        "confidence": 0.97,
        "speaker_confidence": 0.95,
        "extractor": "tagger",
        "extractor_version": "3",
        "page_gone_as_of": None,
    },
    Claim: {"id": 12, "text": "The river is higher than at any time since 1993.", "status": "mostly-true"},
    ClaimRelation: {
        "id": 6,
        "kind": "repeats",
        "direction": "to",
        "claim_id": 11,
        "text": "The river is higher than ever.",
        "other_id": 11,
    },
    Speaker: {
        "id": 7,
        "name": "Lena Ford",
        "names": ["Lena Ford", "L. Ford"],
        "description": "Hydrologist at the River Office.",
        "wikidata_id": "Q42",
    },
    Position: {"title": "Hydrologist", "organization": "River Office", "held_from": "2019-01-01", "held_to": None},
    Source: {
        "id": 3,
        "title": "River at a record",
        "publisher": "The Example",
        "authors": "Kim Lo",
        "url": "https://example.org/river",
        "language": "en",
        "language_origin": "stated",
    },
    Snapshot: {"sha256": EXAMPLE_SHA256, "reader": "html", "reader_version": "2"},
    Verification: {"id": 5, "claim_id": 12, "explanation": "It was as high for one day in 2002."},
    Evidence: {
        "url": "https://example.org/gauges",
        "stance": "supports",
        "note": "Daily levels at the bridge since 1950.",
        "source": None,
        "page_gone_as_of": None,
    },
    EvidenceCopy: {
        "sha256": EXAMPLE_SHA256,
        "exact": "Maximum since 1950: 8.12 m (2002)",
        "prefix": "Gauge at the bridge. ",
        "suffix": ", 7.98 m (1993)",
        "start": 214,
        "end": 247,
    },
    SourceRelation: {
        "kind": "copy",
        "direction": "from",
        "other_id": 8,
        "other_title": "River at a record",
        "other_publisher": "The Other Example",
        "other_url": "https://example.com/river",
        "other_published_on": "2025-05-16",
    },
    Topic: {"id": 2, "slug": "rivers", "name": "Rivers"},
    Correction: {
        "id": 4,
        "subject": "The river is higher than at any time since 1983.",
        "speaker": "Lena Ford",
        "text": "The year was 1993, not 1983.",
        "reason": "Typing error.",
        "claim_id": 12,
        "quote_id": None,
        "verification_id": None,
    },
    ExternalReview: {
        "publisher": "Rivers Review",
        "rating": "Mostly false",
        "claim_text": "The river has never been higher.",
        "speaker_name": "Lena Ford",
        "said_on": "2025-05-16",
        "author": "Ana Reck",
        "review_url": "https://review.example.org/rivers",
        "published_on": "2025-05-18",
    },
    CorrectedField: {
        "before": "The river is higher than at any time since 1983.",
        "after": "The river is higher than at any time since 1993.",
        "quote_id": None,
    },
    Rating: {
        "id": 2,
        "slug": "mostly-true",
        "name": "Mostly true",
        "value": 4,
        "worst": 1,
        "best": 5,
        "explanation": "Accurate except for a minor detail.",
    },
}


def example_rows() -> dict[str, dict[str, object]]:
    """Returns an example row of each resource. Its URLs are those of this site."""
    return {name: example_of(resource.serializer_class) for name, resource in RESOURCES.items()}


def example_of(serializer: SerializerClass) -> dict[str, object]:
    """Returns an example of what a serializer of a model shows."""
    values = _VALUES[serializer.Meta.model]
    return {name: _example(name, field, values) for name, field in serializer().fields.items()}


def _example(name: str, field: BoundField, values: dict[str, Any]) -> object:
    is_of_another_field = isinstance(field, serializers.ChoiceField) and values.get(name) not in field.choices
    return _default(field, values) if name not in values or is_of_another_field else values[name]


def _default(field: BoundField, values: dict[str, Any]) -> object:  # noqa: PLR0911  # a table of types
    match field:
        case serializers.ListSerializer():
            return [example_of(type(field.child))]
        case serializers.BaseSerializer():
            return example_of(type(field))
        case PermalinkField():
            pk = values[str(field.source).replace("pk", "id")]
            return field.to_representation(pk) if pk else None
        case ListURLField():
            return list_url(field.resource, **{field.parameter: values[str(field.source).replace("pk", "id")]})
        case serializers.ChoiceField():
            return next(iter(field.choices))
        case serializers.DateTimeField():
            return EXAMPLE_TIMESTAMP
        case serializers.DateField():
            return EXAMPLE_DATE
        case serializers.BooleanField():
            return True
        case serializers.IntegerField() | serializers.FloatField():
            return 1
    return ""
