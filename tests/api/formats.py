"""The forms in which lists and rows can be had, and what came of them."""

from claims.api.resources import exportable
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
LIST_FORMATS = [(kind, form.format) for kind in RESOURCES for form in exportable.renderers_for(kind, detail=False)]
ROW_FORMATS = [(kind, form.format) for kind in RESOURCES for form in exportable.renderers_for(kind, detail=True)]


def response_content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
