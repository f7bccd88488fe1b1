"""EXTRACT: a text's attributed quotations. No Django: a library that maps over any number of texts.

`extract(Document.from_text(text))` finds who said what, where it stands and how sure that is.
"""

from claims.extraction.document import Document, Paragraph
from claims.extraction.extractor import EXTRACTOR, EXTRACTOR_VERSION, extract
from claims.extraction.parallel import extract_ahead
from claims.extraction.quotation import (
    Act,
    Ambiguous,
    EntityKind,
    Kind,
    Part,
    Quotation,
    Resolved,
    Span,
    Speaker,
    Unresolved,
    text_of,
)
from claims.extraction.records import to_record
from claims.extraction.tagger import ModelError

__all__ = [
    "EXTRACTOR",
    "EXTRACTOR_VERSION",
    "Act",
    "Ambiguous",
    "Document",
    "EntityKind",
    "Kind",
    "ModelError",
    "Paragraph",
    "Part",
    "Quotation",
    "Resolved",
    "Span",
    "Speaker",
    "Unresolved",
    "extract",
    "extract_ahead",
    "text_of",
    "to_record",
]
