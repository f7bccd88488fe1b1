"""EXTRACT: a text's attributed quotations, by rules. No Django: a library that maps over any number of texts.

`extract(Document.from_text(text))` finds who said what, where it stands and how sure the pattern is.
"""

from claims.extraction.document import Document, Paragraph
from claims.extraction.face import EXTRACTOR, EXTRACTOR_VERSION, extract
from claims.extraction.quotation import (
    Ambiguous,
    EntityKind,
    Kind,
    Quotation,
    Resolved,
    Span,
    Speaker,
    Unresolved,
    text_of,
)
from claims.extraction.records import to_record

__all__ = [
    "EXTRACTOR",
    "EXTRACTOR_VERSION",
    "Ambiguous",
    "Document",
    "EntityKind",
    "Kind",
    "Paragraph",
    "Quotation",
    "Resolved",
    "Span",
    "Speaker",
    "Unresolved",
    "extract",
    "text_of",
    "to_record",
]
