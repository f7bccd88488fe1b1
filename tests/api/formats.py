"""The formats of each resource."""

from claims.api.resources.viewsets import renderers_for
from claims.export.syndication import web_annotation
from claims.export.tabular import xlsx
from claims.resources import RESOURCES

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


def _formats(*, detail: bool) -> list[tuple[str, str]]:
    return [
        (name, renderer.format)
        for name, resource in RESOURCES.items()
        for renderer in renderers_for(resource, detail=detail)
    ]


LIST_FORMATS, ROW_FORMATS = _formats(detail=False), _formats(detail=True)


def response_content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
