"""Quotes as Web Annotations (W3C), made of the API's rows: each annotates the characters of a text that it quotes.

As the Web Annotation model requires, positions count Unicode code points of the snapshot's text, end exclusive.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from claims.resources.permalinks import permalink, snapshot_url

PROFILE = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{PROFILE}"'
FORMAT = "annotation"

AnnotationNode = dict[str, Any]
APIRow = Mapping[str, Any]


def annotation_document(row: APIRow) -> AnnotationNode:
    return {"@context": PROFILE, **_annotation_node(row)}


def annotation_page(
    rows: Iterable[APIRow], *, url: str, first: str, next_url: str | None, previous_url: str | None
) -> AnnotationNode:
    """Returns an AnnotationPage of the collection whose first page is at the URL `first`."""
    collection = {"id": f"{first}#all", "type": "AnnotationCollection", "label": "Quotes", "first": first}
    links = {name: link for name, link in (("next", next_url), ("prev", previous_url)) if link}
    items = [_annotation_node(row) for row in rows]
    return {"@context": PROFILE, "id": url, "type": "AnnotationPage", "partOf": collection, **links, "items": items}


def _annotation_node(row: APIRow) -> AnnotationNode:
    resources = [("identifying", row["speaker"]), ("linking", row.get("claim"))]
    kind = {"type": "TextualBody", "purpose": "classifying", "value": row["kind"], "format": "text/plain"}
    targets = list(_iter_targets(row))
    return {
        "id": f"{permalink('quotes', row['id']).rstrip('/')}.{FORMAT}",
        "type": "Annotation",
        "motivation": "identifying",
        "created": row["accepted_at"],
        "modified": row["updated_at"],
        "generator": {"type": "Software", "name": f"{row['extractor']} {row['extractor_version']}".strip()},
        "body": [
            *(
                {"type": "SpecificResource", "purpose": purpose, "source": resource["url"]}
                for purpose, resource in resources
                if resource
            ),
            kind,
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _iter_targets(row: APIRow) -> Iterable[AnnotationNode]:
    """Yields a target for each span of the quote, in order."""
    source, spans = row["source"], row["spans"]
    snapshot = snapshot_url(source["id"], row["snapshot_sha256"])
    offset = 0
    for index, (start, end) in enumerate(spans):
        exact = row["exact"][offset : offset + end - start]
        offset += end - start + 1  # the parts are joined by one space
        context = {
            # The row does not have the text between the parts.
            **({"prefix": row["prefix"]} if index == 0 else {}),
            **({"suffix": row["suffix"]} if index == len(spans) - 1 else {}),
        }
        yield {
            "type": "SpecificResource",
            "source": snapshot,
            **({"scope": source["url"]} if source["url"] else {}),
            "selector": [
                {"type": "TextQuoteSelector", "exact": exact, **context},
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        }
