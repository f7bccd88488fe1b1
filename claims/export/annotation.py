"""Quotes as Web Annotations (W3C), made of the API's own rows: each says which characters of which text are meant.

Positions count Unicode code points of the snapshot's text, the end exclusive, as the Web Annotation model wants it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from claims.export.addresses import address, snapshot_address

PROFILE = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{PROFILE}"'
FORM = "annotation"
KINDS = ("quotes",)

Node = dict[str, Any]
Row = Mapping[str, Any]


def document(row: Row) -> Node:
    """One quote."""
    return {"@context": PROFILE, **_annotation(row)}


def page(rows: Iterable[Row], *, at: str, first: str, following: str | None, before: str | None) -> Node:
    """A page of a list that begins at the address `first`."""
    whole = {"id": f"{first}#all", "type": "AnnotationCollection", "label": "Quotes", "first": first}
    neighbours = {name: where for name, where in (("next", following), ("prev", before)) if where}
    items = [_annotation(row) for row in rows]
    return {"@context": PROFILE, "id": at, "type": "AnnotationPage", "partOf": whole, **neighbours, "items": items}


def _annotation(row: Row) -> Node:
    named = [("identifying", row["speaker"]), ("linking", row.get("claim"))]
    targets = list(_targets(row))
    return {
        "id": f"{address('quotes', row['id']).rstrip('/')}.{FORM}",
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


def _targets(row: Row) -> Iterable[Node]:
    """One for each of its spans: its parts in the text, in order."""
    source, spans = row["source"], row["spans"]
    text = snapshot_address(source["id"], row["snapshot_sha256"])
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
