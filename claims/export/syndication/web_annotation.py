"""Quotes as Web Annotations (W3C), made of the API's rows: each annotates the characters of a text that it quotes.

The text is a snapshot of this site or, as the target `article`, the publisher's page. As the Web Annotation model
requires, positions count Unicode code points of the snapshot's text, end exclusive.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from claims.export.text_fragments import passages_of, text_fragment_url
from claims.resources.permalinks import permalink, snapshot_url

PROFILE = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{PROFILE}"'
FORMAT = "annotation"
TARGETS = (SNAPSHOT, ARTICLE) = ("snapshot", "article")
TEXT_FRAGMENTS = "https://wicg.github.io/scroll-to-text-fragment/"

AnnotationNode = dict[str, Any]
APIRow = Mapping[str, Any]


def annotation_document(row: APIRow, target: str) -> AnnotationNode:
    return {"@context": PROFILE, **_annotation_node(row, target)}


def annotation_page(
    rows: Iterable[APIRow], target: str, *, url: str, first: str, next_url: str | None, previous_url: str | None
) -> AnnotationNode:
    """Returns an AnnotationPage of the collection whose first page is at the URL `first`."""
    collection = {"id": f"{first}#all", "type": "AnnotationCollection", "label": "Quotes", "first": first}
    links = {name: link for name, link in (("next", next_url), ("prev", previous_url)) if link}
    items = [_annotation_node(row, target) for row in rows]
    return {"@context": PROFILE, "id": url, "type": "AnnotationPage", "partOf": collection, **links, "items": items}


def _annotation_node(row: APIRow, target: str) -> AnnotationNode:
    resources = [("identifying", row["speaker"]), ("linking", row.get("claim"))]
    kind = {"type": "TextualBody", "purpose": "classifying", "value": row["kind"], "format": "text/plain"}
    targets = list(_iter_targets(row, target))
    query = "" if target == SNAPSHOT else f"?target={target}"
    return {
        "id": f"{permalink('quotes', row['id']).rstrip('/')}.{FORMAT}{query}",
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


def _iter_targets(row: APIRow, target: str) -> Iterable[AnnotationNode]:
    """Yields a target for each span of the quote, in order; in the snapshot, if the source has no web address."""
    source, spans = row["source"], row["spans"]
    snapshot = snapshot_url(source["id"], row["snapshot_sha256"])
    passages = passages_of(row["exact"], spans)
    for index, ((start, end), exact) in enumerate(zip(spans, passages, strict=True)):
        # The row does not have the text between the parts.
        prefix = row["prefix"] if index == 0 else None
        suffix = row["suffix"] if index == len(spans) - 1 else None
        words = {"exact": exact, "prefix": prefix, "suffix": suffix}
        quoted = {"type": "TextQuoteSelector", **{name: text for name, text in words.items() if text is not None}}
        link = text_fragment_url(source["url"], [exact], prefix or "", suffix or "") if target == ARTICLE else ""
        if link:
            place = {"type": "FragmentSelector", "conformsTo": TEXT_FRAGMENTS, "value": link.partition("#")[2]}
            yield {"type": "SpecificResource", "source": source["url"], "selector": [quoted, place]}
        else:
            yield {
                "type": "SpecificResource",
                "source": snapshot,
                **({"scope": source["url"]} if source["url"] else {}),
                "selector": [quoted, {"type": "TextPositionSelector", "start": start, "end": end}],
            }
