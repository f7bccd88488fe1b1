"""Writes small Word documents, for tests."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def document_at(target: str) -> str:
    """Relationships that name this part as the document."""
    return (
        f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="r1" Type="{_DOCUMENT_TYPE}" Target="{target}"/>'
        "</Relationships>"
    )


_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
    "_rels/.rels": document_at("word/document.xml"),
}
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Ferry slip to reopen</dc:title><dc:creator>Ann Bee; Bob Cee</dc:creator><dc:language>en-GB</dc:language>"
    "<dcterms:created>2026-03-02T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def docx_paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def write_docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a document with this body; `parts` are added or take the place of those with the same names."""
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (_PARTS | {"word/document.xml": document} | dict(parts or {})).items():
            archive.writestr(name, content)
    return buffer.getvalue()
