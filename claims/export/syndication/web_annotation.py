"""Quotes as Web Annotations (W3C), made of the API's own rows: each says which characters of which text are meant.

Positions count Unicode code points of the snapshot's text, the end exclusive, as the Web Annotation model wants it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from claims.export.permalinks import permalink, snapshot_url

PROFILE = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{PROFILE}"'
FORMAT = "annotation"
ANNOTATED_RESOURCES = ("quotes",)

AnnotationNode = dict[str, Any]
APIRow = Mapping[str, Any]


def annotation_document(row: APIRow) -> AnnotationNode:
    """One quote."""
    return {"@context": PROFILE, **_annotation_node(row)}


def annotation_page(
    rows: Iterable[APIRow], *, at: str, first: str, following: str | None, before: str | None
) -> AnnotationNode:
    """A page of a list that begins at the address `first`."""
    whole = {"id": f"{first}#all", "type": "AnnotationCollection", "label": "Quotes", "first": first}
    neighbours = {name: where for name, where in (("next", following), ("prev", before)) if where}
    items = [_annotation_node(row) for row in rows]
    return {"@context": PROFILE, "id": at, "type": "AnnotationPage", "partOf": whole, **neighbours, "items": items}


def _annotation_node(row: APIRow) -> AnnotationNode:
    named = [("identifying", row["speaker"]), ("linking", row.get("claim"))]
    targets = list(_iter_targets(row))
    return {
        "id": f"{permalink('quotes', row['id']).rstrip('/')}.{FORMAT}",
        "type": "Annotation",
        "motivation": "identifying",
        "created": row["accepted_at"],
        "modified": row["updated_at"],
        "generator": {"type": "Software", "name": f"{row['extractor']} {row['extractor_version']}".strip()},
        "body": [
            {"type": "SpecificResource", "purpose": purpose, "source": which["url"]}
            for purpose, which in named
            if which
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _iter_targets(row: APIRow) -> Iterable[AnnotationNode]:
    """One for each of its spans: its parts in the text, in order."""
    source, spans = row["source"], row["spans"]
    text = snapshot_url(source["id"], row["snapshot_sha256"])
    at = 0
    for number, (start, end) in enumerate(spans):
        exact = row["exact"][at : at + end - start]
        at += end - start + 1  # the parts are joined by one blank
        around = {
            # What stands between the parts is no part of the row.
            **({"prefix": row["prefix"]} if number == 0 else {}),
            **({"suffix": row["suffix"]} if number == len(spans) - 1 else {}),
        }
        yield {
            "type": "SpecificResource",
            "source": text,
            **({"scope": source["url"]} if source["url"] else {}),
            "selector": [
                {"type": "TextQuoteSelector", "exact": exact, **around},
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        }
