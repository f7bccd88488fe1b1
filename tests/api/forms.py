"""The forms in which lists and rows can be had, and what came of them."""

from claims.api import exports
from claims.api.views import RESOURCES
from claims.export import annotation, xlsx

ANNOTATION = annotation.MEDIA_TYPE
MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/jsonl",
    "xlsx": xlsx.MEDIA_TYPE,
    "jsonld": "application/ld+json",
    "annotation": ANNOTATION,
    "atom": "application/atom+xml",
}
LISTS = [(kind, form.format) for kind in RESOURCES for form in exports.forms_of(kind, detail=False)]
ROWS = [(kind, form.format) for kind in RESOURCES for form in exports.forms_of(kind, detail=True)]


def content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
