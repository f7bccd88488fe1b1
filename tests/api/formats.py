"""The formats of each resource."""

from claims.api.resources.exportable import renderers_for
from claims.api.resources.viewsets import RESOURCES
from claims.export.syndication import web_annotation
from claims.export.tabular import xlsx

ANNOTATION_TYPE = web_annotation.MEDIA_TYPE
MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/jsonl",
    "xlsx": xlsx.MEDIA_TYPE,
    "jsonld": "application/ld+json",
    "annotation": ANNOTATION_TYPE,
    "atom": "application/atom+xml",
}
LIST_FORMATS = [(name, renderer.format) for name in RESOURCES for renderer in renderers_for(name, detail=False)]
ROW_FORMATS = [(name, renderer.format) for name in RESOURCES for renderer in renderers_for(name, detail=True)]


def response_content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
