"""Finds attributed quotations in news text: who said what, and where it stands in the text.

`extract(Document.from_text(text))` returns the quotations of one text, `extract_ahead` those of many. A library without
Django or a database.
"""

from claims.extraction.document import Document, Paragraph
from claims.extraction.language import detect_language
from claims.extraction.model_cards import ModelError
from claims.extraction.parallel import extract_ahead
from claims.extraction.quotation import (
    Act,
    Ambiguous,
    EntityKind,
    Extractor,
    Kind,
    MentionKind,
    Part,
    Quotation,
    Resolved,
    Span,
    Speaker,
    SpeakerCandidate,
    Unresolved,
    text_of,
)
from claims.extraction.readers import (
    LANGUAGES,
    READ_LANGUAGES,
    QuotationReader,
    extract,
    extractor_of,
    is_language_read,
    primary_subtag,
)
from claims.extraction.records import to_record
from claims.extraction.sentence_context import sentences_around
from claims.extraction.text.quotation_marks import QuotedSpan, find_all_quoted_spans

EXTRACTOR, EXTRACTOR_VERSION = extractor_of("")  # of texts in the default language

__all__ = [
    "EXTRACTOR",
    "EXTRACTOR_VERSION",
    "LANGUAGES",
    "READ_LANGUAGES",
    "Act",
    "Ambiguous",
    "Document",
    "EntityKind",
    "Extractor",
    "Kind",
    "MentionKind",
    "ModelError",
    "Paragraph",
    "Part",
    "Quotation",
    "QuotationReader",
    "QuotedSpan",
    "Resolved",
    "Span",
    "Speaker",
    "SpeakerCandidate",
    "Unresolved",
    "detect_language",
    "extract",
    "extract_ahead",
    "extractor_of",
    "find_all_quoted_spans",
    "is_language_read",
    "primary_subtag",
    "sentences_around",
    "text_of",
    "to_record",
]
